import { looksUtf16 } from "./bytes.ts"

export type Encoding = "utf-8" | "utf-8 + BOM" | "utf-16le" | "utf-16be" | "windows-1252"

/** Text of a file in whichever of the encodings that Excel, Google Sheets and Notepad write. Never throws. */
export function decode(bytes: Uint8Array): { text: string; encoding: Encoding } {
  const side = looksUtf16(bytes)
  if (side === "little") return { text: new TextDecoder("utf-16le").decode(bytes), encoding: "utf-16le" }
  if (side === "big") return { text: new TextDecoder("utf-16be").decode(bytes), encoding: "utf-16be" }
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
    return { text, encoding: marked ? "utf-8 + BOM" : "utf-8" }
  } catch {
    // A mark promises UTF-8: one broken byte must not turn all its accents into pairs of letters.
    if (marked) return { text: new TextDecoder("utf-8").decode(bytes), encoding: "utf-8 + BOM" }
    return { text: windows1252(bytes), encoding: "windows-1252" }
  }
}

/** What 0x80 to 0x9F stand for; spelled out because Node's own decoder reads them as Latin-1 control characters. */
const C1 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"

const windows1252 = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString("latin1")
    .replace(/[\u0080-\u009f]/g, (letter) => C1[letter.charCodeAt(0) - 0x80] as string)

/** The byte of each letter of the upper half, in Latin-1 and in Windows-1252. */
const UPPER_HALF = new Map<string, number>()
for (let byte = 0x80; byte < 0x100; byte++) UPPER_HALF.set(String.fromCharCode(byte), byte)
for (const [at, letter] of [...C1].entries()) UPPER_HALF.set(letter, 0x80 + at)

// What French and Malian texts may hold once repaired: anything else was not a doubly encoded accent.
const EXPECTED = /^[\u00a0-\u017f\u0190\u0186\u019d\u0254\u025b\u0272\u02bc\u2010-\u203a\u20ac]+$/u
const SUSPECT = /[ÂÃÄÅÆÉÊÌÍâ][\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u2122]/
const ACCENTED_RUN = /[\u0080-\uffff]+/g

/** « DIABATÃ‰ » -> « DIABATÉ »: UTF-8 read as Windows-1252 and saved again, once or twice. */
export function repairDoubleEncoding(text: string): string {
  let repaired = text
  for (let round = 0; round < 2 && SUSPECT.test(repaired); round++)
    repaired = repaired.replace(ACCENTED_RUN, repairRun)
  return repaired
}

const strict = new TextDecoder("utf-8", { fatal: true })

function repairRun(run: string): string {
  const bytes: number[] = []
  for (const letter of run) {
    const byte = UPPER_HALF.get(letter)
    if (byte === undefined) return run
    bytes.push(byte)
  }
  try {
    const read = strict.decode(Uint8Array.from(bytes))
    return EXPECTED.test(read) || SUSPECT.test(read) ? read : run
  } catch {
    return run
  }
}
