// A first trimester nearly complete: two tests and a composition per subject, conduct, absences, first locks.
import { chunks, type Db } from "../db/index.ts"
import type { Chance } from "./chance.ts"
import type { DemoClass, DemoClassSubject } from "./classes.ts"
import type { DemoStudent } from "./families.ts"
import type { CastIds } from "./seedCast.ts"

const AT = "2026-11-18T17:00:00.000Z"

/** The class whose marks are all given, locked by the teachers and checked by the dean. */
export const CHECKED_CLASS = "12ème TSE"

const TESTS = [
  { category: "CLASSE", label: "Devoir 1", held_on: "2026-10-19", weight: 100 },
  { category: "CLASSE", label: "Devoir 2", held_on: "2026-11-02", weight: 100 },
  { category: "COMPO", label: "Composition", held_on: "2026-11-12", weight: 100 },
] as const

/** Marks over 20 that a student tends to get, and by how much a subject departs from it. */
type Talent = { level: number; in: Map<string, number> }

type MarkRow = {
  assessment_id: number
  student_id: number
  value: number | null
  status: "ABS_J" | "ABS_NJ" | "DISP" | null
  updated_at: string
  updated_by: null
}

/** How far a teacher is: everything locked, everything typed, some cells missing, or no composition yet. */
type Progress = "locked" | "typed" | "gaps" | "composition missing"

export async function seedMarks(
  db: Db,
  ids: CastIds,
  classes: DemoClass[],
  students: DemoStudent[],
  by: Chance,
): Promise<void> {
  const period = ids.periods.T1 as number
  const talents = new Map(students.map(({ id }) => [id, { level: by.around(11.3, 2.4), in: new Map() }]))
  const marks: MarkRow[] = []
  const locks: { class_subject_id: number; period_id: number; locked_at: string; locked_by: null }[] = []
  for (const one of classes) {
    const own = students.filter(({ classId }) => classId === one.id)
    for (const subject of one.subjects) {
      const progress = progressOf(one, subject, by)
      const made = await writeAssessments(db, subject, period, progress)
      for (const { id, max } of made) {
        const hard = by.around(0, 0.8)
        for (const student of own) {
          const talent = talents.get(student.id) as Talent
          const row = markRow(talent, subject.code, hard, max, progress, by)
          if (row) {
            marks.push({
              assessment_id: id,
              student_id: student.id,
              ...row,
              updated_at: AT,
              updated_by: null,
            })
          }
        }
      }
      if (progress === "locked") {
        locks.push({ class_subject_id: subject.id, period_id: period, locked_at: AT, locked_by: null })
      }
    }
  }
  for (const part of chunks(marks, 6)) await db.insertInto("mark").values(part).execute()
  for (const part of chunks(locks, 4)) await db.insertInto("subject_lock").values(part).execute()
}

function progressOf(one: DemoClass, { code }: DemoClassSubject, by: Chance): Progress {
  if (one.label === CHECKED_CLASS) return "locked"
  // the story of the README: mathematics of 10ème CG 1 has some cells left to fill
  if (one.label === "10ème CG 1" && code === "MATHS") return "gaps"
  return by.weighted([
    ["locked", 46],
    ["typed", 26],
    ["gaps", 18],
    ["composition missing", 10],
  ] as const)
}

async function writeAssessments(db: Db, { id, code }: DemoClassSubject, period: number, progress: Progress) {
  const light = code === "EPS" || code === "ECM" || code === "INFO"
  const given = TESTS.filter(({ label }) => !(light && label === "Devoir 2"))
  const rows = given.map((test, n) => ({
    ...test,
    class_subject_id: id,
    period_id: period,
    // short tests are marked on ten, as many teachers do
    max: code === "ANG" && n === 0 ? 1000 : 2000,
    position: n + 1,
    created_at: AT,
  }))
  const made = await db.insertInto("assessment").values(rows).returning(["id", "max", "position"]).execute()
  const typed = progress === "composition missing" ? rows.length - 1 : rows.length
  return made.filter(({ position }) => position <= typed)
}

/** One cell, in quarters of a point; null where nothing has been typed yet. */
function markRow(
  talent: Talent,
  code: string,
  hard: number,
  max: number,
  progress: Progress,
  by: Chance,
): { value: number | null; status: MarkRow["status"] } | null {
  if (progress === "gaps" && by.percent(4)) return null
  const status = by.weighted([
    [null, 976],
    ["ABS_J", 14],
    ["ABS_NJ", 8],
    ["DISP", code === "EPS" ? 20 : 0],
  ] as const)
  if (status) return { value: null, status }
  if (!talent.in.has(code)) talent.in.set(code, by.around(0, 1.5))
  const over20 = by.around(talent.level + (talent.in.get(code) as number) - hard, 1.7)
  const quarters = Math.round(Math.min(19.5, Math.max(1, over20)) * 4 * (max / 2000))
  return { value: quarters * 25, status: null }
}

const APPRECIATIONS = [
  "Trimestre satisfaisant : continuez ainsi.",
  "De bonnes capacités, mais le travail reste irrégulier.",
  "Élève sérieux et appliqué.",
  "Des progrès depuis la rentrée, à poursuivre en mathématiques.",
  "Doit participer davantage et apprendre ses leçons chaque soir.",
  "Résultats fragiles : un effort soutenu est attendu au deuxième trimestre.",
  "Excellent trimestre, félicitations.",
]

/** Conduct, absences and late arrivals of the trimester; what the form teachers have already written. */
export async function seedConduct(
  db: Db,
  ids: CastIds,
  classes: DemoClass[],
  students: DemoStudent[],
  by: Chance,
): Promise<void> {
  const period = ids.periods.T1 as number
  const label = new Map(classes.map((one) => [one.id, one.label]))
  const rows = students.map(({ id, classId }) => {
    const checked = label.get(classId) === CHECKED_CLASS
    return {
      student_id: id,
      class_id: classId,
      period_id: period,
      conduct: Math.min(2000, Math.max(600, Math.round(by.around(15.5, 1.8) * 2) * 50)),
      absent_justified: by.percent(35) ? by.whole(1, 4) * 2 : 0,
      absent_unjustified: by.percent(22) ? by.whole(1, 5) : 0,
      late_count: by.percent(40) ? by.whole(1, 5) : 0,
      appreciation: checked || by.percent(12) ? by.pick(APPRECIATIONS) : null,
      updated_at: AT,
    }
  })
  for (const part of chunks(rows, 9)) await db.insertInto("student_period").values(part).execute()
  await db
    .insertInto("class_period")
    .values({
      class_id: ids.classes[CHECKED_CLASS] as number,
      period_id: period,
      state: "checked",
      changed_at: AT,
    })
    .execute()
}
