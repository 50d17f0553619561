// From the class before its council to the words of the minutes: what a closing freezes. Pure.
import { schoolHead } from "../../documents/schoolHead.ts"
import type { Settings } from "../../settings.ts"
import { rulesOf } from "../grades/averages.ts"
import { french } from "../grades/fraction.ts"
import { rankLabel, type Sex } from "../grades/ranking.ts"
import { periodStats } from "../grades/statistics.ts"
import type { CouncilClass, CouncilStudent } from "./classroom.ts"
import type { MinutesData, MinutesFigures, MinutesStudent } from "./contract.ts"
import { inOrder } from "./rules/order.ts"

export type MinutesFacts = {
  settings: Settings
  schoolYear: string
  formTeacher: string
  className: string
  periodLabel: string
  session: {
    held_on: string | null
    held_at: string | null
    place: string | null
    president: string | null
    secretary: string | null
    remarks: string | null
    reopen_reason: string | null
  }
  attendees: readonly { name: string; quality: string | null; present: number }[]
  /** who decided, under the account's number */
  names: ReadonlyMap<number, string>
  version: number
  closed: string | null
  madeAt: string
}

export function minutesContent(council: CouncilClass, facts: MinutesFacts): MinutesData {
  const { graded, isLast, students } = council
  const { session, settings, attendees } = facts
  const { profile } = graded.input
  const ordered = inOrder(students, profile.output.rank ? "rank" : "name")
  return {
    schoolHead: schoolHead(settings),
    schoolYear: facts.schoolYear,
    className: facts.className,
    periodLabel: facts.periodLabel,
    isLastPeriod: isLast,
    scaleMax: french(profile.scale.max),
    passMark: french(profile.pass_mark),
    output: profile.output,
    heldOn: heldOn(session.held_on, session.held_at),
    place: session.place ?? "",
    president: session.president ?? "",
    secretary: session.secretary ?? "",
    formTeacher: facts.formTeacher,
    attendees: attendees.map(({ name, quality, present }) => ({
      name,
      quality: quality ?? "",
      present: present === 1,
    })),
    figures: profile.output.stats ? figuresOf(council) : [],
    awards: counted(students.flatMap(({ choice }) => choice?.award ?? [])),
    decisions: isLast ? counted(students.flatMap(({ choice }) => choice?.decision ?? [])) : [],
    students: ordered.map((student) => studentLine(student, isLast, facts.names)),
    remarks: session.remarks ?? "",
    signatory: { title: settings.headTitle, name: settings.headName },
    version: facts.version,
    reopenReason: facts.version > 1 ? (session.reopen_reason ?? "") : "",
    closed: facts.closed,
    madeAt: facts.madeAt,
  }
}

const MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(
  " ",
)

/** « le 10 décembre 2026 à 16 h 30 » */
export function heldOn(day: string | null, time: string | null): string {
  if (!day) return ""
  const [year, month, date] = day.split("-")
  const said = `le ${date === "01" ? "1er" : Number(date)} ${MONTHS[Number(month) - 1]} ${year}`
  if (!time) return said
  const [hours, minutes] = time.split(":")
  return `${said} à ${Number(hours)} h${minutes === "00" ? "" : ` ${minutes}`}`
}

/** Everybody, then girls and boys; of the year on the last period is said student by student. */
function figuresOf({ graded }: CouncilClass): MinutesFigures[] {
  const rules = rulesOf(graded.input.profile)
  const line = (label: string, sex: Sex | null): MinutesFigures => {
    const own = graded.result.students.filter((one) => sex === null || one.sex === sex)
    const ranked = own.flatMap(({ general, rank }) => (general && rank ? [general] : []))
    const classed = graded.input.profile.output.rank
      ? ranked
      : own.flatMap(({ general }) => (general ? [general] : []))
    const { enrolled, mean, highest, lowest, passed } = periodStats(rules, own.length, classed)
    const said = (value: typeof mean) => french(value?.text ?? "–")
    const marks = { mean: said(mean), highest: said(highest), lowest: said(lowest) }
    return { label, enrolled, ranked: classed.length, ...marks, passed }
  }
  return [line("Ensemble", null), line("Filles", "F"), line("Garçons", "M")]
}

function counted(labels: readonly string[]) {
  const counts = new Map<string, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return [...counts].map(([label, n]) => ({ label, n })).sort((one, other) => other.n - one.n)
}

function studentLine(
  student: CouncilStudent,
  isLast: boolean,
  names: ReadonlyMap<number, string>,
): MinutesStudent {
  const { row, result, line, choice, averages } = student
  const { council } = row
  const proposed = [council?.proposed_award ?? "aucune distinction", council?.proposed_decision]
  return {
    name: student.name,
    told: student.told,
    sex: row.sex,
    repeating: row.repeating,
    average: french(averages.average ?? "–"),
    rank: result.general ? rankLabel(result.rank, row.sex) : "–",
    annual: isLast ? french(averages.annual ?? "–") : null,
    annualRank: isLast && line?.average ? rankLabel(line.rank, row.sex) : null,
    award: choice?.award ?? "",
    decision: isLast ? (choice?.decision ?? null) : null,
    appreciation: row.appreciation ?? "",
    overruled: council?.overruled_reason
      ? {
          proposed: proposed.filter(Boolean).join(", "),
          reason: council.overruled_reason,
          by: names.get(council.decided_by ?? 0) ?? "",
        }
      : null,
    changed: student.changed,
  }
}
