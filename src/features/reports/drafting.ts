// What a list of annual averages would say now: read from the newest publications and worked out, nothing written.
import type { Db } from "../../db/index.ts"
import { schoolHead } from "../../documents/schoolHead.ts"
import type { School } from "../../school.ts"
import { date } from "../../web/french.ts"
import { type GradedPeriod, withPeriods } from "../grades/grading.ts"
import type { GradingProfile } from "../grades/profile.ts"
import { profileIn } from "../grades/profiles.ts"
import type { AverageLine, AverageListContent } from "./contract.ts"
import {
  candidatesNamed,
  type ExamPublication,
  enrolledAt,
  examPublications,
  printedAnnuals,
} from "./queries/averages.ts"
import type { ReportClass } from "./queries/figures.ts"
import { annualLines, annualRule, lineFigures } from "./rules/averages.ts"

export type Asked = {
  exam: string
  schoolYear: string
  classes: readonly ReportClass[]
  periods: readonly GradedPeriod[]
}

export type Drafted = {
  content: AverageListContent
  /** enrolled in these classes, and in none of their last publications */
  absent: { id: number; name: string; matricule: string; className: string }[]
}

/** Why no list can be drawn up of these classes yet, class by class; empty when it can. */
export function unpublishedIn(
  classes: readonly ReportClass[],
  periods: readonly GradedPeriod[],
  published: ReadonlyMap<number, ReadonlySet<number>>,
): string[] {
  return classes.flatMap(({ id, label }) => {
    const missing = periods.filter((period) => !published.get(id)?.has(period.id))
    return missing.length > 0 ? [`${label} : ${missing.map((one) => one.label).join(", ")}`] : []
  })
}

/** Null where a class's rules make no annual average, or where a period is not published. */
export async function draftList(db: Db, school: School, asked: Asked): Promise<Drafted | null> {
  const { classes, periods } = asked
  const ids = classes.map(({ id }) => id)
  const publications = await examPublications(db, ids)
  const last = periods.at(-1)
  if (!last) return null
  const lastIds = publications.filter(({ period_id }) => period_id === last.id).map(({ id }) => id)
  const printed = await printedAnnuals(db, lastIds)
  const students = publications
    .filter(({ period_id }) => period_id === last.id)
    .flatMap(({ exact }) => [...exact.keys()])
  const cards = await candidatesNamed(db, students)
  const lines: AverageLine[] = []
  const profiles = new Set<GradingProfile>()
  for (const one of classes) {
    const own = publications.filter(({ class_id }) => class_id === one.id)
    const made = ofClass(one, own, { periods, last, cards, printed })
    if (!made) return null
    profiles.add(made.profile)
    lines.push(...made.lines)
  }
  const [profile] = profiles
  if (!profile) return null
  const listed = new Set(students)
  const absent = (await enrolledAt(db, ids, last)).filter(({ id }) => !listed.has(id))
  return {
    content: {
      schoolHead: schoolHead(school.settings),
      schoolYear: asked.schoolYear,
      exam: asked.exam,
      classes: classes.map(({ id, label }) => ({
        id,
        label,
        publications: periods.flatMap((period) => {
          const own = publications.find((row) => row.class_id === id && row.period_id === period.id)
          return own ? [{ period: period.code, version: own.version, hash: own.hash }] : []
        }),
      })),
      periods: periods.map(({ code }) => code),
      scaleMax: profile.scale.max,
      ruleText: [...new Set([...profiles].map(annualRule))].join(" "),
      lines,
    },
    absent: absent.map(({ id, surname, given_names, matricule, class_label }) => ({
      id,
      name: `${surname} ${given_names}`,
      matricule: matricule ?? "",
      className: class_label,
    })),
  }
}

type OfClass = {
  periods: readonly GradedPeriod[]
  last: GradedPeriod
  cards: Awaited<ReturnType<typeof candidatesNamed>>
  printed: Awaited<ReturnType<typeof printedAnnuals>>
}

function ofClass(
  { label, series_code }: ReportClass,
  publications: readonly ExamPublication[],
  { periods, last, cards, printed }: OfClass,
) {
  const of = (code: string) => {
    const period = periods.find((one) => one.code === code)
    return publications.find(({ period_id }) => period_id === period?.id)
  }
  const final = of(last.code)
  if (!final || periods.some(({ code }) => !of(code))) return null
  // the rules of the year's last publication make the year, as they did on its bulletins
  const profile = withPeriods(profileIn(final.config), periods)
  const candidates = cards.filter(({ id }) => final.exact.has(id))
  const years = annualLines(
    profile,
    candidates.map(({ id }) => id),
    (code, student) => of(code)?.exact.get(student) ?? null,
  )
  if (!years) return null
  const lines = candidates.flatMap((card): AverageLine[] => {
    const year = years.get(card.id)
    if (!year) return []
    const figures = lineFigures(year)
    const said = printed.get(card.id)
    const remarks = [
      ...(year.missing.length > 0 ? [`sans ${year.missing.join(", ")}`] : []),
      ...(figures.annual === "–" ? ["aucune moyenne annuelle"] : []),
      ...(said && said.average !== figures.annual
        ? [`le bulletin du ${said.label} dit ${said.average}`]
        : []),
    ]
    return [
      {
        studentId: card.id,
        matricule: card.matricule ?? "",
        surname: card.surname,
        givenNames: card.given_names,
        sex: card.sex ?? "",
        birth: birthOf(card),
        birthPlace: card.birth_place ?? "",
        className: label,
        series: series_code,
        ...figures,
        remarks,
      },
    ]
  })
  return { profile, lines }
}

function birthOf(card: { birth_date: string | null; birth_year: number | null; birth_approximate: number }) {
  if (card.birth_date && !card.birth_approximate) return date(card.birth_date)
  return card.birth_year ? `vers ${card.birth_year}` : ""
}
