// The fourteen classes of the demonstration, their subjects, and forty teachers for them.
import type { Db } from "../db/index.ts"
import { classLabel } from "../features/classes/naming.ts"
import { installReference } from "../features/classes/reference.ts"
import { fold } from "../features/people/naming.ts"
import { CLASSES as CAST_CLASSES, STAFF } from "./cast.ts"
import type { Chance } from "./chance.ts"
import { givenNames, surname } from "./names.ts"
import type { CastIds } from "./seedCast.ts"

const AT = "2026-09-15T08:00:00.000Z"

const of = (level: string, series: string, section: string, size: number) => ({
  level,
  series,
  section,
  size,
  label: classLabel({ level, series, section }),
})

/** Level, series, section and how many students: the Malian series after the reform (domain.md §1.1). */
export const CLASSES = [
  of("10", "CG", "1", 56),
  of("10", "CG", "2", 55),
  of("10", "CG", "3", 54),
  of("10", "CG", "4", 52),
  of("11", "L", "1", 38),
  of("11", "SES", "1", 52),
  of("11", "S", "1", 44),
  of("11", "S", "2", 43),
  of("12", "TLL", "", 32),
  of("12", "TAL", "", 30),
  of("12", "TSS", "", 47),
  of("12", "TSECO", "", 41),
  of("12", "TSE", "", 36),
  of("12", "TSEXP", "", 42),
]

/** What one person may teach, and how many of them there are: forty in all with those of the cast. */
const DISCIPLINES: readonly { subjects: readonly string[]; teachers: number; cast?: string }[] = [
  { subjects: ["MATHS", "MATHSFIN"], teachers: 6, cast: "maths" },
  { subjects: ["PHYS", "CHIM"], teachers: 5 },
  { subjects: ["SVT"], teachers: 3 },
  { subjects: ["FR"], teachers: 6, cast: "francais" },
  { subjects: ["ANG"], teachers: 4 },
  { subjects: ["LV2", "LANGNAT"], teachers: 2 },
  { subjects: ["PHILO", "SOCIO"], teachers: 3 },
  { subjects: ["HG", "HIST", "GEO", "ECM"], teachers: 5 },
  { subjects: ["ECO", "COMPTA", "DROIT"], teachers: 2 },
  { subjects: ["ARTS", "DESSIN"], teachers: 1 },
  { subjects: ["INFO"], teachers: 1 },
  { subjects: ["EPS"], teachers: 2 },
]

export type DemoClassSubject = {
  id: number
  code: string
  teacherId: number
}

export type DemoClass = (typeof CLASSES)[number] & { id: number; subjects: DemoClassSubject[] }

/** Replaces the cast's few subjects by the country's tables and gives every class its own, with teachers. */
export async function seedDemoClasses(db: Db, ids: CastIds, by: Chance): Promise<DemoClass[]> {
  await db.deleteFrom("class_subject").execute()
  for (const table of ["coefficient", "series", "level", "subject"] as const)
    await db.deleteFrom(table).execute()
  await installReference(db, ids.year)
  const classes = await writeClasses(db, ids)
  const teachers = await writeTeachers(db, ids, by)
  await writeClassSubjects(db, ids, classes, teachers)
  return classes
}

async function writeClasses(db: Db, ids: CastIds): Promise<DemoClass[]> {
  const classes: DemoClass[] = []
  for (const [n, one] of CLASSES.entries()) {
    const known = ids.classes[one.label]
    const place = { position: n + 1, capacity: 60, room: `Salle ${n + 1}` }
    const row = {
      ...place,
      school_year_id: ids.year,
      level_code: one.level,
      series_code: one.series,
      section: one.section,
      label: one.label,
      folded: fold(one.label),
    }
    const id =
      known ?? (await db.insertInto("class").values(row).returning("id").executeTakeFirstOrThrow()).id
    if (known) await db.updateTable("class").set(place).where("id", "=", known).execute()
    classes.push({ ...one, id, subjects: [] })
  }
  return classes
}

/** Teachers by discipline, in the order of DISCIPLINES; the cast's are the first of theirs. */
async function writeTeachers(db: Db, ids: CastIds, by: Chance): Promise<number[][]> {
  const taken = new Set<string>(STAFF.map(({ email }) => email))
  const all: number[][] = []
  for (const { teachers, cast } of DISCIPLINES) {
    const own = cast ? [ids.staff[cast] as number] : []
    while (own.length < teachers) {
      const sex = by.percent(22) ? "F" : "M"
      const [family, given] = [surname(by), givenNames(by, sex)]
      const email = `${fold(`${given} ${family}`).replaceAll(" ", ".")}@kalanso.example`
      if (taken.has(email)) continue
      taken.add(email)
      const row = {
        surname: family,
        given_names: given,
        folded: fold(`${family} ${given}`),
        sex,
        position: sex === "F" ? "Professeure" : "Professeur",
        teaching: 1,
        phone: `+2236000${1000 + taken.size}`,
        email,
        created_at: AT,
        updated_at: AT,
      } as const
      own.push((await db.insertInto("staff").values(row).returning("id").executeTakeFirstOrThrow()).id)
    }
    all.push(own)
  }
  return all
}

async function writeClassSubjects(
  db: Db,
  ids: CastIds,
  classes: DemoClass[],
  teachers: number[][],
): Promise<void> {
  const lines = await db
    .selectFrom("coefficient as c")
    .innerJoin("subject as s", "s.id", "c.subject_id")
    .where("c.school_year_id", "=", ids.year)
    .select(["c.level_code", "c.series_code", "c.subject_id", "c.coefficient", "c.group_code", "c.position"])
    .select("s.code")
    .orderBy("c.position")
    .execute()
  const teacherOf = assignment(ids, teachers)
  for (const [n, one] of classes.entries()) {
    const own = lines.filter((line) => line.level_code === one.level && line.series_code === one.series)
    const rows = own.map((line) => ({
      class_id: one.id,
      subject_id: line.subject_id,
      coefficient: line.coefficient,
      group_code: line.group_code,
      position: line.position,
      teacher_id: teacherOf(one.label, line.code),
    }))
    const made = await db
      .insertInto("class_subject")
      .values(rows)
      .returning(["id", "subject_id", "teacher_id"])
      .execute()
    one.subjects = own.map(({ code, subject_id }) => {
      const line = made.find((row) => row.subject_id === subject_id)
      return { id: line?.id as number, code, teacherId: line?.teacher_id as number }
    })
    if (one.label !== "10ème CG 1") {
      const form = one.subjects[n % 4]?.teacherId ?? null
      await db.updateTable("class").set({ form_teacher_id: form }).where("id", "=", one.id).execute()
    }
  }
}

/** As the cast says; otherwise the teachers of the discipline in turn, a class keeping one of each. */
function assignment(ids: CastIds, teachers: number[][]) {
  const turns = DISCIPLINES.map(() => new Map<string, number>())
  return (label: string, code: string): number => {
    const cast = CAST_CLASSES.find((one) => one.label === label)?.teachers as
      | Record<string, string>
      | undefined
    const named = cast?.[code]
    if (named) return ids.staff[named] as number
    const at = DISCIPLINES.findIndex(({ subjects }) => subjects.includes(code))
    const turn = turns[at] as Map<string, number>
    if (!turn.has(label)) turn.set(label, turn.size)
    const own = teachers[at] as number[]
    // the cast teaches in the classes its stories name and in no other
    const free = DISCIPLINES[at]?.cast ? own.slice(1) : own
    return free[(turn.get(label) as number) % free.length] as number
  }
}
