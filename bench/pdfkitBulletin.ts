// The reference of the bench: the same bulletins, placed by the same code, drawn with plain pdfkit and the same
// fonts. What lies between the two is what pdfmake costs.

import { readFileSync } from "node:fs"
import PDFDocument from "pdfkit"
import { PAGE } from "../src/documents/pdf.ts"
import { Pictures } from "../src/documents/pictures.ts"
import { INK, place, RULE, type Sheet } from "../src/documents/sheet.ts"
import type { BulletinData } from "../src/features/bulletins/contract.ts"
import { drawBulletin, frameOf } from "../src/features/bulletins/document.ts"

const FONTS = new URL("../src/documents/fonts/", import.meta.url)
const normal = readFileSync(new URL("DejaVuSansCondensed.subset.ttf", FONTS))
const bold = readFileSync(new URL("DejaVuSansCondensed-Bold.subset.ttf", FONTS))

function pdfkitSheet(doc: PDFDocument, pictures: Pictures): Sheet {
  return {
    text(raw, x, y, style) {
      const { text, size, shift } = place(raw, style)
      if (text === "") return
      doc.font(style.bold ? "bold" : "normal").fontSize(size)
      doc.fillColor(style.color ?? INK).text(text, x + shift, y, { lineBreak: false })
    },
    rule(x1, y1, x2, y2, thickness = 0.5, color = RULE) {
      doc.lineWidth(thickness).moveTo(x1, y1).lineTo(x2, y2).stroke(color)
    },
    fill(x, y, width, height, color) {
      doc.rect(x, y, width, height).fill(color)
    },
    frame(x, y, width, height, thickness = 0.5, color = RULE) {
      doc.lineWidth(thickness).rect(x, y, width, height).stroke(color)
    },
    image(name, x, y, width, height) {
      doc.image(pictures.images[name] as string, x, y, { fit: [width, height], align: "center" })
    },
  }
}

/** One A4 portrait page for each. */
export async function drawWithPdfkit(bulletins: BulletinData[]): Promise<Uint8Array> {
  const doc = new PDFDocument({ size: [PAGE.width, PAGE.height], margin: 0, autoFirstPage: false })
  doc.registerFont("normal", normal).registerFont("bold", bold)
  const chunks: Uint8Array[] = []
  doc.on("data", (chunk: Uint8Array) => chunks.push(chunk))
  const ended = new Promise((resolve) => doc.on("end", resolve))
  const pictures = new Pictures()
  const sheet = pdfkitSheet(doc, pictures)
  for (const bulletin of bulletins) {
    doc.addPage()
    drawBulletin(sheet, bulletin, frameOf("single"), pictures, {})
  }
  doc.end()
  await ended
  return Buffer.concat(chunks)
}
