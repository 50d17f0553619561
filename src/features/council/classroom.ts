// A class as its council has it before itself: figures worked out now, what the rule proposes, what was decided.
import type { Db } from "../../db/index.ts"
import type { YearLine } from "../grades/annual.ts"
import { rulesOf } from "../grades/averages.ts"
import {
  type GradedClassPeriod,
  type GradedStudent,
  type GradedYear,
  gradesOfYear,
} from "../grades/grading.ts"
import { nameOf, tellApart } from "../grades/sheet.ts"
import type { StudentResult } from "../grades/student.ts"
import { ofKind, type PhraseRow, phrasesOf } from "./queries/phrases.ts"
import {
  type Choice,
  changedSince,
  choiceOf,
  mayFollow,
  type Offer,
  type Proposal,
} from "./rules/deciding.ts"
import { onTwenty } from "./rules/phrases.ts"

export type CouncilStudent = {
  id: number
  name: string
  /** what tells apart homonyms */
  told: string
  /** the name alone where the class has no other of that name */
  label: string
  row: GradedStudent
  result: StudentResult
  /** of the year, on the last period */
  line: YearLine | null
  rank: number | null
  proposal: Proposal
  /** what the council said; null before it spoke */
  choice: Choice | null
  /** the averages as displayed: « 12.50 » */
  averages: { average: string | null; annual: string | null }
  /** decided at other averages than today's */
  changed: boolean
  mayFollow: boolean
}

export type CouncilClass = {
  graded: GradedClassPeriod
  periods: GradedClassPeriod[]
  year: GradedYear["year"]
  isLast: boolean
  /** by name */
  students: CouncilStudent[]
  offer: Offer
  phrases: PhraseRow[]
  reasons: string[]
  decided: number
}

/** Null where the pair has no period. Eleven questions. */
export async function councilOf(
  db: Db,
  about: { class_id: number; period_id: number },
): Promise<CouncilClass | null> {
  const all = await gradesOfYear(db, about.class_id, about.period_id, { remarks: false })
  const graded = all?.periods.at(-1)
  if (!all || !graded) return null
  const phrases = await phrasesOf(db)
  const isLast = graded.periods.at(-1)?.id === graded.period.id
  const offer = {
    awards: [...new Set(graded.input.profile.awards.map(({ label }) => label))],
    decisions: isLast ? ofKind(phrases, "decision").map(({ text }) => text) : [],
  }
  const apart = tellApart(graded.students)
  const twins = twinsAmong(graded.students.map(nameOf))
  const students = graded.students.map((row, n) =>
    studentOf(row, graded.result.students[n] as StudentResult, {
      line: isLast ? (all.year?.byStudent.get(row.id) ?? null) : null,
      told: apart.get(row.id) ?? "",
      twins,
      offer,
    }),
  )
  return {
    graded,
    periods: all.periods,
    year: all.year,
    isLast,
    students,
    offer,
    phrases: ofKind(phrases, "appreciation"),
    reasons: ofKind(phrases, "reason").map(({ text }) => text),
    decided: students.filter(({ choice }) => choice).length,
  }
}

/** The names that more than one bears. */
const twinsAmong = (names: readonly string[]) => new Set(names.filter((name, n) => names.indexOf(name) !== n))

type Beside = { line: YearLine | null; told: string; twins: ReadonlySet<string>; offer: Offer }

function studentOf(
  row: GradedStudent,
  result: StudentResult,
  { line, told, twins, offer }: Beside,
): CouncilStudent {
  const name = nameOf(row)
  const proposal = { award: result.award, decision: line?.decision ?? null }
  const averages = { average: result.general?.text ?? null, annual: line?.average?.text ?? null }
  return {
    id: row.id,
    name,
    told,
    label: twins.has(name) && told ? `${name} (${told})` : name,
    row,
    result,
    line,
    rank: result.rank?.number ?? null,
    proposal,
    choice: choiceOf(row),
    averages,
    changed: changedSince(row.council, averages),
    mayFollow: mayFollow(proposal, offer),
  }
}

/** The average on 20, in hundredths, by which appreciations are offered. */
export function markOf({ graded }: CouncilClass, { result }: CouncilStudent): number | null {
  if (!result.general) return null
  const { profile, decimals } = rulesOf(graded.input.profile)
  return onTwenty(result.general.rounded, decimals, Number(profile.scale.max))
}
