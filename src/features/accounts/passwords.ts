// The only file that knows argon2.
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

export const hashPassword = (password: string) => oneOfTwo(() => argon2.hash(password, COST))

let nobody: Promise<string> | null = null

/** Takes the same time for an account that does not exist (`hash` null), and then says no. */
export async function checkPassword(hash: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword("nobody’s password")
  const against = hash ?? (await nobody)
  const right = await oneOfTwo(() => argon2.verify(against, password))
  return right && hash !== null
}
