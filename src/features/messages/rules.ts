// How long an SMS is (3GPP TS 23.038): GSM-7 160 characters, 153 a part when split; UCS-2 70, 67.

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
)
/** Sent as two septets, an escape and the character. */
const EXTENDED = new Set("^{}\\[~]|€\f")

export type SmsLength = {
  encoding: "gsm7" | "ucs2"
  /** septets or 16-bit units */
  units: number
  segments: number
  /** the characters that force UCS-2 */
  costly: string[]
}

/** Neither an escape pair nor a surrogate pair is split between two parts. */
export function smsLength(text: string): SmsLength {
  const characters = [...text.normalize("NFC")]
  const costly = [...new Set(characters.filter((c) => !BASIC.has(c) && !EXTENDED.has(c)))]
  const gsm = costly.length === 0
  const cost = (c: string) => (gsm ? (EXTENDED.has(c) ? 2 : 1) : c.length)
  const [whole, part] = gsm ? [160, 153] : [70, 67]
  const units = characters.reduce((sum, c) => sum + cost(c), 0)
  const encoding = gsm ? "gsm7" : "ucs2"
  if (units <= whole) return { encoding, units, segments: units > 0 ? 1 : 0, costly }
  let segments = 1
  let inPart = 0
  for (const c of characters) {
    if (inPart + cost(c) > part) {
      segments++
      inPart = 0
    }
    inPart += cost(c)
  }
  return { encoding, units, segments, costly }
}

const NEAREST: Record<string, string> = Object.fromEntries(
  (
    'ç c|ê e|â a|î i|ô o|û u|ë e|ï i|œ oe|Œ OE|À A|Â A|È E|Ê E|Ë E|Î I|Ï I|Ô O|Ù U|Û U|« "|» "|“ "|” "|’ \'|‘ \'|° o|' +
    "… ...|– -|— -|ɛ è|Ɛ E|ɔ ò|Ɔ O|ɲ ny|Ɲ Ny|ŋ ng|Ŋ Ng"
  )
    .split("|")
    .map((pair) => pair.split(" ") as [string, string]),
)

/** The same words in the letters that fit GSM-7: one accent too many would halve the length of the whole SMS. */
export const inGsmLetters = (text: string) =>
  [...text.normalize("NFC").replace(/«\s*|\s*»/g, '"')]
    .map((c) => (/[\u00a0\u202f\u2009]/.test(c) ? " " : (NEAREST[c] ?? c)))
    .join("")
