// One student as the projector shows him or her: every number in the words to print, small pictures drawn. No I/O.
import { rulesOf } from "../grades/averages.ts"
import { compare, divide, type Fraction, french, parseFraction, type Shown } from "../grades/fraction.ts"
import { rankLabel } from "../grades/ranking.ts"
import { averageText } from "../grades/sheet.ts"
import { type CouncilClass, type CouncilStudent, markOf } from "./classroom.ts"
import { bar, spark } from "./rules/drawing.ts"
import { keysOf } from "./rules/keys.ts"
import { phrasesFor, spoken } from "./rules/phrases.ts"

const said = (value: Shown | null | undefined) => french(value?.text ?? "–")

/** An average as a share of the scale, for drawing only. */
function shareOf(value: Shown | null | undefined, max: Fraction): number | null {
  if (!value) return null
  const share = divide(value.exact, max)
  return Number(share.n) / Number(share.d)
}

export function stageOf(council: CouncilClass, student: CouncilStudent) {
  const { graded, periods } = council
  const { result, row, line } = student
  const { profile } = graded.input
  const { output } = profile
  const { pass } = rulesOf(profile)
  const max = parseFraction(profile.scale.max)
  const low = (value: Shown | null) => value !== null && value.rounded < pass
  const labels = new Map(profile.groups.map(({ code, label }) => [code, label ?? code]))
  const averages = periods.map(({ period, result: one }) => ({
    label: period.label,
    code: period.code,
    average: one.byStudent.get(row.id)?.general ?? null,
  }))
  return {
    average: said(result.general),
    low: low(result.general),
    shows: output,
    max: french(profile.scale.max),
    rank: result.general && output.rank ? rankLabel(result.rank, row.sex) : null,
    outOf: result.outOf,
    mean: graded.result.stats ? said(graded.result.stats.mean) : null,
    provisional: result.provisional,
    subjects: graded.subjects.map(({ code, short }, n) => {
      const own = result.lines[n]?.average ?? null
      const mean = graded.result.subjectStats.get(code)?.mean ?? null
      return {
        short,
        average: averageText(result, n),
        mean: said(mean),
        low: low(own),
        bar: bar(shareOf(own, max), shareOf(mean, max)),
      }
    }),
    groups: result.groups
      .filter(({ average }) => average)
      .map(({ group, average }) => ({ label: labels.get(group) ?? group, average: said(average) })),
    conduct: profile.conduct.mode === "none" ? null : said(result.conduct?.mark),
    previous: averages.slice(0, -1).map(({ label, average }) => ({ label, average: said(average) })),
    spark: averages.length > 1 ? spark(averages.map(({ average }) => shareOf(average, max))) : null,
    change: changeOf(averages.map(({ average }) => average)),
    annual: line && {
      average: said(line.average),
      rank: line.average && output.rank ? rankLabel(line.rank, row.sex) : null,
      missing: line.missing,
    },
  }
}

/** From the period before to this one: « up », « down » or « same »; null where one of them has no average. */
function changeOf(averages: readonly (Shown | null)[]): "up" | "down" | "same" | null {
  const [before, now] = [averages.at(-2), averages.at(-1)]
  if (!before || !now) return null
  const way = compare(now.exact, before.exact)
  return way > 0 ? "up" : way < 0 ? "down" : "same"
}

/** What may be pressed: each thing with its key. `none` stands first among the awards. */
export function buttonsOf(council: CouncilClass, student: CouncilStudent) {
  const { offer } = council
  const phrases = spoken(phrasesFor(council.phrases, markOf(council, student)), student.row.sex)
  const keys = keysOf(offer.awards, offer.decisions, phrases.length)
  const { proposal, choice } = student
  const awards = [
    { value: "", label: "Aucune distinction", key: "0" as string | null },
    ...offer.awards.map((label, n) => ({ value: label, label, key: keys.awards[n] ?? null })),
  ].map((one) => ({
    ...one,
    proposed: one.value === (proposal.award ?? ""),
    chosen: choice !== null && one.value === (choice.award ?? ""),
  }))
  const decisions = offer.decisions.map((label, n) => ({
    value: label,
    label,
    key: keys.decisions[n] ?? null,
    proposed: label === proposal.decision,
    chosen: label === choice?.decision,
  }))
  return {
    awards: offer.awards.length > 0 ? awards : [],
    decisions,
    phrases: phrases.map((phrase, n) => ({ ...phrase, key: keys.phrases[n] ?? null })),
  }
}
