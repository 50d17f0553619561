import { chunks, type Db } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import { parseClass } from "../../classes/naming.ts"
import { addClass } from "../../classes/queries.ts"
import { derived } from "../../people/queries.ts"
import { studentName } from "../../people/rules.ts"
import type { SchoolStudent } from "../queries/school.ts"
import { type Asked, settledLine } from "../resolution.ts"
import { type StoredLine, UPDATED, type UpdatedField } from "../stored.ts"
import type { StudentValues } from "../students.ts"
import { type Journal, numbered } from "./journal.ts"

type NewStudent = { line: number; values: StudentValues; extra: Record<string, string>; label: string }
type Enrolling = { line: number; student: number; label: string; repeating: boolean; regime: string | null }

export type StudentPlan = {
  create: NewStudent[]
  /** students the school has, in no class this year */
  enrol: Enrolling[]
  update: { line: number; student: SchoolStudent; set: Partial<Record<UpdatedField, string>> }[]
  /** labels of the classes to be made first */
  classes: string[]
  /** lines that wait for a person */
  held: number[]
}

/** What would be written of these lines, each settled against the school. */
export function planStudents(asked: Asked, lines: readonly StoredLine[]): StudentPlan {
  const plan: StudentPlan = { create: [], enrol: [], update: [], classes: [], held: [] }
  const { students, classes } = asked.known
  const matricules = new Set<string>()
  const enrolled = new Set<number>()
  const needed = new Set<string>()
  for (const stored of lines) {
    const { line } = stored
    const outcome = settledLine(asked, stored)
    if (!outcome || outcome.action === "review") {
      plan.held.push(line)
      continue
    }
    if (outcome.action === "create") {
      const values = outcome.canonical as unknown as StudentValues
      const label = values.classe as string
      if (values.matricule && matricules.has(values.matricule)) {
        plan.held.push(line)
        continue
      }
      if (values.matricule) matricules.add(values.matricule)
      plan.create.push({ line, values, extra: outcome.extra ?? {}, label })
      if (classes.placeOf(label) === "new") needed.add(label)
    }
    if (outcome.enrol && !enrolled.has(Number(outcome.student))) {
      const student = Number(outcome.student)
      enrolled.add(student)
      plan.enrol.push({ line, student, label: outcome.enrol, ...placeNotes(outcome.extra ?? {}) })
      if (classes.placeOf(outcome.enrol) === "new") needed.add(outcome.enrol)
    }
    if (outcome.set && Object.keys(outcome.set).length > 0) {
      const student = students.find(({ id }) => id === outcome.student)
      if (student) plan.update.push({ line, student, set: outcome.set })
    }
  }
  plan.classes = [...needed]
  return plan
}

const placeNotes = (extra: Record<string, string>) => ({
  repeating: extra.repeating === "1",
  regime: regimeOf(extra.regime),
})

/** « État », « privé »: what the school may be paid by; other words are not guessed. */
function regimeOf(typed = ""): string | null {
  if (/^(?:e|etat|état|public|boursier)/i.test(typed)) return "ETAT"
  return /^(?:p|priv)/i.test(typed) ? "PRIVE" : null
}

export type Place = { year: number; on: string; user: User; now: Date }

export async function writeStudents(
  trx: Db,
  { asked, plan, journal }: { asked: Asked; plan: StudentPlan; journal: Journal },
  place: Place,
): Promise<void> {
  const classes = await classIds(trx, { asked, plan, journal }, place)
  const made = await addStudents(trx, plan.create, journal)
  const placed = [
    ...made.map(({ id, line, label, extra }) => ({ line, student: id, label, ...placeNotes(extra) })),
    ...plan.enrol,
  ]
  await enrolAll(trx, placed, classes, { journal, place })
  for (const one of plan.update) await correct(trx, one, journal)
}

/** The number of each class by the label the file uses; those asked for are made, with the subjects of their series. */
async function classIds(
  trx: Db,
  { asked, plan, journal }: { asked: Asked; plan: StudentPlan; journal: Journal },
  { year, user, now }: Place,
): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  for (const label of new Set([...plan.create, ...plan.enrol].map((one) => one.label))) {
    const there = asked.known.classes.placeOf(label)
    if (typeof there === "number") ids.set(label, there)
  }
  for (const label of plan.classes) {
    const name = parseClass(label)
    if (!name) throw new Error(`« ${label} » is no class`)
    const row = {
      level_code: name.level,
      series_code: name.series,
      section: name.section,
      label,
      capacity: null,
      room: null,
      form_teacher_id: null,
    }
    const id = await addClass(trx, user, row, { year, template: true, now })
    if (!id) throw new Error(`class ${label} was made meanwhile`)
    ids.set(label, id)
    journal.wrote(0, "class", id, null, { label })
  }
  return ids
}

const studentRow = ({ values, extra }: NewStudent, at: string) => {
  const { naissance, matricule } = values
  const card = {
    matricule,
    surname: values.nom,
    given_names: values.prenom,
    sex: values.sexe,
    birth_date: naissance?.length === 10 ? naissance : null,
    birth_year: naissance ? Number(naissance.slice(0, 4)) : null,
    birth_approximate: naissance?.length === 4 ? 1 : 0,
    birth_place: values.lieu,
    phone: values.telephone,
    address: extra.address ?? null,
    nationality: extra.nationality ?? null,
    father_name: extra.father ?? null,
    mother_name: extra.mother ?? null,
  }
  return { card, derived: derived(card), state: { status: "active", created_at: at, updated_at: at } }
}

async function addStudents(trx: Db, create: readonly NewStudent[], journal: Journal) {
  const made: (NewStudent & { id: number })[] = []
  for (const part of chunks(create, 20)) {
    const rows = part.map((one) => ({ one, ...studentRow(one, journal.at) }))
    const ids = await trx
      .insertInto("student")
      .values(rows.map(({ card, derived, state }) => ({ ...card, ...derived, ...state })))
      .returning(["id", "folded as check"])
      .execute()
    for (const { one, card, id } of numbered(rows, ids, (row) => row.derived.folded)) {
      made.push({ ...one, id })
      journal.wrote(one.line, "student", id, null, { ...card, version: 1, label: studentName(card) })
      journal.tell({ subject: "student", subjectId: id, action: "created", after: card })
    }
  }
  return made
}

async function enrolAll(
  trx: Db,
  enrolments: readonly Enrolling[],
  classes: Map<string, number>,
  { journal, place }: { journal: Journal; place: Place },
): Promise<void> {
  for (const part of chunks(enrolments, 6)) {
    const rows = part.map(({ student, label, repeating, regime }) => ({
      student_id: student,
      class_id: classes.get(label) as number,
      school_year_id: place.year,
      starts_on: place.on,
      repeating: repeating ? 1 : 0,
      regime,
    }))
    const made = await trx.insertInto("enrolment").values(rows).returning(["id", "student_id"]).execute()
    const ids = new Map(made.map(({ id, student_id }) => [student_id, id]))
    part.forEach(({ line, student, label }, at) => {
      const row = rows[at] as object
      journal.wrote(line, "enrolment", ids.get(student) as number, null, { ...row, label })
      const after = { class: label, on: place.on }
      journal.tell({ subject: "student", subjectId: student, action: "enrolled", after })
    })
  }
}

/** Puts the file's values on a card that nobody changed meanwhile. */
async function correct(trx: Db, { line, student, set }: StudentPlan["update"][number], journal: Journal) {
  const before = columnsOf(Object.fromEntries(UPDATED.map((field) => [field, student[field] ?? null])))
  const after = columnsOf(set)
  const had = Object.fromEntries(
    Object.keys(after).map((column) => [column, before[column as keyof typeof before] ?? null]),
  )
  const version = student.version + 1
  await trx
    .updateTable("student")
    .set({ ...after, version, updated_at: journal.at })
    .where("id", "=", student.id)
    .execute()
  journal.wrote(line, "student", student.id, had, { ...after, version, label: nameOf(student) })
  journal.tell({
    subject: "student",
    subjectId: student.id,
    action: "changed",
    before: had,
    after: { ...after, version },
  })
}

const nameOf = ({ nom, prenom }: SchoolStudent) => studentName({ surname: nom, given_names: prenom })

function columnsOf(values: Partial<Record<UpdatedField, string | null>>) {
  const row: Partial<{
    sex: "M" | "F" | null
    birth_place: string | null
    phone: string | null
    birth_date: string | null
    birth_year: number | null
    birth_approximate: number
  }> = {}
  if (values.sexe !== undefined) row.sex = values.sexe as "M" | "F" | null
  if (values.lieu !== undefined) row.birth_place = values.lieu
  if (values.telephone !== undefined) row.phone = values.telephone
  if (values.naissance !== undefined) {
    const birth = values.naissance
    row.birth_date = birth?.length === 10 ? birth : null
    row.birth_year = birth ? Number(birth.slice(0, 4)) : null
    row.birth_approximate = birth?.length === 4 ? 1 : 0
  }
  return row
}
