import type { Separator } from "./separator.ts"

export interface TextRecord {
  /** physical line it starts on, from 1 */
  line: number
  /** how many physical lines it covers: a quoted cell may hold line ends */
  spans: number
  cells: string[]
}

/** A quoted cell longer than this is a forgotten closing quote, which must not swallow the lines that follow. */
const LONGEST_QUOTE = { lines: 12, characters: 20_000 }

/** Cuts a text at \r\n, \n or a lone \r; a last line end opens no further line. */
export function physicalLines(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/)
  if (lines.at(-1) === "") lines.pop()
  return lines
}

/** Records of a separated text. The spans of all records add up to the number of physical lines. */
export function records(lines: readonly string[], separator: Separator): TextRecord[] {
  const found: TextRecord[] = []
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as string
    const read = line.includes('"') ? readQuoted(lines, at, separator) : null
    found.push({ line: at + 1, spans: read?.spans ?? 1, cells: read?.cells ?? line.split(separator) })
    at += read?.spans ?? 1
  }
  return found
}

/** A line with quotes; null when a quote never closes: the line is then cut as if quotes meant nothing. */
function readQuoted(lines: readonly string[], start: number, separator: Separator) {
  const cells: string[] = []
  let row = start
  let line = lines[row] as string
  let at = 0
  let length = 0
  while (true) {
    const lead = /^[ \u00a0]*"/.exec(separator === "\t" ? line.slice(at) : line.slice(at, at + 40))
    if (!lead) {
      const end = line.indexOf(separator, at)
      cells.push(end === -1 ? line.slice(at) : line.slice(at, end))
      if (end === -1) return { cells, spans: row - start + 1 }
      at = end + 1
      continue
    }
    at += lead[0].length
    let cell = ""
    while (true) {
      const quote = line.indexOf('"', at)
      if (quote === -1) {
        cell += `${line.slice(at)}\n`
        length += line.length - at
        row++
        if (row >= lines.length || row - start >= LONGEST_QUOTE.lines || length > LONGEST_QUOTE.characters)
          return null
        line = lines[row] as string
        at = 0
      } else if (line[quote + 1] === '"') {
        cell += line.slice(at, quote + 1)
        at = quote + 2
      } else {
        cell += line.slice(at, quote)
        at = quote + 1
        const rest = /^[ \u00a0]*/.exec(line.slice(at, at + 40)) as RegExpExecArray
        const next = at + rest[0].length
        if (next >= line.length || line[next] === separator) {
          cells.push(cell)
          if (next >= line.length) return { cells, spans: row - start + 1 }
          at = next + 1
          break
        }
        // « "Awa" dite Kani »: the quote belongs to the text.
        cell += '"'
      }
    }
  }
}
