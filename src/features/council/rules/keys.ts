// One key for each thing that may be chosen on the projector's page. Pure.

/** Writes the text by hand. */
export const WRITE_KEY = "T"

const DIGITS = [..."123456789"]
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].filter((letter) => letter !== WRITE_KEY)

export type Keys = { awards: (string | null)[]; decisions: (string | null)[]; phrases: (string | null)[] }

const lettersOf = (label: string) =>
  [...label.normalize("NFD").toUpperCase()].filter((sign) => LETTERS.includes(sign))

/**
 * Awards count from 1 (0 is none), a decision takes the first letter of its own that is free, phrases the letters
 * left, in order. All differ; null where none is left.
 */
export function keysOf(awards: readonly string[], decisions: readonly string[], phrases: number): Keys {
  const free = new Set(LETTERS)
  const take = (letter: string | undefined) => {
    if (letter === undefined) return null
    free.delete(letter)
    return letter
  }
  const decided = decisions.map((label) =>
    take(lettersOf(label).find((letter) => free.has(letter)) ?? [...free][0]),
  )
  return {
    awards: awards.map((_, n) => DIGITS[n] ?? null),
    decisions: decided,
    phrases: Array.from({ length: phrases }, () => take([...free][0])),
  }
}

/** The keys of a list of reasons: 1 to 9. */
export const digitOf = (n: number): string | null => DIGITS[n] ?? null
