// The engine: pdfmake with our fonts, no access to addresses or local files, and the same bytes for the same input.

import pdfmake from "pdfmake"
import { fontNames } from "./fonts.ts"

export type PdfDocument = {
  title: string
  author: string
  subject?: string
  /** ISO date and time taken from the data, never from the clock: it is part of the file. */
  createdAt: string
  landscape?: boolean
  /** Points; 0 for papers drawn on a Sheet. */
  margins?: number | [number, number, number, number]
  /** pdfmake nodes. pdfmake writes into them: they serve once. */
  content: object[]
  /** Name → data URL of PNG or JPEG. */
  images?: Record<string, string>
  /** Further pdfmake settings: header, footer, styles. */
  [setting: string]: unknown
}

for (const name of fontNames) pdfmake.virtualfs.writeFileSync(name, Buffer.from(name, "latin1"))
const [normal, bold] = fontNames as [string, string]
pdfmake.setFonts({ DejaVu: { normal, bold, italics: normal, bolditalics: bold } })
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy(() => false)

export const PAGE = { width: 595.28, height: 841.89 }

/** The bytes of a PDF on A4. `onProgress` gets the share drawn, from 0 to 1. Throws where an image is not one. */
export async function renderPdf(
  { title, author, subject, createdAt, landscape, margins, content, ...settings }: PdfDocument,
  onProgress?: (share: number) => void,
): Promise<Uint8Array> {
  pdfmake.setProgressCallback(onProgress) // read by createPdf at once: documents made together keep their own
  const pdf = pdfmake.createPdf({
    ...settings,
    version: "1.3", // from 1.4 on pdfkit adds 1.6 kB of metadata that repeat "info"; readers take what they know
    language: "fr",
    displayTitle: true,
    info: {
      title,
      author,
      subject,
      creator: "Ardoise",
      producer: "Ardoise",
      creationDate: new Date(createdAt),
    },
    pageSize: "A4",
    pageOrientation: landscape ? "landscape" : "portrait",
    pageMargins: margins ?? 34,
    defaultStyle: { font: "DejaVu", fontSize: 9, color: "#1b1f22" },
    content,
  })
  return pdf.getBuffer()
}
