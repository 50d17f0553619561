import { french, unitsText } from "./fraction.ts"
import type { Status } from "./profile.ts"

// What a teacher types in a cell, or a school's sheet holds there (domain.md §3.4). A blank is never a zero, a bare
// « abs » is asked about, and nothing is corrected silently: at most a reading is suggested.

export type MarkError = "above_max" | "negative" | "letter_o" | "too_many_decimals" | "unreadable"

export type MarkReading =
  | {
      kind: "value"
      hundredths: number
      /** what was understood beyond the plain number: "7 on 10", "asterisk kept as a remark" */
      note?: string
      /** the scale the person wrote after the bar, in hundredths, when it is not the assessment's */
      typedMax?: number
      /** what stood beside the number and is to be kept: "*" */
      remark?: string
      /** not a multiple of the entry step: a warning, never a refusal */
      offStep?: true
    }
  | { kind: "status"; status: Status }
  | { kind: "ask"; reason: "absence_kind_unknown" }
  /** `suggestion` is a decimal with a point, for a person to accept */
  | { kind: "error"; reason: MarkError; suggestion?: string }

const error = (reason: MarkError, suggestion?: string): MarkReading =>
  suggestion === undefined ? { kind: "error", reason } : { kind: "error", reason, suggestion }

const VULGAR: Record<string, string> = { "½": ",5", "¼": ",25", "¾": ",75" }
const ABSENT = "A(?:BS(?:ENTE?|ENCE)?)?"
const JUSTIFIED = "J(?:UST(?:IFIEE?)?)?"
const WORDS: [RegExp, Status | "ask"][] = [
  [new RegExp(`^${ABSENT}$`), "ask"],
  [new RegExp(`^${ABSENT}${JUSTIFIED}$`), "ABS_J"],
  [new RegExp(`^${ABSENT}(?:N(?:ON)?${JUSTIFIED}|INJ(?:UST(?:IFIEE?)?)?)$`), "ABS_NJ"],
  [/^D(?:ISP(?:ENSEE?)?)?$/, "DISP"],
  [/^(?:NC|NE|NN|NONCLASSEE?|NONNOTEE?|NONENTREE?)$/, "NE"],
]
/** Scales below this are not taken for one: 1/2 may well be a half mark. */
const SMALLEST_TYPED_SCALE = 500
/** No mark and no word for its absence is longer; a cell of a million signs is not worth reading. */
const LONGEST = 100

/** Reads one cell. `max` and `step` in hundredths (20 is 2000), like the value that comes back. */
export function readMark(typed: string, { max, step }: { max: number; step?: number }): MarkReading {
  if (typed.length > LONGEST) return error("unreadable")
  let text = typed
    .replace(/[½¼¾](?!\s*\d)/g, (sign) => VULGAR[sign] as string)
    .normalize("NFKC")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\u200b\u2060\ufeff]/g, "")
    .replace(/\s+/g, " ")
    .trim()
  const starred = /^\*+|\*+$/.test(text)
  if (starred) text = text.replace(/^\*+|\*+$/g, "").trim()
  if (starred && text === "") return error("unreadable")
  if (/^(?:-+|\/+|_+)?$/.test(text)) return { kind: "status", status: "NE" }

  const word = readWord(text)
  if (word) return word
  const reading = readNumber(text, max)
  if (reading.kind !== "value") return reading
  if (starred) {
    reading.remark = "*"
    const kept = "asterisk kept as a remark"
    reading.note = reading.note ? `${reading.note}; ${kept}` : kept
  }
  if (step && reading.hundredths % step !== 0) reading.offStep = true
  return reading
}

function readWord(text: string): MarkReading | null {
  if (/\d/.test(text)) return null
  const letters = text
    .normalize("NFD")
    .replace(/[\u0300-\u036f.\s()/'’_-]/g, "")
    .toUpperCase()
  for (const [pattern, status] of WORDS) {
    if (!pattern.test(letters)) continue
    return status === "ask" ? { kind: "ask", reason: "absence_kind_unknown" } : { kind: "status", status }
  }
  return null
}

function readNumber(text: string, max: number): MarkReading {
  const tight = text.replace(/ ?([.,/]) ?/g, "$1").replace(/ sur /i, "/")
  if (/o/i.test(tight)) {
    const meant = readNumber(tight.replace(/o/gi, "0"), max)
    return error(meant.kind === "error" && meant.reason === "unreadable" ? "unreadable" : "letter_o")
  }
  const match = /^([+-]?) ?(\d*)(?:[.,](\d*))?(?:\/(\d+)(?:[.,](\d\d?))?)?$/.exec(tight)
  if (!match) return error("unreadable")
  const [, sign, whole = "", decimals, scale, scaleDecimals = ""] = match
  if (whole.length > 9 || (whole === "" && !decimals)) return error("unreadable")
  if (decimals === "") return error("unreadable", plain(toHundredths(whole, "")))
  if (sign === "-") return error("negative")
  if ((decimals ?? "").length > 2) return error("too_many_decimals")

  const hundredths = toHundredths(whole, decimals ?? "")
  if (scale === undefined) {
    if (hundredths <= max) return { kind: "value", hundredths }
    return error("above_max", decimals === undefined ? forgottenComma(whole, max) : undefined)
  }
  const typedMax = toHundredths(scale, scaleDecimals)
  if (typedMax < SMALLEST_TYPED_SCALE) return error("unreadable")
  if (hundredths > typedMax) return error("above_max")
  if (typedMax === max) return { kind: "value", hundredths }
  // Numbers stay whole: a mark brought to another scale must still be a whole number of hundredths.
  const scaled = BigInt(hundredths) * BigInt(max)
  const rounded = Number((2n * scaled + BigInt(typedMax)) / (2n * BigInt(typedMax)))
  if (scaled % BigInt(typedMax) !== 0n) return error("too_many_decimals", plain(rounded))
  return { kind: "value", hundredths: rounded, note: `${plain(hundredths)} on ${plain(typedMax)}`, typedMax }
}

const toHundredths = (whole: string, decimals: string) => Number(whole + decimals.padEnd(2, "0"))

/** "12.5" for 1250: the shortest decimal that says it. */
const plain = (hundredths: number) => unitsText(hundredths, 2).replace(/0+$/, "").replace(/\.$/, "")

/** 125 on 20 may be 12,5: a comma put after as many digits as the scale's own marks have, if that fits. */
function forgottenComma(digits: string, max: number): string | undefined {
  const width = String(Math.ceil(max / 100) - 1).length
  const decimals = digits.slice(width)
  if (decimals === "" || decimals.length > 2) return undefined
  const meant = toHundredths(digits.slice(0, width), decimals)
  return meant <= max ? plain(meant) : undefined
}

/** What is wrong with a reading, or what it asks, in one French sentence; null when there is nothing to say. */
export function markProblem(reading: MarkReading, max: number): string | null {
  if (reading.kind === "ask") return "Absence justifiée ou non ? Écrivez « abs j » ou « abs nj »."
  if (reading.kind !== "error") return null
  const meant = reading.suggestion && ` Vouliez-vous écrire ${french(reading.suggestion)} ?`
  return SENTENCES[reading.reason](french(plain(max))) + (meant ?? "")
}

const SENTENCES: Record<MarkError, (max: string) => string> = {
  above_max: (max) => `La note dépasse le maximum, ${max}.`,
  negative: () => "Une note ne peut pas être négative.",
  letter_o: () => "La lettre O est écrite à la place du chiffre 0.",
  too_many_decimals: () => "Une note a deux décimales au plus.",
  unreadable: () => "Cette note n'est pas lisible : écrivez un nombre, « abs j », « abs nj » ou « disp ».",
}

/** What a note says, in French: « 7 sur 10 » written on another scale, or a remark kept; null when there is none. */
export function markNote(reading: MarkReading): string | null {
  if (reading.kind !== "value") return null
  const said: string[] = []
  if (reading.typedMax !== undefined) {
    said.push(`noté sur ${french(plain(reading.typedMax))}, ramené à ${french(plain(reading.hundredths))}`)
  }
  if (reading.remark) said.push(`remarque gardée : ${reading.remark}`)
  if (reading.offStep) said.push("valeur hors du pas de saisie")
  return said.length > 0 ? said.join(" ; ") : null
}

const STATUS_TEXTS: Record<Status, string> = { ABS_J: "Abs. J", ABS_NJ: "Abs. NJ", DISP: "Disp.", NE: "" }

/** A stored mark as a cell shows it, in a form that `readMark` reads back: "12,5", "Abs. J", "". */
export function markText(value: number | null, status: Status | null): string {
  return value === null ? STATUS_TEXTS[status ?? "NE"] : french(plain(value))
}
