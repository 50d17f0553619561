// Averages and ranks of 2,000 students × 12 subjects × 6 marks: 40 classes of 50.
import Database from "better-sqlite3"
import { fraction } from "../../src/features/grades/fraction.ts"
import { gradePeriod, type Mark, type PeriodInput } from "../../src/features/grades/period.ts"
import { maliLycee } from "../../src/features/grades/presets.ts"
import { readProfile } from "../../src/features/grades/profile.ts"
import { type Line, least } from "../measure.ts"

const CLASSES = 40
const STUDENTS = 50
const SUBJECTS = 12
const MARKS = 6
const COMPOSITIONS = 2

/** Quarters of a point, spread without chance. */
const markOf = (student: number, column: number) => ((student * 31 + column * 17) % 77) * 25 + 100
const coefficientOf = (subject: number) => 1 + (subject % 4)

export async function ranks(): Promise<Line[]> {
  const inputs = Array.from({ length: CLASSES }, (_, n) => inputOf(n))
  const ours = await least(5, () => inputs.map(gradePeriod))
  const inSql = await sqlRound()
  const sums = await least(5, typedSums)
  const what = `averages and ranks, ${CLASSES * STUDENTS} students × ${SUBJECTS} subjects × ${MARKS} marks`
  return [
    {
      what,
      value: ours,
      unit: "ms",
      reference: { what: "one SQL statement, floats", value: inSql },
      target: { most: 150, of: "value" },
    },
    {
      what: `${what} (again)`,
      value: ours,
      unit: "ms",
      reference: { what: "sums in a typed array, floats", value: sums },
      target: null,
    },
  ]
}

function inputOf(n: number): PeriodInput {
  const read = readProfile({ ...maliLycee, conduct: { mode: "none" } })
  if (!read.ok) throw new Error(read.problems.join("\n"))
  const subjects = Array.from({ length: SUBJECTS }, (_, s) => ({
    code: `S${s}`,
    coefficient: fraction(coefficientOf(s)),
    optional: false,
  }))
  const assessments = subjects.flatMap(({ code }, s) =>
    Array.from({ length: MARKS }, (_, m) => ({
      id: s * MARKS + m,
      subject: code,
      category: m < MARKS - COMPOSITIONS ? "CLASSE" : "COMPO",
      max: 2000,
      weight: fraction(1),
    })),
  )
  const ids = Array.from({ length: STUDENTS }, (_, student) => n * STUDENTS + student)
  const marks: Mark[] = ids.flatMap((student) =>
    assessments.map(({ id }) => ({ student, assessment: id, value: markOf(student, id), status: null })),
  )
  const students = ids.map((id) => ({ id, sex: null, conduct: null, exempt: [] }))
  return { profile: read.profile, subjects, assessments, students, marks }
}

/** The same numbers in one statement: subject averages, general averages, ranks in the class. */
async function sqlRound(): Promise<number> {
  const db = new Database(":memory:")
  db.exec("create table mark (class int, student int, subject int, compo int, value int)")
  const insert = db.prepare("insert into mark values (?, ?, ?, ?, ?)")
  db.transaction(() => {
    for (let student = 0; student < CLASSES * STUDENTS; student++) {
      for (let column = 0; column < SUBJECTS * MARKS; column++) {
        const compo = column % MARKS < MARKS - COMPOSITIONS ? 0 : 1
        insert.run(
          Math.floor(student / STUDENTS),
          student,
          Math.floor(column / MARKS),
          compo,
          markOf(student, column),
        )
      }
    }
  })()
  const statement = db.prepare(`
    with category as (
      select class, student, subject, compo, avg(value) as mean from mark group by class, student, subject, compo),
    subjects as (
      select class, student, subject, sum(mean * (1 + compo)) / 3 as mean from category group by class, student, subject),
    general as (
      select class, student, sum(mean * (1 + subject % 4)) / sum(1 + subject % 4) as mean from subjects group by class, student)
    select student, round(mean / 100, 2) as average,
      rank() over (partition by class order by round(mean / 100, 2) desc) as rank from general`)
  const ms = await least(5, () => statement.all())
  db.close()
  return ms
}

const flat = Int32Array.from({ length: CLASSES * STUDENTS * SUBJECTS * MARKS }, (_, n) =>
  markOf(Math.floor(n / (SUBJECTS * MARKS)), n % (SUBJECTS * MARKS)),
)

function typedSums(): number {
  let seen = 0
  for (let n = 0; n < CLASSES; n++) {
    const averages = new Float64Array(STUDENTS)
    for (let i = 0; i < STUDENTS; i++) {
      let points = 0
      let coefficients = 0
      for (let s = 0; s < SUBJECTS; s++) {
        let [classwork, composition] = [0, 0]
        const at = ((n * STUDENTS + i) * SUBJECTS + s) * MARKS
        for (let m = 0; m < MARKS; m++) {
          if (m < MARKS - COMPOSITIONS) classwork += flat[at + m] as number
          else composition += flat[at + m] as number
        }
        const mean = (classwork / (MARKS - COMPOSITIONS) + (2 * composition) / COMPOSITIONS) / 3
        points += mean * coefficientOf(s)
        coefficients += coefficientOf(s)
      }
      averages[i] = Math.round(points / coefficients) / 100
    }
    const sorted = [...averages].sort((one, other) => other - one)
    for (const average of averages) seen += sorted.indexOf(average) + 1
  }
  return seen
}
