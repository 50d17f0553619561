import { Refusal } from "../../../web/refusal.ts"

/** What a file may weigh and hold before it is read at all. */
export interface Limits {
  maxBytes: number
  maxLines: number
  maxColumns: number
}

export const LIMITS: Limits = { maxBytes: 10_000_000, maxLines: 20_000, maxColumns: 120 }

const SAVE_AS = "Ouvrez-le dans votre tableur et enregistrez-le en XLSX ou en CSV, puis recommencez."

const SIGNATURES: [signature: number[], what: string][] = [
  [[0x25, 0x50, 0x44, 0x46], "Ce fichier est un PDF"],
  [[0x4d, 0x5a], "Ce fichier est un programme Windows"],
  [[0x7f, 0x45, 0x4c, 0x46], "Ce fichier est un programme"],
  [[0xd0, 0xcf, 0x11, 0xe0], "Ce fichier est un ancien document Office (.xls ou .doc)"],
  [[0x1f, 0x8b], "Ce fichier est une archive compressée"],
  [[0x52, 0x61, 0x72, 0x21], "Ce fichier est une archive RAR"],
  [[0x37, 0x7a, 0xbc, 0xaf], "Ce fichier est une archive 7z"],
  [[0x89, 0x50, 0x4e, 0x47], "Ce fichier est une image PNG"],
  [[0xff, 0xd8, 0xff], "Ce fichier est une photo JPEG"],
  [[0x47, 0x49, 0x46, 0x38], "Ce fichier est une image GIF"],
  [[0x7b, 0x5c, 0x72, 0x74, 0x66], "Ce fichier est un document RTF"],
]

const startsWith = (bytes: Uint8Array, signature: number[]) =>
  signature.every((byte, at) => bytes[at] === byte)

/** Refuses, in one French sentence, what is too heavy, empty or no table; tells an XLSX from a text by its content. */
export function formatOf(bytes: Uint8Array, limits: Limits = LIMITS): "text" | "xlsx" {
  refuseHeavy(bytes.length, limits)
  if (bytes.length === 0) throw new Refusal(415, "Ce fichier est vide : il n’y a rien à importer.")
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) {
    if (holdsWorkbook(bytes)) return "xlsx"
    throw new Refusal(415, `Ce fichier est une archive ZIP, pas un tableau. ${SAVE_AS}`)
  }
  const known = SIGNATURES.find(([signature]) => startsWith(bytes, signature))
  if (known && (known[0].length > 2 || isBinary(bytes))) {
    throw new Refusal(415, `${known[1]}, pas un tableau, quel que soit son nom. ${SAVE_AS}`)
  }
  const head = Buffer.from(bytes.subarray(0, 512))
    .toString("latin1")
    .replace(/^ï»¿/, "")
    .trimStart()
    .toLowerCase()
  if (/^<(?:!doctype|html|\?xml|table|svg)/.test(head)) {
    throw new Refusal(415, `Ce fichier est une page web, pas un tableau. ${SAVE_AS}`)
  }
  if (isBinary(bytes))
    throw new Refusal(415, `Ce fichier n’est pas un texte : on ne peut pas y lire de tableau. ${SAVE_AS}`)
  return "text"
}

/** To be asked before a file is brought into memory. */
export function refuseHeavy(size: number, { maxBytes }: Limits = LIMITS) {
  if (size <= maxBytes) return
  const sizes = `Ce fichier pèse ${megabytes(size)} Mo ; le plus grand accepté en pèse ${megabytes(maxBytes)}.`
  throw new Refusal(413, `${sizes} Rien n’a été importé.`)
}

const megabytes = (bytes: number) => Math.max(1, Math.round(bytes / 1_000_000))

/** The part of an XLSX that lists its sheets; its name stands unpacked in the archive. */
const holdsWorkbook = (bytes: Uint8Array) => Buffer.from(bytes).includes("xl/workbook")

/**
 * More than a few control characters in its first part: no text. Stray NULs of a damaged CSV stay under
 * the limit; the NULs of UTF-16 stand on one side of each pair and are no sign of anything.
 */
function isBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 65_536)
  const step = looksUtf16(sample)
  let strange = 0
  let seen = 0
  for (let at = step === "big" ? 1 : 0; at < sample.length; at += step ? 2 : 1) {
    const byte = sample[at] as number
    seen++
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 26) strange++
  }
  return strange > Math.max(3, seen / 10)
}

/** UTF-16 by its mark or, without one, by NULs that stand nearly always on the same side of a pair. */
export function looksUtf16(bytes: Uint8Array): "little" | "big" | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "little"
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "big"
  const sample = bytes.subarray(0, 4096)
  const pairs = Math.floor(sample.length / 2)
  if (pairs < 4) return null
  let even = 0
  let odd = 0
  for (let at = 0; at < pairs * 2; at += 2) {
    if (sample[at] === 0) even++
    if (sample[at + 1] === 0) odd++
  }
  if (odd > pairs * 0.7 && even < pairs * 0.05) return "little"
  if (even > pairs * 0.7 && odd < pairs * 0.05) return "big"
  return null
}
