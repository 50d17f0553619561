import type { NextFunction, Request, Response } from "express"
import multer from "multer"
import { Refusal } from "./refusal.ts"

/** Takes one file into memory, within limits; the other fields of the form are read beside it. */
export function takeFile({ field, maxBytes }: { field: string; maxBytes: number }) {
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
    read(req, res, (problem: unknown) => next(refusalOf(problem, maxBytes)))
  }
}

function refusalOf(problem: unknown, maxBytes: number): unknown {
  if (!(problem instanceof multer.MulterError)) return problem
  if (problem.code === "LIMIT_FILE_SIZE") {
    const most = Math.floor(maxBytes / 1_000_000)
    return new Refusal(413, `Ce fichier est trop lourd : ${most} Mo au plus. Rien n’a été enregistré.`)
  }
  return new Refusal(400, "L’envoi du fichier n’a pas pu être lu. Choisissez un seul fichier et recommencez.")
}
