// The thread that makes PDFs and pictures while the site goes on answering; pool.ts starts it. Built on its own as
// build/worker.js. Here, and only here, src/documents knows which documents there are.

import { setPriority } from "node:os"
import { parentPort } from "node:worker_threads"
import type { BulletinData } from "../features/bulletins/contract.ts"
import { type BulletinOptions, pictureBulletin, renderBulletins } from "../features/bulletins/document.ts"
import type { MinutesData } from "../features/council/contract.ts"
import { renderMinutes } from "../features/council/document.ts"
import type { CardsData, PaperData, PaperPrint } from "../features/papers/contract.ts"
import { renderCards, renderPaper } from "../features/papers/document.ts"
import type { AverageListPaper, HonoursData, StatisticsData } from "../features/reports/contract.ts"
import { renderAverageList } from "../features/reports/document/averages.ts"
import { renderHonours } from "../features/reports/document/honours.ts"
import { type RecordPaper, renderDiplomas, renderRecord } from "../features/reports/document/records.ts"
import { renderStatistics } from "../features/reports/document/statistics.ts"
import { grey, logo, portrait, scannedPage } from "./picture.ts"
import { renderSheets, renderWorkbook } from "./workbook.ts"

type Progress = (pages: number) => void

type Bulletins = { bulletins: BulletinData[] } & Omit<BulletinOptions, "onPage">

/** What is printed in economy has no colours, its pictures neither. */
async function quiet(order: Bulletins): Promise<Bulletins> {
  if (!order.economy) return order
  const pictures: Record<string, string> = {}
  for (const [name, base64] of Object.entries(order.pictures ?? {})) pictures[name] = await grey(base64)
  const bulletins: BulletinData[] = []
  for (const one of order.bulletins) {
    const { photo } = one.student
    bulletins.push(photo ? { ...one, student: { ...one.student, photo: await grey(photo) } } : one)
  }
  return { ...order, bulletins, pictures }
}

const renderers = {
  workbook: renderWorkbook,
  sheets: renderSheets,
  bulletins: async (order: Bulletins, onPage: Progress) => {
    const { bulletins, ...options } = await quiet(order)
    return renderBulletins(bulletins, { ...options, onPage })
  },
  /** The first of them as SVG, for the screen. */
  bulletinPicture: async (order: Bulletins) => {
    const { bulletins, ...options } = await quiet(order)
    return pictureBulletin(bulletins[0] as BulletinData, options)
  },
  papers: ({ paper, print }: { paper: PaperData; print: PaperPrint }) =>
    paper.record ? renderRecord({ ...paper, record: paper.record }, print) : renderPaper(paper, print),
  diplomas: (papers: RecordPaper[]) => renderDiplomas(papers),
  honours: (honours: HonoursData) => renderHonours(honours),
  statistics: (statistics: StatisticsData) => renderStatistics(statistics),
  averages: (list: AverageListPaper) => renderAverageList(list),
  cards: (cards: CardsData, onPage: Progress) => renderCards(cards, onPage),
  minutes: ({ data, hash }: { data: MinutesData; hash: string | null }) => renderMinutes(data, hash),
  portrait: (picture: Uint8Array) => portrait(picture),
  logo: (picture: Uint8Array) => logo(picture),
  scannedPage: (picture: Uint8Array) => scannedPage(picture),
}

export type Renderers = typeof renderers
export type Order = { id: number; kind: keyof Renderers; payload: never }
export type Answer =
  | { id: number; pages: number }
  | { id: number; made: unknown }
  | { id: number; error: string }

if (parentPort) {
  const port = parentPort
  // On Linux this holds for the calling thread alone: a batch of papers gives way to people's pages.
  if (process.platform === "linux") setPriority(10)
  let last = Promise.resolve()
  port.on("message", (order: Order) => {
    last = last.then(() => answer(order)) // one at a time: two classes at once would only take more memory
  })

  async function answer({ id, kind, payload }: Order) {
    try {
      const made = await renderers[kind](payload, (pages) => port.postMessage({ id, pages } satisfies Answer))
      port.postMessage({ id, made } satisfies Answer)
    } catch (error) {
      port.postMessage({ id, error: error instanceof Error ? error.message : String(error) } satisfies Answer)
    }
  }
}
