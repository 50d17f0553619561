// The engine: pdfmake with our fonts, no access to addresses or local files, and the same bytes for the same input.

import { createRequire } from "node:module"
import pdfmake from "pdfmake"
import { fontNames } from "./fonts.ts"

export type PdfInfo = {
  title: string
  author: string
  subject?: string
  /** ISO date and time taken from the data, never from the clock: it is part of the file. */
  createdAt: string
  landscape?: boolean
}

export type FlowingDocument = PdfInfo & {
  /** Points. */
  margins?: number | [number, number, number, number]
  /** pdfmake nodes. pdfmake writes into them: they serve once. */
  content: (object | string)[]
  /** Name → data URL of PNG or JPEG. */
  images?: Record<string, string>
  /** Further pdfmake settings: header, footer, styles. */
  [setting: string]: unknown
}

for (const name of fontNames) pdfmake.virtualfs.writeFileSync(name, Buffer.from(name, "latin1"))
const [normal, bold] = fontNames as [string, string]
const fonts = { DejaVu: { normal, bold, italics: normal, bolditalics: bold } }
const refused = () => false
pdfmake.setFonts(fonts)
pdfmake.setUrlAccessPolicy(refused)
pdfmake.setLocalAccessPolicy(refused)

export const PAGE = { width: 595.28, height: 841.89 }
const STYLE = { font: "DejaVu", fontSize: 9, color: "#1b1f22" }
/** From 1.4 on pdfkit adds 1.6 kB of metadata that repeat the title; readers take what they know whatever the number. */
const VERSION = "1.3"

/** The bytes of a PDF on A4 whose content flows over pages. Throws where an image is not one. */
export async function renderFlow(document: FlowingDocument): Promise<Uint8Array> {
  const { title, author, subject, createdAt, landscape, margins, content, ...settings } = document
  const pdf = pdfmake.createPdf({
    ...settings,
    version: VERSION,
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
    defaultStyle: STYLE,
    content,
  })
  return pdf.getBuffer()
}

// pdfmake's printer lays a whole document out before it draws its first page: a class of 250 takes 200 MB. Its
// parts do the same page by page in a tenth of that, where each page stands by itself.
type PdfmakeDocument = NodeJS.ReadableStream & { end(): void }
type Pages = { items: object[] }[]
const require = createRequire(import.meta.url)
const part = (name: string) => require(`pdfmake/js/${name}.js`).default
const DocumentPart: new (...settings: unknown[]) => PdfmakeDocument = part("PDFDocument")
const LayoutBuilder: new (
  size: object,
  margins: object,
  svg: null,
) => {
  layoutDocument(content: object[], pdf: PdfmakeDocument, styles: object, defaultStyle: object): Pages
} = part("LayoutBuilder")
const Renderer: new (pdf: PdfmakeDocument) => { renderPages(pages: Pages): void } = part("Renderer")

/**
 * The bytes of a PDF on A4 whose pages are Sheets: `pages` gives the node of one page after the other, `images`
 * may gain the pictures of a page while it is made. `onPage` gets the number of pages drawn.
 */
export async function renderSheets(
  { title, author, subject, createdAt, landscape }: PdfInfo,
  pages: Iterable<object>,
  images: Record<string, string>,
  onPage?: (drawn: number) => void,
): Promise<Uint8Array> {
  const [width, height] = landscape ? [PAGE.height, PAGE.width] : [PAGE.width, PAGE.height]
  const info: Record<string, unknown> = {
    Producer: "Ardoise",
    Creator: "Ardoise",
    CreationDate: new Date(createdAt),
  }
  Object.assign(info, { Title: title, Author: author, ...(subject ? { Subject: subject } : {}) })
  const settings = {
    size: [width, height],
    pdfVersion: VERSION,
    lang: "fr",
    displayTitle: true,
    autoFirstPage: false,
    font: null,
    info,
  }
  const pdf = new DocumentPart(fonts, images, {}, {}, settings, pdfmake.virtualfs, refused)
  const chunks: Buffer[] = []
  pdf.on("data", (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise((resolve, reject) => pdf.on("end", resolve).on("error", reject))
  const renderer = new Renderer(pdf)
  let drawn = 0
  for (const page of pages) {
    const builder = new LayoutBuilder({ width, height }, { left: 0, top: 0, right: 0, bottom: 0 }, null)
    renderer.renderPages(builder.layoutDocument([page], pdf, {}, STYLE))
    onPage?.(++drawn)
  }
  pdf.end()
  await ended
  return Buffer.concat(chunks)
}
