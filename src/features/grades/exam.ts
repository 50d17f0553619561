import {
  add,
  compare,
  type Fraction,
  fraction,
  fractionText,
  fromUnits,
  multiply,
  shown,
} from "./fraction.ts"

export type Rescue = {
  admitted_if_rounded_first: boolean
  admitted_if_exact: boolean
  /** what would be displayed, two decimals */
  final: string
  /** only where the annual average came in */
  final_exact?: string
  rule: string
}

/**
 * Simulates the rescue that a Malian correction centre applies, never the school (domain.md §1.7): admitted from 10;
 * from 9 to 9.99 the annual average counts for a quarter. The text was not found, so both readings of the threshold
 * are given, on the rounded and on the exact value. `annual` is null for a candidate who comes from no class.
 */
export function examRescue(exam: Fraction, annual: Fraction | null): Rescue {
  const pass = fraction(10)
  const alone = (rule: string): Rescue => {
    const admitted = compare(exam, pass) >= 0
    const final = shown(exam, 2).text
    return { admitted_if_rounded_first: admitted, admitted_if_exact: admitted, final, rule }
  }
  if (compare(exam, pass) >= 0 || compare(exam, fraction(9)) < 0) return alone("examen seul")
  if (annual === null) return alone("candidat libre : pas de moyenne annuelle")
  const mean = add(multiply(exam, fraction(3, 4)), multiply(annual, fraction(1, 4)))
  const final = shown(mean, 2)
  return {
    admitted_if_rounded_first: compare(fromUnits(final.rounded, 2), pass) >= 0,
    admitted_if_exact: compare(mean, pass) >= 0,
    final: final.text,
    final_exact: fractionText(mean),
    rule: "secours de la moyenne annuelle",
  }
}
