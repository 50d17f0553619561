// What a class's bulletins of a period would say now: everything read and worked out, nothing written.
import { randomInt } from "node:crypto"
import type { Db } from "../../db/index.ts"
import { publicCode } from "../../documents/code.ts"
import type { School } from "../../school.ts"
import { Refusal } from "../../web/refusal.ts"
import { sha256 } from "../../web/signing.ts"
import { gradeYear, type YearResult } from "../grades/annual.ts"
import { fractionText, french, parseFraction, type Shown, shown } from "../grades/fraction.ts"
import { type GradedClassPeriod, gradesOfYear, remarkKey } from "../grades/grading.ts"
import { rankLabel } from "../grades/ranking.ts"
import { bulletinContent, type ClassFacts } from "./content.ts"
import type { BulletinData } from "./contract.ts"
import { type BulletinModel, modelIn, signatoryOf } from "./model.ts"
import { cycleOf, modelFor } from "./queries/models.ts"
import { classPeriodOf } from "./queries/periods.ts"
import {
  contentsBefore,
  lastPublicationOf,
  type PublishedFigures,
  publishedFiguresOf,
} from "./queries/publications.ts"
import { saysTheSame } from "./rules.ts"

export type Draft = {
  current: GradedClassPeriod
  facts: ClassFacts
  contents: Content[]
  version: number
}

type Before = {
  earlier: readonly PublishedFigures[]
  year: YearResult | null
  /** what the version that this one replaces said */
  replaced: ReadonlyMap<number, BulletinData>
}

/**
 * The next version of a class's bulletins. Throws a Refusal where the dean has not checked, where somebody published
 * since `seenVersion`, or where there is nobody. `breathe` is awaited now and then.
 */
export async function draftOf(
  db: Db,
  school: School,
  of: { classId: number; periodId: number; seenVersion: number; at: string },
  breathe: () => Promise<void> = async () => {},
): Promise<Draft> {
  if (!(await classPeriodOf(db, of)))
    throw new Refusal(409, "Le censeur doit d’abord contrôler cette période.")
  const last = await lastPublicationOf(db, of.classId, of.periodId)
  if ((last?.version ?? 0) !== of.seenVersion) throw changedMeanwhile()
  const graded = await gradesOfYear(db, of.classId, of.periodId)
  const current = graded?.periods.at(-1)
  if (!current || current.students.length === 0) {
    throw new Refusal(409, "Cette classe n’a aucun élève dans cette période : il n’y a rien à publier.")
  }
  const before = current.periods.filter(({ position }) => position < current.period.position)
  const earlier = await publishedFiguresOf(db, of.classId, before)
  const version = of.seenVersion + 1
  const { school_year_id, level_code } = current.class
  const { model } = await modelFor(db, school_year_id, level_code)
  const facts = await factsOf(db, school, current, { version, at: of.at, model })
  const replaced = await contentsBefore(db, last?.id ?? null)
  const year = annualOf(current, earlier)
  return {
    current,
    facts,
    version,
    contents: await contentsOf(facts, current, { earlier, year, replaced }, breathe),
  }
}

export const changedMeanwhile = () =>
  new Refusal(
    409,
    "Cette période vient d’être publiée par une autre personne. Rechargez la page pour voir où elle en est.",
  )

export type Content = {
  studentId: number
  name: string
  content: BulletinData
  json: string
  hash: string
  changed: boolean
}

/** Students written between two breaths: what others asked of the server meanwhile is answered. */
const AT_A_TIME = 5

async function contentsOf(
  facts: ClassFacts,
  current: GradedClassPeriod,
  { earlier, year, replaced }: Before,
  breathe: () => Promise<void>,
): Promise<Content[]> {
  const outOfYear = year?.stats?.ranked ?? year?.students.filter(({ rank }) => rank).length ?? 0
  const contents: Content[] = []
  for (const student of current.students) {
    if (contents.length % AT_A_TIME === 0) await breathe()
    const own = earlier.flatMap(({ code, label, students }) => {
      const figures = students.get(student.id)
      return figures ? [{ code, label, ...figures, general: figures.average }] : []
    })
    const previousPeriods = own.map(({ label, average, rank }) => ({ label, average: average ?? "–", rank }))
    const line = facts.period.isLast ? year?.byStudent.get(student.id) : undefined
    const remarks = new Map(
      current.subjects.flatMap(({ code, classSubject }) => {
        const text = current.remarks.get(remarkKey(student.id, classSubject))
        return text ? [[code, text] as const] : []
      }),
    )
    const content = bulletinContent(
      facts,
      student,
      { remarks, previousPeriods, annual: line ? { line, outOf: outOfYear } : null, earlier: own },
      publicCode(randomInt),
    )
    const json = JSON.stringify(content)
    const name = `${student.given_names} ${student.surname}`
    const changed = !saysTheSame(content, replaced.get(student.id))
    contents.push({ studentId: student.id, name, content, json, hash: sha256(json), changed })
  }
  return contents
}

async function factsOf(
  db: Db,
  school: School,
  graded: GradedClassPeriod,
  { version, at, model }: { version: number; at: string; model: BulletinModel | null },
): Promise<ClassFacts> {
  const { class: schoolClass, period, periods, profile, subjects, assessments, result } = graded
  const formTeacher = await db
    .selectFrom("staff")
    .select(["given_names", "surname"])
    .where("id", "=", schoolClass.form_teacher_id ?? -1)
    .executeTakeFirst()
  const year = await db
    .selectFrom("school_year")
    .select("label")
    .where("id", "=", schoolClass.school_year_id)
    .executeTakeFirstOrThrow()
  return {
    settings: school.settings,
    schoolYear: year.label,
    period: { code: period.code, label: period.label, isLast: periods.at(-1)?.id === period.id },
    className: schoolClass.label,
    series: schoolClass.series_code,
    classSize: graded.students.length,
    formTeacher: formTeacher ? `${formTeacher.given_names} ${formTeacher.surname}` : "",
    subjects: subjects.map(({ code, label, teacher, group }) => ({
      code,
      label,
      teacher: teacher ?? "",
      group,
    })),
    categoryOf: new Map(assessments.map(({ id, category }) => [id, category])),
    groupLabels: new Map(profile.profile.groups.map(({ code, label }) => [code, label ?? code])),
    result,
    model: model && withoutNames(model),
    signatory: signatoryOf(model, await cycleOf(db, schoolClass.level_code), school.settings),
    publishedAt: at,
    version,
    origin: school.origin,
  }
}

/** Who signs is frozen apart, for the one cycle it is about. */
const withoutNames = (model: BulletinModel): BulletinModel => ({ ...model, heads: modelIn({}).heads })

/**
 * One student's bulletin as it would be now with a model: what the editor shows. Nothing needs to be checked or
 * published; null where the student is not of the class in that period.
 */
export async function bulletinNow(
  db: Db,
  school: School,
  of: { classId: number; periodId: number; studentId: number; model: BulletinModel; at: string },
): Promise<BulletinData | null> {
  const graded = await gradesOfYear(db, of.classId, of.periodId)
  const current = graded?.periods.at(-1)
  const student = current?.students.find(({ id }) => id === of.studentId)
  if (!graded || !current || !student) return null
  const facts = await factsOf(db, school, current, { version: 1, at: of.at, model: of.model })
  const earlier = graded.periods.slice(0, -1).map(figuresNow)
  const year = annualOf(current, earlier)
  const before = { earlier, year, replaced: new Map() }
  const [made] = await contentsOf(facts, { ...current, students: [student] }, before, async () => {})
  return made?.content ?? null
}

/** A period's figures as its bulletins would say them now. */
const figuresNow = ({ period, result, subjects }: GradedClassPeriod): PublishedFigures => ({
  code: period.code,
  label: period.label,
  students: new Map(
    result.students.map(({ student, general, rank, sex, lines }) => [
      Number(student),
      {
        exact: general && fractionText(general.exact),
        average: general && french(general.text),
        rank: rank && rankLabel(rank, sex),
        subjects: new Map(
          lines.map(({ average }, n) => [subjects[n]?.label ?? "", average ? french(average.text) : "–"]),
        ),
      },
    ]),
  ),
})

/** The year from what was published of its earlier periods and what this one says: papers must agree. */
function annualOf(current: GradedClassPeriod, earlier: readonly PublishedFigures[]): YearResult | null {
  if (current.periods.at(-1)?.id !== current.period.id) return null
  const { decimals } = current.result.profile.rounding
  const published = new Map(earlier.map((figures) => [figures.code, figures.students]))
  const averageOf = (period: string, student: number): Shown | null => {
    if (period === current.period.code) return current.result.byStudent.get(student)?.general ?? null
    const exact = published.get(period)?.get(student)?.exact
    return exact ? shown(parseFraction(exact), decimals) : null
  }
  return gradeYear({
    profile: current.result.profile,
    students: current.students.map(({ id, sex, repeating }) => ({ id, sex, repeating })),
    averageOf: (period, student) => averageOf(period, Number(student)),
  })
}
