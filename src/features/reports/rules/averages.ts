// The list of annual averages of exam candidates (domain.md §1.7): exact, checked twice, and never worked out again
// once it is signed. Pure.
import { gradeYear, type YearLine } from "../../grades/annual.ts"
import { fractionText, french, parseFraction, shown } from "../../grades/fraction.ts"
import type { GradingProfile } from "../../grades/profile.ts"
import type { AverageLine } from "../contract.ts"

const DASH = "–"

/** Candidates' averages of a class's year: exact period averages by student, as its newest publications keep them. */
export function annualLines(
  profile: GradingProfile,
  students: readonly number[],
  exactOf: (period: string, student: number) => string | null,
): Map<number, YearLine> | null {
  const { decimals } = profile.rounding
  const year = gradeYear({
    profile,
    students: students.map((id) => ({ id, sex: null, repeating: false })),
    averageOf: (period, student) => {
      const exact = exactOf(period, Number(student))
      return exact ? shown(parseFraction(exact), decimals) : null
    },
  })
  return year && new Map(year.students.map((line) => [Number(line.student), line]))
}

/** The figures of a line, in words. */
export const lineFigures = (line: YearLine): Pick<AverageLine, "periods" | "annual" | "exact"> => ({
  periods: line.periods.map(({ average }) => (average ? french(average.text) : DASH)),
  annual: line.average ? french(line.average.text) : DASH,
  exact: line.average ? fractionText(line.average.exact) : "",
})

/** « Moyenne annuelle = (T1 + 2 × T2 + 2 × T3) ÷ 5, des moyennes affichées. » */
export function annualRule(profile: GradingProfile): string {
  const { annual, periods, rounding } = profile
  if (!annual) return ""
  const total = periods.reduce((sum, { weight }) => sum + Number(weight), 0)
  const terms = periods.map(({ code, weight }) =>
    Number(weight) === 1 ? code : `${french(weight)} × ${code}`,
  )
  const from = annual.use === "exact" ? "des moyennes exactes" : "des moyennes publiées"
  const missing = {
    renormalise: "une période sans moyenne ne compte pas",
    incomplete: "sans une de ses périodes l’année n’a pas de moyenne",
    zero: "une période sans moyenne compte pour zéro",
  }[annual.missing_period]
  return `Moyenne annuelle = (${terms.join(" + ")}) ÷ ${french(String(total))}, ${from}, arrondie une seule fois, demi vers le haut, à ${rounding.decimals} décimales ; ${missing}.`
}

/** The sum of all annual averages, in hundredths of their last place: one digit changed on paper changes it. */
export function controlSum(lines: readonly Pick<AverageLine, "annual">[]): string {
  const texts = lines.map(({ annual }) => annual).filter((annual) => annual !== DASH)
  const decimals = Math.max(0, ...texts.map((text) => text.split(",")[1]?.length ?? 0))
  const sum = texts.reduce((total, text) => {
    const [units = "0", after = ""] = text.split(",")
    return total + Number(units + after.padEnd(decimals, "0"))
  }, 0)
  const digits = String(sum).padStart(decimals + 1, "0")
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)},${digits.slice(-decimals)}`
}

/** 64 hexadecimal digits in groups of eight, to be read aloud. */
export const shownHash = (hash: string) => hash.match(/.{1,8}/g)?.join(" ") ?? hash

export type Difference = { name: string; matricule: string; was: string; is: string }

type Compared = Pick<AverageLine, "studentId" | "surname" | "givenNames" | "matricule" | "annual" | "periods">

/** The lines in which what is published now differs from a list: changed, gone, or not on it. */
export function differences(list: readonly Compared[], now: readonly Compared[]): Difference[] {
  const current = new Map(now.map((line) => [line.studentId, line]))
  const listed = new Set(list.map(({ studentId }) => studentId))
  const nameOf = ({ surname, givenNames, matricule }: Compared) => ({
    name: `${surname} ${givenNames}`,
    matricule,
  })
  const figures = ({ periods, annual }: Compared) => `${periods.join(" · ")} → ${annual}`
  return [
    ...list.flatMap((line) => {
      const other = current.get(line.studentId)
      if (!other) return { ...nameOf(line), was: figures(line), is: "n’est plus dans les publications" }
      return figures(line) === figures(other)
        ? []
        : { ...nameOf(line), was: figures(line), is: figures(other) }
    }),
    ...now
      .filter(({ studentId }) => !listed.has(studentId))
      .map((line) => ({ ...nameOf(line), was: "absent de la liste", is: figures(line) })),
  ]
}
