import fc from "fast-check"
import { test } from "uvu"
import * as assert from "uvu/assert"
import {
  add,
  ceiling,
  compare,
  divide,
  type Fraction,
  fraction,
  fractionText,
  french,
  multiply,
  parseFraction,
  plainText,
  roundHalfUp,
  shown,
  subtract,
} from "./fraction.ts"

// Numbers on both sides of 2^53, where small fractions turn into large ones.
const integer = fc.oneof(
  fc.bigInt({ min: -50n, max: 50n }),
  fc.bigInt({ min: -(2n ** 53n), max: 2n ** 53n }),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
)
const any = fc.tuple(integer, integer).filter(([, d]) => d !== 0n)
const equals = (f: Fraction, n: bigint, d: bigint) => BigInt(f.n) * d === n * BigInt(f.d)
const reduced = (f: Fraction) => {
  let [a, b] = [BigInt(f.n), BigInt(f.d)]
  if (b <= 0n) return false
  while (b !== 0n) [a, b] = [b, a % b]
  return a === 1n || a === -1n
}

test("sums, products and quotients are exact and reduced, however large", () => {
  fc.assert(
    fc.property(any, any, ([a, b], [c, d]) => {
      const [x, y] = [fraction(a, b), fraction(c, d)]
      const results: [Fraction, bigint, bigint][] = [
        [add(x, y), a * d + c * b, b * d],
        [subtract(x, y), a * d - c * b, b * d],
        [multiply(x, y), a * c, b * d],
      ]
      if (c !== 0n) results.push([divide(x, y), a * d, b * c])
      for (const [result, n, under] of results) {
        assert.ok(equals(result, n, under))
        assert.ok(reduced(result))
      }
      const order = a * b * d * d - c * d * b * b
      assert.is(Math.sign(compare(x, y)), order < 0n ? -1 : order > 0n ? 1 : 0)
    }),
    { numRuns: 2000 },
  )
})

test("rounding goes to the nearest, and halves away from zero", () => {
  fc.assert(
    fc.property(any, fc.integer({ min: 0, max: 4 }), ([n, d], decimals) => {
      const f = fraction(n, d)
      const top = BigInt(f.n < 0 ? -f.n : f.n) * 10n ** BigInt(decimals)
      const under = BigInt(f.d)
      if (top / under > 2n ** 52n) return
      const whole = top / under
      const expected = Number(2n * (top - whole * under) >= under ? whole + 1n : whole)
      assert.is(roundHalfUp(f, decimals), BigInt(f.n) < 0n ? 0 - expected : expected)
    }),
    { numRuns: 2000 },
  )
})

test("decimals and fractions are read as they are written", () => {
  assert.equal(
    ["12.5", "-0.25", "2/3", "10", " 7 "].map((text) => fractionText(parseFraction(text))),
    ["25/2", "-1/4", "2/3", "10", "7"],
  )
  assert.is(fractionText(parseFraction(12.1)), "121/10")
  for (const text of ["", "12,5", "abc", "1e3", "1/0", "."])
    assert.throws(() => parseFraction(text), undefined, text)
})

test("a value keeps its fraction beside what is read of it", () => {
  assert.equal(shown(fraction(133, 8), 2), { exact: { n: 133, d: 8 }, rounded: 1663, text: "16.63" })
  assert.is(shown(fraction(1, 200), 2).text, "0.01")
  assert.is(shown(fraction(-1, 200), 2).text, "-0.01")
  assert.is(shown(fraction(25, 2), 0).text, "13")
  assert.is(shown(fraction(123_456), 2).text, "123456.00")
  assert.is(french("16.63"), "16,63")
})

test("a coefficient is written as a person writes it", () => {
  assert.equal(
    ["4", "1.5", "0.25", "1/3"].map((text) => plainText(parseFraction(text))),
    ["4", "1.5", "0.25", "1/3"],
  )
})

test("a threshold is the first rounded value that is not below it", () => {
  assert.equal(
    ["10", "9.5", "9.999", "0"].map((text) => ceiling(parseFraction(text), 2)),
    [1000, 950, 1000, 0],
  )
  assert.is(ceiling(parseFraction("9.5"), 0), 10)
})

test("a fraction over zero or of broken numbers is refused", () => {
  assert.throws(() => fraction(1, 0))
  assert.throws(() => fraction(0.5))
  assert.throws(() => fraction(2 ** 53))
  assert.throws(() => divide(fraction(1), fraction(0)))
})

test.run()
