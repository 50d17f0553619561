// A paper from the file that came in to the file that goes out.
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Request, Response } from "express"
import { forgetKept, writeWhole } from "../../documents/kept.ts"
import { renderInWorker } from "../../documents/pool.ts"
import { kindOf, PICTURE_PROBLEMS, whyNotTaken } from "../../documents/received.ts"
import type { School } from "../../school.ts"
import { notFound } from "../../web/refusal.ts"
import { randomToken } from "../../web/signing.ts"
import { type Adding, addScan, type Kept, type Scan } from "./queries.ts"
import { fileName } from "./rules.ts"

/** In the school's folder; nothing in it is served as it stands. */
export const FOLDER = "scans"
const NAME_BYTES = 12

export type Page = { format: "pdf" | "jpeg"; bytes: Uint8Array }

/** The file as it will be kept: a PDF as it is, a picture made anew; or why not, in a sentence. */
export async function readScan(bytes: Uint8Array | undefined): Promise<Page | { refused: string }> {
  const refused = whyNotTaken(bytes, "scans")
  if (refused || !bytes) return { refused: refused ?? "" }
  if (kindOf(bytes) === "pdf") return { format: "pdf", bytes }
  const made = await renderInWorker("scannedPage", bytes)
  return "problem" in made
    ? { refused: PICTURE_PROBLEMS[made.problem] }
    : { format: "jpeg", bytes: made.jpeg }
}

type Keeping = Omit<Adding, "kept"> & { page: Page; kept: Pick<Kept, "document_id" | "label"> }

/** First the file, then the row: what a power cut leaves between them is swept, and no row names a missing file. */
export async function keepScan(
  { db, folder }: Pick<School, "db" | "folder">,
  by: { id: number },
  { page, kept, ...adding }: Keeping,
): Promise<boolean> {
  const { format, bytes } = page
  const path = `${FOLDER}/${randomToken(NAME_BYTES)}.${format === "pdf" ? "pdf" : "jpg"}`
  await writeWhole(join(folder, path), bytes)
  try {
    return await addScan(db, by, { ...adding, kept: { ...kept, format, path, bytes: bytes.length } })
  } catch (problem) {
    await forgetKept(join(folder, path))
    throw problem
  }
}

/**
 * Sends a scan; the caller has checked who may see it. Whatever a PDF carries, it is handed over as a file and never
 * opened in our name; a picture was made here, and is shown.
 */
export async function sendScan(req: Request, res: Response, scan: Scan, name: string): Promise<void> {
  const bytes = await readFile(join(req.school.folder, scan.path)).catch(() => null)
  if (!bytes || scan.deleted_at) throw notFound()
  const shown = scan.format === "jpeg" ? "inline" : "attachment"
  res.setHeader("Content-Type", scan.format === "jpeg" ? "image/jpeg" : "application/pdf")
  res.setHeader("Content-Disposition", `${shown}; filename="${fileName(scan.label, name, scan.format)}"`)
  res.setHeader("Content-Security-Policy", "sandbox; default-src 'none'")
  res.setHeader("Cache-Control", "private, no-store")
  res.setHeader("Content-Length", bytes.length)
  res.end(req.method === "HEAD" ? undefined : bytes)
}
