// The only file that knows argon2.
import { createHmac, randomInt } from "node:crypto"
import argon2 from "argon2"

/** argon2id, 19 MiB, two passes, one lane (OWASP's minimum): about 20 ms and never more than two at once. */
const COST = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const AT_ONCE = 2

let running = 0
const waiting: (() => void)[] = []

async function oneOfTwo<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  running++
  try {
    return await work()
  } finally {
    running--
    waiting.shift()?.()
  }
}

/** One spelling of letters with accents, whichever keyboard made them. */
const composed = (password: string) => password.normalize("NFC")

export const hashPassword = (password: string) => oneOfTwo(() => argon2.hash(composed(password), COST))

let nobody: Promise<string> | null = null

/** Takes the same time for an account that does not exist (`hash` null), and then says no. */
export async function checkPassword(hash: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword("nobody’s password")
  const against = hash ?? (await nobody)
  const right = await oneOfTwo(() => argon2.verify(against, composed(password)))
  return right && hash !== null
}

const CONSONANTS = "bdfgklmnprstvz"
const VOWELS = "aeiou"

/** A whole number from 0, below the one given. */
type Draw = (below: number) => number
const pick = (letters: string, draw: Draw = randomInt) => letters[draw(letters.length)] as string

function sayable(draw: Draw): string {
  const syllables = (n: number) =>
    Array.from({ length: n }, () => pick(CONSONANTS, draw) + pick(VOWELS, draw)).join("")
  return `${syllables(2)}-${syllables(3)}-${String(draw(10_000)).padStart(4, "0")}`
}

/** « bamo-sukito-4827 »: a first password that can be said on the phone (about 44 bits), to be changed at once. */
export const firstPassword = () => sayable(randomInt)

/**
 * The first password of one person of many, always the same for the same seed: so that a class's passwords need not
 * be kept between the page that makes them and the sheets that show them, only their seed (32 random bytes).
 */
export function passwordFrom(seed: Buffer, person: string): string {
  let rest = BigInt(`0x${createHmac("sha256", seed).update(person).digest("hex")}`)
  return sayable((below) => {
    const drawn = Number(rest % BigInt(below))
    rest /= BigInt(below)
    return drawn
  })
}

/** « KD7M-QX4T »: what the log says once and the first visit asks, without letters that look like digits (40 bits). */
export function openingCode(): string {
  const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
  const four = () => Array.from({ length: 4 }, () => pick(letters)).join("")
  return `${four()}-${four()}`
}
