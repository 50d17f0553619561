// The two faces of every paper, parsed once per process and shared by all documents, and the measuring of text
// with them. Letters are laid out one by one: the subset fonts have no kerning and no ligatures (fonts/README.md).

import { existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"

type Glyph = { id: number; advanceWidth: number; codePoints: number[] }
type Position = { xAdvance: number; yAdvance: number; xOffset: number; yOffset: number }
type Run = { glyphs: Glyph[]; positions: Position[]; advanceWidth: number }
type Font = {
  unitsPerEm: number
  ascent: number
  descent: number
  /** Every code point it knows, ascending. */
  characterSet: number[]
  glyphForCodePoint(codePoint: number): Glyph
  layout(text: string): Run
}
type Fontkit = {
  create(file: Uint8Array): Font
  registerFormat(format: {
    probe(file: Uint8Array): boolean
    new (stream: { buffer: Uint8Array }): object
  }): void
}

const FILES = { normal: "DejaVuSansCondensed.subset.ttf", bold: "DejaVuSansCondensed-Bold.subset.ttf" }

/** The folder of the font files, seen from the sources or from the bundle in build/. */
function fontsFolder(): URL {
  const folder = ["./fonts/", "../src/documents/fonts/"]
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url))
  if (!folder) throw new Error("fonts of the papers not found beside the program")
  return folder
}

// pdfkit parses a font anew for every document, unless it is one of its own kind of file. So what pdfmake is
// given as a file is a mere name, and fontkit (the very copy that pdfmake's pdfkit uses) learns that name as a
// format which "parses" into the font already at hand.
const require = createRequire(import.meta.url)
const requireLikePdfmake = createRequire(require.resolve("pdfmake"))
const fontkit = createRequire(requireLikePdfmake.resolve("pdfkit"))("fontkit") as Fontkit

const folder = fontsFolder()
const faces = {
  normal: face(fontkit.create(readFileSync(new URL(FILES.normal, folder)))),
  bold: face(fontkit.create(readFileSync(new URL(FILES.bold, folder)))),
}
const byName = new Map([
  ["ardoise:normal", faces.normal.font],
  ["ardoise:bold", faces.bold.font],
])
fontkit.registerFormat(
  class {
    static probe(file: Uint8Array) {
      return file.length < 32 && byName.has(Buffer.from(file).toString("latin1"))
    }
    constructor(stream: { buffer: Uint8Array }) {
      // biome-ignore lint/correctness/noConstructorReturn: fontkit calls `new`, and is to get the shared font
      return byName.get(Buffer.from(stream.buffer).toString("latin1")) as object
    }
  },
)

/** The names to hand to pdfmake, both as its virtual files and as their content. */
export const fontNames = [...byName.keys()]

function face(font: Font) {
  const glyphs = new Map<string, Glyph>()
  // fontkit notes in a glyph the letter it was first fetched for, or none where it was fetched as a part of "é";
  // a PDF's letters are searched by that note. Fetched once in order, they do not depend on earlier documents.
  for (const codePoint of font.characterSet) {
    glyphs.set(String.fromCodePoint(codePoint), font.glyphForCodePoint(codePoint))
  }
  const glyphOf = (letter: string) => {
    let glyph = glyphs.get(letter)
    if (!glyph) {
      glyph = font.glyphForCodePoint(letter.codePointAt(0) as number)
      glyphs.set(letter, glyph)
    }
    return glyph
  }
  font.layout = (text) => {
    const run: Run = { glyphs: [], positions: [], advanceWidth: 0 }
    for (const letter of text) {
      const glyph = glyphOf(letter)
      run.glyphs.push(glyph)
      run.positions.push({ xAdvance: glyph.advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 })
      run.advanceWidth += glyph.advanceWidth
    }
    run.advanceWidth *= 1000 / font.unitsPerEm // pdfkit scales the positions itself, this sum it takes as it is
    return run
  }
  return { font, glyphOf }
}

/** From the top of a line to its letters' feet, as a multiple of the size. */
export const ASCENT = faces.normal.font.ascent / faces.normal.font.unitsPerEm
/** Height of a line of text, as a multiple of the size. */
export const LINE_HEIGHT = ASCENT - faces.normal.font.descent / faces.normal.font.unitsPerEm

/** Width of a text in points at that size. */
export function widthOf(text: string, size: number, bold = false): number {
  const { font, glyphOf } = bold ? faces.bold : faces.normal
  let units = 0
  for (const letter of text) units += glyphOf(letter).advanceWidth
  return (units * size) / font.unitsPerEm
}

/** What can be printed: composed letters, no control characters, hyphens the fonts know. */
export function printable(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\s*[\r\n\t\u2028\u2029]+\s*/g, " ")
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .replace(/\u2009/g, "\u202f")
    .trim()
}

/** Cuts a text at the end so that it is no wider than `width`, with "…" for what is gone. */
export function cut(text: string, width: number, size: number, bold = false): string {
  if (widthOf(text, size, bold) <= width) return text
  let kept = ""
  let room = width - widthOf("…", size, bold)
  for (const letter of text) {
    room -= widthOf(letter, size, bold)
    if (room < 0) break
    kept += letter
  }
  return `${kept.trimEnd()}…`
}

/** Breaks a text between words into lines no wider than `width`; a word that is too long is broken. */
export function wrap(text: string, width: number, size: number, bold = false): string[] {
  const lines: string[] = []
  let line = ""
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`
    if (widthOf(longer, size, bold) <= width) {
      line = longer
      continue
    }
    if (line !== "") lines.push(line)
    line = word
    while (widthOf(line, size, bold) > width && line.length > 1) {
      let end = line.length - 1
      while (end > 1 && widthOf(line.slice(0, end), size, bold) > width) end--
      lines.push(line.slice(0, end))
      line = line.slice(end)
    }
  }
  if (line !== "") lines.push(line)
  return lines
}

/** `wrap` into at most `most` lines; what is beyond them is cut with "…". */
export function wrapWithin(text: string, width: number, size: number, most: number): string[] {
  const lines = wrap(text, width, size)
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), cut(lines.slice(most - 1).join(" "), width, size)]
}
