// A class of 60 bulletins in one file, against pdfkit drawing the same pages.
import { renderBulletins } from "../../src/features/bulletins/document.ts"
import { type Line, least } from "../measure.ts"
import { drawWithPdfkit } from "../pdfkitBulletin.ts"
import { sampleBulletins } from "../sampleBulletins.ts"

const PAGES = 60

export async function bulletins(): Promise<Line[]> {
  const sheets = sampleBulletins(PAGES)
  const single = { layout: "single" } as const
  const ours = await least(3, () => renderBulletins(sheets, single))
  const theirs = await least(3, () => drawWithPdfkit(sheets))
  const [file, theirFile] = [await renderBulletins(sheets, single), await drawWithPdfkit(sheets)]
  const alone = await renderBulletins(sheets.slice(0, 1), single)
  const aloneTheirs = await drawWithPdfkit(sheets.slice(0, 1))
  const pdfkit = (value: number) => ({ what: "pdfkit, same pages", value })
  return [
    {
      what: `a bulletin in a class file of ${PAGES}`,
      value: ours / PAGES,
      unit: "ms",
      reference: pdfkit(theirs / PAGES),
      target: { most: 12, of: "value" },
    },
    {
      what: "its weight in the class file",
      value: file.length / PAGES / 1000,
      unit: "kB",
      reference: pdfkit(theirFile.length / PAGES / 1000),
      target: { most: 7, of: "value" },
    },
    {
      what: "a bulletin alone",
      value: alone.length / 1000,
      unit: "kB",
      reference: pdfkit(aloneTheirs.length / 1000),
      target: { most: 20, of: "value" },
    },
  ]
}
