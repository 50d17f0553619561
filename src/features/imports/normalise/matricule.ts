import { upperCase } from "../../people/naming.ts"
import { isMissing } from "./missing.ts"

export type MatriculeReading =
  | { kind: "missing" }
  | { kind: "matricule"; value: string; warnings: string[] }
  | { kind: "unreadable"; reason: string; value: string; suggestion: string }

/** What the ministry's matricules look like (domain.md §1.6): worth a warning, never a refusal. */
const SHAPE = /^RC\d{2}[A-Z]{2}\d{2}[A-Z]\d{3,4}[MF]?$/
/** The same with letters O and I where digits stand. */
const SHAPE_WITH_LETTERS = /^RC[\dOI]{2}[A-Z]{2}[\dOI]{2}[A-Z][\dOI]{3,4}[MF]?$/

/** Spaces removed, capitals; otherwise opaque: never built, never repaired. A letter O among digits needs a person. */
export function readMatricule(typed: string): MatriculeReading {
  if (isMissing(typed)) return { kind: "missing" }
  const trimmed = typed.replace(/^['’]/, "").trim()
  const value = upperCase(trimmed.replace(/\s+/g, ""))
  const warnings: string[] = []
  if (/\s/.test(trimmed)) warnings.push("matricule_spaces")
  if (value !== trimmed.replace(/\s+/g, "")) warnings.push("matricule_lowercase")
  if (!SHAPE.test(value)) {
    if (SHAPE_WITH_LETTERS.test(value)) {
      const suggestion = withDigits(value)
      return {
        kind: "unreadable",
        reason: value.includes("O") ? "matricule_letter_o" : "matricule_letter_i",
        value,
        suggestion,
      }
    }
    warnings.push("matricule_unusual")
  }
  return { kind: "matricule", value, warnings }
}

const withDigits = (value: string) =>
  value.replace(/^(RC)(..)(..)(..)(.)(.{3,4}?)([MF]?)$/, (_, head, age, track, year, letter, number, sex) =>
    [head, digits(age), track, digits(year), letter, digits(number), sex].join(""),
  )

const digits = (text: string) => text.replaceAll("O", "0").replaceAll("I", "1")
