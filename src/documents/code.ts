// The short code printed on a paper, by which anybody checks with the school that it is genuine. Pure.

const CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ" // no 0/O, 1/I/L: it is read aloud and typed
const CODE_LENGTH = 10

/** « K7QM2-XRD9F »: 49 bits from random bytes, two groups of five. */
export function publicCode(random: (below: number) => number): string {
  const letters = Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[random(CODE_LETTERS.length)])
  return `${letters.slice(0, 5).join("")}-${letters.slice(5).join("")}`
}

/** What a person typed of a code, as it is kept; null when it can be none. */
export function typedCode(text: string): string | null {
  const letters = text.toUpperCase().replace(/[\s–-]/g, "")
  if (letters.length !== CODE_LENGTH || [...letters].some((letter) => !CODE_LETTERS.includes(letter)))
    return null
  return `${letters.slice(0, 5)}-${letters.slice(5)}`
}
