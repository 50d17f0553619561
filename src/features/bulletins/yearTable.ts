// The year subject by subject, printed in a last period: what was published of the earlier ones, and their mean. Pure.
import { weightedMean } from "../grades/annual.ts"
import { french, parseFraction, shown } from "../grades/fraction.ts"
import type { GradingProfile } from "../grades/profile.ts"
import type { BulletinData, BulletinLine } from "./contract.ts"

/** What an earlier period's bulletin said of a student. */
export type EarlierPeriod = { code: string; general: string | null; subjects: ReadonlyMap<string, string> }

type Year = { current: string; earlier: readonly EarlierPeriod[]; annual: string | null }

/** The lines with what the year was in each, and the heads of its columns. */
export function withYear(
  profile: GradingProfile,
  lines: readonly BulletinLine[],
  { current, earlier, annual }: Year,
): Required<Pick<BulletinData, "lines" | "yearColumns">> {
  // a mean of the exact averages could differ by a hundredth from what is read on the paper: it is not printed
  const meant = profile.annual?.use === "displayed"
  return {
    lines: lines.map((line) => {
      const said = new Map(earlier.map(({ code, subjects }) => [code, subjects.get(line.subject) ?? "–"]))
      const mean = meant ? meanOf(profile, new Map([...said, [current, line.average]])) : null
      return { ...line, year: { earlier: [...said.values()], annual: mean } }
    }),
    yearColumns: {
      earlier: earlier.map(({ code }) => code),
      current,
      annual: meant,
      general: { earlier: earlier.map(({ general }) => general ?? "–"), annual: meant ? annual : null },
    },
  }
}

/** The mean of displayed averages by the profile's rule for the year; null where there is none. */
function meanOf(profile: GradingProfile, averages: ReadonlyMap<string, string>): string | null {
  const terms = profile.periods.map(({ code, weight }) => {
    const said = averages.get(code) ?? ""
    const value = /^\d/.test(said) ? parseFraction(said.replace(",", ".")) : null
    return { value, weight: parseFraction(weight) }
  })
  const mean = weightedMean(terms, profile.annual?.missing_period)
  return mean && french(shown(mean, profile.rounding.decimals).text)
}
