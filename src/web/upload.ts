import type { NextFunction, Request, Response } from "express"
import multer from "multer"
import { Refusal } from "./refusal.ts"

/** What the other fields of a form with a file may take besides the file. */
const AROUND_BYTES = 200_000
/** How long the rest of a file that is refused may go on arriving while its sender reads why. */
const LINGER_MS = 5_000

/** Takes one file into memory, within limits; the other fields of the form are read beside it. */
export function takeFile(
  { field, maxBytes }: { field: string; maxBytes: number },
  lingerMs: number = LINGER_MS,
) {
  const limits = {
    fileSize: maxBytes,
    files: 1,
    fields: 200,
    fieldSize: 100_000,
    parts: 201,
    headerPairs: 50,
  }
  const read = multer({ storage: multer.memoryStorage(), limits, defParamCharset: "utf8" }).single(field)
  return (req: Request, res: Response, next: NextFunction): void => {
    if (Number(req.headers["content-length"] ?? 0) > maxBytes + AROUND_BYTES) {
      dropTheRest(req, lingerMs)
      return next(tooHeavy(maxBytes))
    }
    read(req, res, (problem: unknown) => next(refusalOf(problem, maxBytes)))
  }
}

/**
 * Who announces too much is answered at once, not after minutes of sending it all. The connection is not cut at once:
 * closed on bytes that nobody read, it would take the answer with it.
 */
function dropTheRest(req: Request, lingerMs: number): void {
  req.resume()
  const cut = setTimeout(() => req.socket.destroy(), lingerMs)
  cut.unref()
  const done = () => clearTimeout(cut)
  req.once("end", done).once("close", done)
}

function tooHeavy(maxBytes: number): Refusal {
  const most = Math.floor(maxBytes / 1_000_000)
  return new Refusal(413, `Ce fichier est trop lourd : ${most} Mo au plus. Rien n’a été enregistré.`)
}

function refusalOf(problem: unknown, maxBytes: number): unknown {
  if (!(problem instanceof multer.MulterError)) return problem
  if (problem.code === "LIMIT_FILE_SIZE") return tooHeavy(maxBytes)
  return new Refusal(400, "L’envoi du fichier n’a pas pu être lu. Choisissez un seul fichier et recommencez.")
}
