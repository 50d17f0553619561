// Publishing a class's period: numbers and words are frozen, families are told, files are asked for, all or nothing.
import { randomInt } from "node:crypto"
import { record } from "../../audit.ts"
import { type Db, tx } from "../../db/index.ts"
import { publicCode } from "../../documents/code.ts"
import type { School } from "../../school.ts"
import { Refusal } from "../../web/refusal.ts"
import type { User } from "../../web/request.ts"
import { sha256 } from "../../web/signing.ts"
import { gradeYear, type YearResult } from "../grades/annual.ts"
import { fractionText, parseFraction, plainText, type Shown, shown, unitsText } from "../grades/fraction.ts"
import { type GradedClassPeriod, gradesOfYear, remarkKey } from "../grades/grading.ts"
import { keepProfile } from "../grades/profiles.ts"
import { announceBulletins } from "./announce.ts"
import { bulletinContent, type ClassFacts } from "./content.ts"
import type { BulletinData } from "./contract.ts"
import { askFiles } from "./files.ts"
import { classPeriodOf, setClassPeriod } from "./queries/periods.ts"
import { lastPublicationOf, type PublishedFigures, publishedFiguresOf } from "./queries/publications.ts"

export type Publishing = {
  classId: number
  periodId: number
  /** the version the person saw when deciding; another one meanwhile is a conflict */
  seenVersion: number
  /** required from the second version on */
  reason: string | null
}

export type Published = { id: number; version: number; bulletins: number; messages: number }

const changedMeanwhile = () =>
  new Refusal(
    409,
    "Cette période vient d’être publiée par une autre personne. Rechargez la page pour voir où elle en est.",
  )

/**
 * Publishes a period of a class as its next version. Throws a Refusal when somebody else published meanwhile or
 * when there is nobody to publish.
 */
export async function publish(school: School, by: User, of: Publishing, now: Date): Promise<Published> {
  const at = now.toISOString()
  return tx(school.db, async (trx) => {
    if (!(await classPeriodOf(trx, of)))
      throw new Refusal(409, "Le censeur doit d’abord contrôler cette période.")
    const last = await lastPublicationOf(trx, of.classId, of.periodId)
    if ((last?.version ?? 0) !== of.seenVersion) throw changedMeanwhile()
    const graded = await gradesOfYear(trx, of.classId, of.periodId)
    const current = graded?.periods.at(-1)
    if (!current || current.students.length === 0) {
      throw new Refusal(409, "Cette classe n’a aucun élève dans cette période : il n’y a rien à publier.")
    }
    const earlier = await publishedFiguresOf(trx, of.classId, current.periods)
    const profileId = await keepProfile(trx, current.class.school_year_id, current.profile, at)
    const version = of.seenVersion + 1
    const facts = await factsOf(trx, school, current, { version, at })
    const contents = contentsOf(facts, current, earlier, annualOf(current, earlier))
    const publication = await trx
      .insertInto("publication")
      .values({
        class_id: of.classId,
        period_id: of.periodId,
        version,
        published_at: at,
        published_by: by.id,
        reason: of.reason,
        profile_id: profileId,
        input: JSON.stringify(frozenInput(current)),
        stats: JSON.stringify(figuresOf(current)),
        hash: sha256(contents.map(({ hash }) => hash).join("\n")),
      })
      .onConflict((oc) => oc.columns(["class_id", "period_id", "version"]).doNothing())
      .returning("id")
      .executeTakeFirst()
    if (!publication) throw changedMeanwhile()
    for (let start = 0; start < contents.length; start += 200) {
      await trx
        .insertInto("bulletin")
        .values(
          contents.slice(start, start + 200).map(({ studentId, content, json, hash }) => ({
            publication_id: publication.id,
            student_id: studentId,
            code: content.publicCode,
            content: json,
            hash,
          })),
        )
        .execute()
    }
    await setClassPeriod(trx, of, "published", by.id, at)
    await trx
      .updateTable("grading_profile")
      .set({ frozen_at: at })
      .where("id", "=", profileId)
      .where("frozen_at", "is", null)
      .execute()
    await record(
      trx,
      by,
      {
        subject: "publication",
        subjectId: publication.id,
        action: "publish",
        after: { class: of.classId, period: of.periodId, version },
        reason: of.reason,
      },
      at,
    )
    const messages = await announceBulletins(trx, school, announced(publication.id, facts, contents), now)
    await askFiles(trx, filesOf(publication.id, contents), by.id, at)
    return { id: publication.id, version, bulletins: contents.length, messages }
  })
}

type Content = { studentId: number; name: string; content: BulletinData; json: string; hash: string }

function contentsOf(
  facts: ClassFacts,
  current: GradedClassPeriod,
  earlier: readonly PublishedFigures[],
  year: YearResult | null,
): Content[] {
  const outOfYear = year?.stats?.ranked ?? year?.students.filter(({ rank }) => rank).length ?? 0
  return current.students.map((student) => {
    const previousPeriods = earlier.flatMap((figures) => {
      const own = figures.students.get(student.id)
      return own ? [{ label: figures.label, average: own.average ?? "–", rank: own.rank }] : []
    })
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
      { remarks, previousPeriods, annual: line ? { line, outOf: outOfYear } : null },
      publicCode(randomInt),
    )
    const json = JSON.stringify(content)
    const name = `${student.given_names} ${student.surname}`
    return { studentId: student.id, name, content, json, hash: sha256(json) }
  })
}

async function factsOf(
  db: Db,
  school: School,
  graded: GradedClassPeriod,
  { version, at }: { version: number; at: string },
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
    period: { label: period.label, isLast: periods.at(-1)?.id === period.id },
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
    publishedAt: at,
    version,
    origin: school.origin,
  }
}

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

/** The marks and the rule of the day, in the shape that the terminal's `grading` verb works out again. */
function frozenInput({ input, subjects, assessments, students, period, result }: GradedClassPeriod) {
  const codes = new Map(subjects.map(({ classSubject, code }) => [classSubject, code]))
  const counted = new Set(assessments.map(({ id }) => id))
  const marks: Record<string, Record<string, { v: string } | { s: string }>> = {}
  const roll = new Set(students.map(({ id }) => id))
  for (const { student, assessment, value, status } of input.marks) {
    if (!counted.has(Number(assessment)) || !roll.has(Number(student))) continue
    marks[student] ??= {}
    marks[student][assessment] = value === null ? { s: status ?? "NE" } : { v: plainDecimal(value) }
  }
  const exempt = new Map(input.students.map((student) => [student.id, student.exempt]))
  return {
    config: { ...result.profile, groups: groupsWithSubjects(result.profile.groups, subjects) },
    subjects: input.subjects.map(({ code, coefficient, optional }, n) => ({
      code,
      label: subjects[n]?.label ?? code,
      coef: plainText(coefficient),
      ...(optional ? { optional: "bonus_above" } : {}),
    })),
    assessments: assessments.map(({ id, classSubject, category, label, held_on, max, weight }) => ({
      id: String(id),
      period: period.code,
      subject: codes.get(classSubject) as string,
      category,
      label,
      heldOn: held_on,
      max: plainDecimal(max),
      weight: plainDecimal(weight),
    })),
    students: students.map(({ id, matricule, surname, given_names, sex, conduct, repeating }) => ({
      id: String(id),
      matricule,
      nom: surname,
      prenom: given_names,
      sex,
      repeating,
      conduct: conduct === null ? {} : { [period.code]: plainDecimal(conduct) },
      exempt: { [period.code]: exempt.get(id) ?? [] },
      periods: [period.code],
    })),
    marks,
  }
}

/** 1250 -> « 12.5 »: hundredths as the worked examples write them. */
const plainDecimal = (hundredths: number) => unitsText(hundredths, 2).replace(/\.?0+$/, "") || "0"

/** A group listed by its subjects' own codes, so that the frozen rule stands without the class's table. */
function groupsWithSubjects(
  groups: GradedClassPeriod["result"]["profile"]["groups"],
  subjects: GradedClassPeriod["subjects"],
) {
  return groups.map((group) => ({
    ...group,
    subjects: [
      ...new Set([...group.subjects, ...subjects.filter((s) => s.group === group.code).map((s) => s.code)]),
    ],
  }))
}

/** What later periods and the check page need of this one: exact averages and printed ranks. */
function figuresOf({ result }: GradedClassPeriod) {
  return {
    students: Object.fromEntries(
      result.students.map(({ student, general }) => [student, general && fractionText(general.exact)]),
    ),
    mean: result.stats?.mean?.text ?? null,
    ranked: result.stats?.ranked ?? null,
    passed: result.stats?.passed ?? null,
  }
}

const announced = (id: number, facts: ClassFacts, contents: readonly Content[]) => ({
  id,
  periodLabel: facts.period.label,
  students: contents.map(({ studentId, name, content }) => ({
    studentId,
    name,
    average: content.generalAverage,
    rank: content.rank,
    outOf: content.outOf,
  })),
})

/** The class's file first: it is what the office prints; then each student's, which families fetch. */
const filesOf = (publicationId: number, contents: readonly Content[]) => [
  { publicationId, studentId: null, layout: "single" as const, pages: contents.length },
  ...contents.map(({ studentId }) => ({ publicationId, studentId, layout: "single" as const, pages: 1 })),
]
