// Exact fractions. Small ones are kept as safe integers, which is fast; one that outgrows 2^53 goes over to
// bigint by itself, so no result is ever rounded by the machine. Always reduced, denominator positive.

type Small = { readonly n: number; readonly d: number }
type Big = { readonly n: bigint; readonly d: bigint }
export type Fraction = Small | Big

const LIMIT = Number.MAX_SAFE_INTEGER
const fits = (x: number) => x <= LIMIT && x >= -LIMIT

export const ZERO: Fraction = { n: 0, d: 1 }

/** n/d, reduced. Numbers must be safe integers; a zero denominator is an error of the caller. */
export function fraction(n: number | bigint, d: number | bigint = 1): Fraction {
  if (typeof n === "number" && typeof d === "number") {
    if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d)) throw new RangeError(`not integers: ${n}/${d}`)
    return small(n, d)
  }
  return big(BigInt(n), BigInt(d))
}

function small(n: number, d: number): Fraction {
  if (d === 0) throw new RangeError("a fraction over zero")
  if (d === 1) return { n, d }
  let a = n < 0 ? -n : n
  let b = d < 0 ? -d : d
  while (b !== 0) {
    const r = a % b
    a = b
    b = r
  }
  if (d < 0) a = -a
  // `+ 0` turns -0 into 0, so that equal fractions are also deeply equal.
  return { n: n / a + 0, d: d / a }
}

function big(n: bigint, d: bigint): Fraction {
  if (d === 0n) throw new RangeError("a fraction over zero")
  let a = n < 0n ? -n : n
  let b = d < 0n ? -d : d
  while (b !== 0n) [a, b] = [b, a % b]
  if (d < 0n) a = -a
  n /= a
  d /= a
  const limit = BigInt(LIMIT)
  return n <= limit && n >= -limit && d <= limit ? { n: Number(n), d: Number(d) } : { n, d }
}

const isSmall = (f: Fraction): f is Small => typeof f.n === "number"

export function add(a: Fraction, b: Fraction): Fraction {
  if (a.n === 0) return b
  if (isSmall(a) && isSmall(b)) {
    if (a.d === b.d) {
      const n = a.n + b.n
      if (fits(n)) return small(n, a.d)
    } else {
      const left = a.n * b.d
      const right = b.n * a.d
      const d = a.d * b.d
      if (fits(left) && fits(right) && fits(left + right) && fits(d)) return small(left + right, d)
    }
  }
  return big(
    BigInt(a.n) * BigInt(b.d) + BigInt(b.n) * BigInt(a.d), //
    BigInt(a.d) * BigInt(b.d),
  )
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  if (isSmall(a) && isSmall(b)) {
    const n = a.n * b.n
    const d = a.d * b.d
    if (fits(n) && fits(d)) return small(n, d)
  }
  return big(BigInt(a.n) * BigInt(b.n), BigInt(a.d) * BigInt(b.d))
}

export function subtract(a: Fraction, b: Fraction): Fraction {
  return add(a, isSmall(b) ? { n: 0 - b.n, d: b.d } : { n: -b.n, d: b.d })
}

/** a ÷ b; dividing by zero is an error of the caller. */
export function divide(a: Fraction, b: Fraction): Fraction {
  return multiply(a, isSmall(b) ? small(b.d, b.n) : big(b.d, b.n))
}

/** Negative, zero or positive as a is below, equal to or above b. */
export function compare(a: Fraction, b: Fraction): number {
  if (isSmall(a) && isSmall(b)) {
    const left = a.n * b.d
    const right = b.n * a.d
    if (fits(left) && fits(right)) return left - right
  }
  const left = BigInt(a.n) * BigInt(b.d)
  const right = BigInt(b.n) * BigInt(a.d)
  return left < right ? -1 : left > right ? 1 : 0
}

export const isZero = (f: Fraction) => f.n === 0

export const smaller = (a: Fraction, b: Fraction): Fraction => (compare(a, b) <= 0 ? a : b)

/** Reads "12.5", "-3", "2/3" or the number 12.5 exactly as it is written; anything else throws. */
export function parseFraction(text: string | number): Fraction {
  const match = /^(-?)(\d+)(?:\.(\d+)|\/(\d+))?$/.exec(String(text).trim())
  if (!match) throw new RangeError(`not a decimal number: ${text}`)
  const [, sign, whole = "", decimals = "", under = "1"] = match
  const top = BigInt(whole + decimals)
  return big(sign ? -top : top, BigInt(under) * 10n ** BigInt(decimals.length))
}

const TENS = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]

/** The value in units of 10^-decimals, halves away from zero: 16.625 in 2 decimals is 1663. */
export function roundHalfUp(f: Fraction, decimals: number): number {
  const ten = TENS[decimals]
  if (ten === undefined) throw new RangeError(`${decimals} decimals`)
  if (isSmall(f)) {
    const top = 2 * ten * (f.n < 0 ? -f.n : f.n) + f.d
    const under = 2 * f.d
    // The quotient is taken through the remainder: a division of doubles could land on the next integer.
    if (fits(top) && fits(under)) return ((f.n < 0 ? -1 : 1) * (top - (top % under))) / under + 0
  }
  const n = BigInt(f.n)
  const d = BigInt(f.d)
  const units = (2n * BigInt(ten) * (n < 0n ? -n : n) + d) / (2n * d)
  return Number(n < 0n ? -units : units)
}

/** The smallest number of units of 10^-decimals that is not below f: a threshold for rounded values. */
export function ceiling(f: Fraction, decimals: number): number {
  const n = BigInt(f.n) * BigInt(TENS[decimals] ?? 1)
  const d = BigInt(f.d)
  return Number(n > 0n ? (n + d - 1n) / d : n / d)
}

/** Back from units of 10^-decimals to a fraction: 1663 in 2 decimals is 1663/100. */
export const fromUnits = (units: number, decimals: number): Fraction => fraction(units, TENS[decimals] ?? 1)

/** "16.63" for 1663 units in 2 decimals; a point, never a comma (see `french`). */
export function unitsText(units: number, decimals: number): string {
  const sign = units < 0 ? "-" : ""
  const digits = String(Math.abs(units)).padStart(decimals + 1, "0")
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/** The reduced fraction: "133/8", or "15" for an integer. */
export const fractionText = (f: Fraction): string => (BigInt(f.d) === 1n ? `${f.n}` : `${f.n}/${f.d}`)

/** A coefficient or weight as a person writes it: "4", "1.5"; "1/3" when no decimal says it exactly. */
export function plainText(f: Fraction): string {
  if (f.d === 1) return `${f.n}`
  for (let decimals = 1; decimals < TENS.length; decimals++) {
    const units = roundHalfUp(f, decimals)
    if (compare(fromUnits(units, decimals), f) === 0) return unitsText(units, decimals)
  }
  return fractionText(f)
}

/** "12,63" from "12.63": what a French document prints (domain.md §3.5). */
export const french = (text: string): string => text.replace(".", ",")

/** An exact value together with what a person reads of it. `rounded` counts units of 10^-decimals. */
export type Shown = { readonly exact: Fraction; readonly rounded: number; readonly text: string }

// The same few thousand texts come back for every student of every class: up to 400.00 they are made once.
const KEPT = 40_000
const texts: (string | undefined)[][] = []

/** The value rounded half up to so many decimals, kept with its exact fraction. */
export function shown(exact: Fraction, decimals: number): Shown {
  const rounded = roundHalfUp(exact, decimals)
  if (rounded < 0 || rounded > KEPT) return { exact, rounded, text: unitsText(rounded, decimals) }
  texts[decimals] ??= new Array<string | undefined>(KEPT + 1)
  const known = texts[decimals]
  const text = known[rounded] ?? unitsText(rounded, decimals)
  known[rounded] = text
  return { exact, rounded, text }
}
