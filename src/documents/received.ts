// What a file that somebody handed in is: by its first bytes, never by its name or by what the browser says of it.

export type Received = "jpeg" | "png" | "webp" | "pdf"

const PICTURES: readonly Received[] = ["jpeg", "png", "webp"]

const text = (bytes: Uint8Array, from: number, to: number) =>
  Buffer.from(bytes.subarray(from, to)).toString("latin1")

/** The kind of a file, if it is one that the program takes; its content may still turn out to be spoilt. */
export function kindOf(bytes: Uint8Array): Received | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg"
  if (text(bytes, 0, 8) === "\x89PNG\r\n\x1a\n") return "png"
  if (text(bytes, 0, 4) === "RIFF" && text(bytes, 8, 12) === "WEBP") return "webp"
  if (text(bytes, 0, 5) === "%PDF-") return "pdf"
  return null
}

/** A PDF says where it ends within its last bytes; one that was cut off on its way does not. */
const ENDS_WITHIN = 2048
export const wholePdf = (bytes: Uint8Array) => text(bytes, -ENDS_WITHIN, bytes.length).includes("%%EOF")

/** A JPEG that was cut off lacks its last sign; one spoilt on the disk would cost a whole class its papers. */
export const wholeJpeg = (bytes: Uint8Array) =>
  text(bytes, 0, 2) === "\xff\xd8" && text(bytes, -2, bytes.length) === "\xff\xd9"

const HEIC =
  "Cette photo est au format HEIC, que l’école ne peut pas lire. Sur l’iPhone, choisissez Réglages, Appareil photo, Formats, « Le plus compatible », puis reprenez la photo ; ou enregistrez-la en JPEG."

/** What people send instead, and what it is called; null where it is nothing known. */
function otherKind(bytes: Uint8Array): string | null {
  const first = text(bytes, 0, 4)
  if (first === "GIF8") return "une image GIF"
  if (first === "II*\0" || first === "MM\0*") return "une image TIFF"
  if (first.startsWith("BM")) return "une image BMP"
  if (first === "%PDF") return "un PDF"
  if (first === "PK\x03\x04") return "un document Office ou une archive ZIP"
  if (first === "\xd0\xcf\x11\xe0") return "un document Office"
  const head = text(bytes, 0, 1024).replace(/^ï»¿/, "").trimStart().toLowerCase()
  if (/<svg/.test(head)) return "un dessin SVG"
  if (/^<(!|\?xml|html|head|body|script)/.test(head)) return "une page web"
  return null
}

/**
 * Why this file is not taken, in a sentence for the person who chose it; null where it is one of the kinds `taken`.
 * One that is too heavy never came so far.
 */
export function whyNotTaken(
  bytes: Uint8Array | undefined,
  taken: "pictures" | "logo" | "scans",
): string | null {
  const pdfs = taken === "scans"
  const picture = taken === "logo" ? "une image" : "une photo"
  if (!bytes) return pdfs ? "Choisissez un fichier." : `Choisissez ${picture}.`
  if (bytes.length === 0) return "Ce fichier est vide. Choisissez-en un autre."
  const kind = kindOf(bytes)
  if (kind && PICTURES.includes(kind)) return null
  if (kind === "pdf" && pdfs) {
    return wholePdf(bytes)
      ? null
      : "Ce PDF est incomplet : sa fin manque. Numérisez la pièce de nouveau, ou envoyez-la encore une fois."
  }
  if (text(bytes, 4, 8) === "ftyp" && /^(hei|hev|mif|msf)/.test(text(bytes, 8, 12))) return HEIC
  const wanted = pdfs ? "un PDF ou une photo JPEG, PNG ou WebP" : `${picture} JPEG, PNG ou WebP`
  const other = otherKind(bytes)
  const said = other ? `est ${other}` : pdfs ? "n’est ni un PDF ni une photo" : `n’est pas ${picture}`
  return `Ce fichier ${said}, quel que soit son nom. Choisissez ${wanted}.`
}

/** Why a picture whose first bytes were right could not be used after all. */
export const PICTURE_PROBLEMS = {
  unreadable:
    "Cette image est abîmée ou incomplète : elle n’a pas pu être lue. Reprenez la photo et recommencez.",
  too_large:
    "Cette image a trop de points pour être lue. Réduisez-la, ou reprenez la photo avec une définition plus basse.",
  too_small:
    "Cette image est trop petite pour qu’on y reconnaisse quelque chose. Choisissez-en une plus grande.",
} as const

export type PictureProblem = keyof typeof PICTURE_PROBLEMS
