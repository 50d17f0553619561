// A numbered record as a PDF: the original, or a duplicate. The same data gives the same bytes.
import { renderSheets } from "../../../documents/pdf.ts"
import { Pictures } from "../../../documents/pictures.ts"
import { PdfmakeSheet } from "../../../documents/sheet.ts"
import type { PaperData, PaperPrint } from "../../papers/contract.ts"
import type { PaperRecord } from "../../papers/records.ts"
import { drawBookletPage } from "./booklet.ts"
import { drawDiploma } from "./diploma.ts"
import { drawTranscript } from "./transcript.ts"

export type RecordPaper = PaperData & { record: PaperRecord }

export const renderRecord = (paper: RecordPaper, print: PaperPrint = {}): Promise<Uint8Array> =>
  renderAll([{ paper, print }], `${paper.title} ${paper.reference} – ${nameOf(paper)}`)

/** Several diplomas in one file, to print in one go. */
export const renderDiplomas = (papers: RecordPaper[]): Promise<Uint8Array> =>
  renderAll(
    papers.map((paper) => ({ paper, print: {} })),
    papers[0] ? `${papers[0].title} – ${papers[0].student.className}` : "",
  )

const nameOf = ({ student }: PaperData) => `${student.surname} ${student.givenNames}`

async function renderAll(
  prints: { paper: RecordPaper; print: PaperPrint }[],
  title: string,
): Promise<Uint8Array> {
  const [first] = prints
  if (!first) throw new Error("no record to print")
  const pictures = new Pictures()
  function* pages() {
    for (const { paper, print } of prints) {
      const { record } = paper
      const count = record.kind === "booklet" ? record.years.length : 1
      for (let n = 0; n < count; n++) {
        const sheet = new PdfmakeSheet()
        if (record.kind === "transcript") drawTranscript(sheet, paper, record, print, pictures)
        else if (record.kind === "booklet") drawBookletPage(sheet, paper, record, n, print, pictures)
        else drawDiploma(sheet, paper, record, print, pictures)
        yield sheet.node()
      }
    }
  }
  const { schoolHead, schoolYear, issuedAt, record } = first.paper
  const info = {
    title,
    author: schoolHead.name,
    subject: schoolYear,
    createdAt: issuedAt,
    landscape: record.kind === "diploma",
  }
  return renderSheets(info, pages(), pictures.images)
}
