// A workbook's archive taken apart, looked at, and put together again: what reads it afterwards reads what was looked
// at here, whatever its headers say. Two kilobytes may name a cell so far away that the sheet fills the memory.
import { crc32, inflateRawSync } from "node:zlib"

type Part = { name: string; content: Buffer }

/** Why a workbook is not read: it cannot be, it unpacks to too much, its cells lie too far apart. */
export type Unfit = "damaged" | "too_large" | "too_wide"

/** What an archive may unpack to: a workbook of text shrinks by ten or twenty, a bomb by a thousand. */
const LARGEST_UNPACKED = 150_000_000
const MOST_PARTS = 2_000
/** The last row there is in Excel. */
const LAST_ROW = 1_048_576
/** Rows of all the sheets, empty ones between filled ones too. */
const MOST_ROWS = 2 * LAST_ROW
/** Twice the lines and columns that are taken at all: cells of all the sheets, empty ones too. */
const MOST_CELLS = 5_000_000

/** The same workbook without pictures and the like, stored as it is. */
export function safeWorkbook(data: Buffer): Buffer | Unfit {
  try {
    const parts = partsOf(data)
    if (parts === "too_large") return parts
    const far = extentOf(parts)
    return far ?? stored(parts)
  } catch {
    return "damaged"
  }
}

/** The XML of the archive, by its directory. Throws where the archive is damaged. */
function partsOf(data: Buffer): Part[] | "too_large" {
  const end = data.lastIndexOf("PK\x05\x06", undefined, "latin1")
  const count = data.readUInt16LE(end + 10)
  if (count > MOST_PARTS) return "too_large"
  const parts: Part[] = []
  let room = LARGEST_UNPACKED
  for (let n = 0, at = data.readUInt32LE(end + 16); n < count; n++) {
    if (data.toString("latin1", at, at + 4) !== "PK\x01\x02") throw new Error("no entry")
    const length = data.readUInt16LE(at + 28)
    const name = data.toString("utf8", at + 46, at + 46 + length)
    if (/\.(xml|rels)$/.test(name)) {
      const content = contentAt(data, at, room)
      if (content === null) return "too_large"
      room -= content.length
      parts.push({ name, content })
    }
    at += 46 + length + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32)
  }
  return parts
}

/** What an entry of the directory unpacks to; null for more than there is room for. */
function contentAt(data: Buffer, entry: number, room: number): Buffer | null {
  const [method, size, local] = [10, 20, 42].map((at) =>
    at === 10 ? data.readUInt16LE(entry + at) : data.readUInt32LE(entry + at),
  ) as [number, number, number]
  const begins = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28)
  const packed = data.subarray(begins, begins + size)
  if (method === 0) return packed.length > room ? null : packed
  if (method !== 8) throw new Error("packed otherwise")
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, room) })
  } catch (problem) {
    if ((problem as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") return null
    throw problem
  }
}

/** Where a row or a cell says that it stands: « 12 », « AB12 ». */
const PLACE = /(?<!xmlns:)\br\s*=\s*(?:"([^"]*)"|'([^']*)')/g
/** Rows that do not say where they stand count too. */
const ROW = /[<:]row[\s/>]/g
const WELL_SAID = /^([A-Z]{0,3})(\d{1,7})$/

/** How far the cells of all parts reach, if too far. */
function extentOf(parts: readonly Part[]): Unfit | null {
  let [allRows, allCells] = [0, 0]
  for (const { content } of parts) {
    let [rows, farthest, lastRow, lastColumn] = [0, 0, 0, 0]
    const xml = content.toString("latin1")
    for (const _ of xml.matchAll(ROW)) rows++
    for (const [, double, single] of xml.matchAll(PLACE)) {
      const place = double ?? single ?? ""
      const said = WELL_SAID.exec(place)
      if (!said) {
        if (/\d/.test(place)) return "damaged"
        continue
      }
      const [letters, row] = [said[1] as string, Number(said[2])]
      if (row > LAST_ROW) return "too_wide"
      if (row > farthest) farthest = row
      if (letters === "") continue
      if (row > lastRow) lastRow = row
      lastColumn = Math.max(lastColumn, columnOf(letters))
    }
    allRows += Math.max(rows, farthest)
    allCells += lastRow * lastColumn
  }
  return allRows > MOST_ROWS || allCells > MOST_CELLS ? "too_wide" : null
}

const columnOf = (letters: string) =>
  [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0)

/** An archive of these parts, none of them packed. */
function stored(parts: readonly Part[]): Buffer {
  const [bodies, directory]: [Buffer[], Buffer[]] = [[], []]
  let at = 0
  for (const { name: path, content } of parts) {
    const name = Buffer.from(path)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(content.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(name.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    bodies.push(Buffer.from("PK\x03\x04", "latin1"), common, name, content)
    directory.push(Buffer.from("PK\x01\x02\x14\0", "latin1"), common, place, name)
    at += 30 + name.length + content.length
  }
  const end = Buffer.alloc(18)
  end.writeUInt16LE(parts.length, 4)
  end.writeUInt16LE(parts.length, 6)
  end.writeUInt32LE(Buffer.concat(directory).length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...bodies, ...directory, Buffer.from("PK\x05\x06", "latin1"), end])
}
