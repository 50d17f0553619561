// The part of pdfkit that the bench draws with; the package ships no types.
declare module "pdfkit" {
  export default class PDFDocument {
    constructor(options: { size: [number, number]; margin: number; autoFirstPage: boolean })
    registerFont(name: string, file: Uint8Array): this
    font(name: string): this
    fontSize(size: number): this
    fillColor(color: string): this
    text(text: string, x: number, y: number, options: { lineBreak: false }): this
    lineWidth(width: number): this
    moveTo(x: number, y: number): this
    lineTo(x: number, y: number): this
    rect(x: number, y: number, width: number, height: number): this
    fill(color: string): this
    stroke(color: string): this
    image(source: string, x: number, y: number, options: { fit: [number, number]; align: "center" }): this
    addPage(): this
    on(event: "data", listener: (chunk: Uint8Array) => void): this
    on(event: "end", listener: (value?: unknown) => void): this
    end(): void
  }
}
