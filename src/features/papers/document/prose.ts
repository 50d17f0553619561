// The text of a paper: paragraphs with words in bold, and tables of two columns, of a height known before drawn.
import { printable, widthOf } from "../../../documents/fonts.ts"
import { type Block, INK, lineHeight, QUIET, RULE, type Sheet } from "../../../documents/sheet.ts"
import type { Run, TextBlock } from "../wording.ts"

/** A piece of one weight; `space` where a space stands before it. */
type Piece = { text: string; bold: boolean; space: boolean }
type Line = Piece[]

/** The weights of one word: « Moussa », in bold, then a comma that is not. */
type Word = { text: string; bold: boolean }[]

export function prose(blocks: readonly TextBlock[], width: number, size: number): Block {
  const parts = blocks.map((block) =>
    block.kind === "text" ? paragraph(block.runs, width, size) : table(block.rows, width, size),
  )
  const gap = size * 1.1
  return {
    height: parts.reduce((sum, part) => sum + part.height, 0) + gap * Math.max(0, parts.length - 1),
    draw(sheet, x, y) {
      let top = y
      for (const part of parts) {
        part.draw(sheet, x, top)
        top += part.height + gap
      }
    },
  }
}

const LEADING = 1.42

function paragraph(runs: readonly Run[], width: number, size: number): Block {
  const lines = linesOf(runs, width, size)
  const step = lineHeight(size) * LEADING
  return {
    height: step * lines.length,
    draw(sheet, x, y) {
      lines.forEach((line, n) => {
        drawLine(sheet, line, x, y + n * step + (step - lineHeight(size)) / 2, size)
      })
    },
  }
}

function drawLine(sheet: Sheet, line: Line, x: number, y: number, size: number) {
  let left = x
  for (const { text, bold, space } of line) {
    if (space) left += widthOf(" ", size)
    sheet.text(text, left, y, { size, bold, color: INK })
    left += widthOf(text, size, bold)
  }
}

/** Breaks between words into lines no wider than `width`; a word that is too long for a line stands alone. */
function linesOf(runs: readonly Run[], width: number, size: number): Line[] {
  const wordWidth = (word: Word) => word.reduce((sum, { text, bold }) => sum + widthOf(text, size, bold), 0)
  const lines: Word[][] = []
  let room = 0
  for (const word of wordsOf(runs, width, size)) {
    const needed = wordWidth(word) + widthOf(" ", size, true)
    const line = lines.at(-1)
    if (line && needed <= room) {
      line.push(word)
      room -= needed
    } else {
      lines.push([word])
      room = width - wordWidth(word)
    }
  }
  return lines.map(piecesOf)
}

function wordsOf(runs: readonly Run[], width: number, size: number): Word[] {
  const words: Word[] = []
  let open = false
  for (const { text, bold = false } of runs) {
    text.split(/ +/).forEach((part, n) => {
      if (n > 0) open = false
      const clean = printable(part)
      if (!clean) return
      const last = words.at(-1)
      if (open && last) last.push({ text: clean, bold })
      else words.push(...broken(clean, bold, width, size))
      open = true
    })
  }
  return words
}

/** A word wider than the line is broken where the line ends. */
function broken(text: string, bold: boolean, width: number, size: number): Word[] {
  const parts: Word[] = []
  let part = ""
  for (const letter of text) {
    if (part && widthOf(part + letter, size, bold) > width) {
      parts.push([{ text: part, bold }])
      part = ""
    }
    part += letter
  }
  return [...parts, [{ text: part, bold }]]
}

/** Neighbours of one weight in one piece, with their spaces. */
function piecesOf(words: readonly Word[]): Line {
  const line: Line = []
  words.forEach((word, n) => {
    word.forEach(({ text, bold }, part) => {
      const space = part === 0 && n > 0
      const last = line.at(-1)
      if (last && last.bold === bold) last.text += (space ? " " : "") + text
      else line.push({ text, bold, space })
    })
  })
  return line
}

function table(rows: readonly { label: string; value: string }[], width: number, size: number): Block {
  const left = width * 0.34
  const step = lineHeight(size) * 1.2
  const padding = size * 0.42
  const cells = rows.map(({ label, value }) => ({
    label,
    lines: linesOf([{ text: value, bold: true }], width - left, size),
  }))
  const heightOf = (lines: Line[]) => step * Math.max(1, lines.length) + 2 * padding
  return {
    height: cells.reduce((sum, { lines }) => sum + heightOf(lines), 0),
    draw(sheet, x, y) {
      let top = y
      sheet.rule(x, top, x + width, top, 0.5, RULE)
      for (const { label, lines } of cells) {
        const inside = top + padding + (step - lineHeight(size)) / 2
        sheet.text(label, x, inside, { size, color: QUIET, width: left - 8 })
        lines.forEach((line, n) => {
          drawLine(sheet, line, x + left, inside + n * step, size)
        })
        top += heightOf(lines)
        sheet.rule(x, top, x + width, top, 0.5, RULE)
      }
    },
  }
}
