// Growing delay after failed sign-ins: how long, for whom.
import { isIPv6 } from "node:net"

/** Failures of one account that cost nothing. */
export const FREE_FAILURES = 3
/**
 * Failures of one address that cost nothing. More than an account's: a whole school, or thousands of a carrier's
 * phones, come from one address, and the slips of forty teachers must not lock them all out.
 */
export const FREE_FAILURES_OF_ADDRESS = 20
const LONGEST_SECONDS = 900

/** Failures without a new one for so long are forgotten. */
export const FORGOTTEN_AFTER_MS = 24 * 3_600_000

/** 2, 4, 8… seconds from the first failure that is not free, 15 minutes at most. */
export function delaySeconds(failures: number, free: number): number {
  const beyond = failures - free
  return beyond <= 0 ? 0 : Math.min(2 ** Math.min(beyond, 10), LONGEST_SECONDS)
}

/** « 12 secondes », « 1 minute », « 15 minutes »: never less than what remains. */
export function waitInWords(seconds: number): string {
  if (seconds <= 1) return "1 seconde"
  if (seconds < 60) return `${Math.ceil(seconds)} secondes`
  const minutes = Math.ceil(seconds / 60)
  return minutes === 1 ? "1 minute" : `${minutes} minutes`
}

/** An address as failures are counted: one IPv4, or the 64 bits of a network that IPv6 gives to one household. */
export function networkOf(address: string): string {
  const mapped = address.match(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/i)
  if (mapped) return mapped[1] as string
  if (!isIPv6(address)) return address
  const [head = "", tail = ""] = (address.split("%")[0] as string).toLowerCase().split("::")
  const left = head.split(":").filter(Boolean)
  const right = tail.split(":").filter(Boolean)
  const zeros = address.includes("::") ? Array(Math.max(0, 8 - left.length - right.length)).fill("0") : []
  const groups = [...left, ...zeros, ...right].slice(0, 4)
  return `${groups.map((group) => group.replace(/^0+(?=.)/, "")).join(":")}::/64`
}
