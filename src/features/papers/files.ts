// The files of papers: made in the worker from the frozen words, kept in the school's folder, served again.
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Response } from "express"
import { writeWhole } from "../../documents/kept.ts"
import { withLogo } from "../../documents/logo.ts"
import { renderInWorker } from "../../documents/pool.ts"
import type { School } from "../../school.ts"
import { today } from "../../web/french.ts"
import type { PaperData } from "./contract.ts"
import { dayInWords } from "./rules.ts"

/** One print of a paper: the original is copy 0. */
export type Print = { paperId: number; content: PaperData; copy: number; printedAt: string }

const underWay = new Map<string, Promise<Uint8Array>>()

/** The file of a print; made if it was not yet, once however many ask. A lost file is made again the same. */
export async function fileOf(school: School, print: Print): Promise<Uint8Array> {
  const { paperId, copy } = print
  const path = join(school.folder, "documents", "papers", `${paperId}${copy ? `-${copy}` : ""}.pdf`)
  const kept = await readFile(path).catch(() => null)
  if (kept) return kept
  const making = underWay.get(path) ?? make(school, print, path).finally(() => underWay.delete(path))
  underWay.set(path, making)
  return making
}

async function make(school: School, { content, copy, printedAt }: Print, path: string): Promise<Uint8Array> {
  const on = dayInWords(today(new Date(printedAt), school.settings.timeZone))
  const print = copy ? { duplicate: { number: copy, on } } : {}
  const paper = { ...content, schoolHead: await withLogo(school.folder, content.schoolHead) }
  const bytes = await renderInWorker("papers", { paper, print })
  await writeWhole(path, bytes)
  return bytes
}

/** Shows a PDF in the browser; none is kept by it: what may be printed is decided each time. */
export function sendPdf(res: Response, bytes: Uint8Array, name: string): void {
  res.setHeader("Content-Type", "application/pdf")
  res.setHeader("Content-Disposition", `inline; filename="${name.replace(/[^\w.-]+/g, "-")}"`)
  res.setHeader("Cache-Control", "private, no-store")
  res.end(bytes)
}
