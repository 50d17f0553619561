import { chunks, type Db } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import { parseClass } from "../../classes/naming.ts"
import { addClass } from "../../classes/queries.ts"
import { derived } from "../../people/queries.ts"
import { studentName } from "../../people/rules.ts"
import { studentOf } from "../meeting.ts"
import { type Asked, settledLine } from "../resolution.ts"
import type { StoredLine } from "../stored.ts"
import type { StudentValues } from "../students.ts"
import { birthColumns, type CardUpdate, collect, correctCards } from "./cards.ts"
import { complete, Elders } from "./elders.ts"
import { type Journal, numbered } from "./journal.ts"
import { type Move, moveStudents } from "./moves.ts"

type NewStudent = { line: number; values: StudentValues; extra: Record<string, string>; label: string }
type Enrolling = { line: number; student: number; label: string; repeating: boolean; regime: string | null }

export type StudentPlan = {
  create: NewStudent[]
  /** students the school has, in no class this year */
  enrol: Enrolling[]
  /** cards to be corrected or completed, by student */
  update: Map<number, CardUpdate>
  /** changes of class that a person agreed to */
  move: Move[]
  /** labels of the classes to be made first */
  classes: string[]
  /** lines that wait for a person */
  held: number[]
}

/** What would be written of these lines, each settled against the school. */
export function planStudents(asked: Asked, lines: readonly StoredLine[]): StudentPlan {
  const plan: StudentPlan = { create: [], enrol: [], update: new Map(), move: [], classes: [], held: [] }
  const { classes } = asked.known
  const elders = new Elders()
  const matricules = new Set<string>()
  const enrolled = new Set<number>()
  const needed = new Set<string>()
  const need = (label: string) => classes.placeOf(label) === "new" && needed.add(label)
  for (const stored of lines) {
    const { line } = stored
    const outcome = settledLine(asked, stored)
    if (!outcome || outcome.action === "review") {
      plan.held.push(line)
      continue
    }
    if (outcome.elder !== undefined) elders.add(outcome)
    if (outcome.action === "create") {
      const values = { ...(outcome.canonical as unknown as StudentValues) }
      if (values.matricule && matricules.has(values.matricule)) {
        plan.held.push(line)
        continue
      }
      if (values.matricule) matricules.add(values.matricule)
      plan.create.push({ line, values, extra: { ...outcome.extra }, label: values.classe as string })
      continue
    }
    const student = studentOf(asked.known, outcome.student)
    if (!student) continue
    const number = outcome.set?.find(({ field }) => field === "matricule")?.after
    if (number && matricules.has(number)) {
      plan.held.push(line)
      continue
    }
    if (number) matricules.add(number)
    collect(plan.update, outcome, student.id, ["classe"])
    if (outcome.enrol && !enrolled.has(student.id)) {
      enrolled.add(student.id)
      const notes = placeNotes(outcome.extra ?? {})
      plan.enrol.push({ line, student: student.id, label: outcome.enrol, ...notes })
      if (student.status !== "active") comesBack(plan, line, student.id)
      need(outcome.enrol)
    }
    const to = outcome.set?.find(({ field }) => field === "classe")?.after
    if (to) {
      plan.move = plan.move.filter((one) => one.student !== student.id)
      plan.move.push({ line, student: student.id, from: student.classe ?? "", label: to })
      need(to)
    }
  }
  plan.held.push(...complete(plan.create, elders))
  // what two lines of one person say together decides the class
  for (const one of plan.create) {
    one.label = one.values.classe as string
    need(one.label)
  }
  plan.classes = [...needed]
  return plan
}

function comesBack({ update }: StudentPlan, line: number, id: number): void {
  const there = update.get(id) ?? { line, id, set: new Map() }
  there.set.set("statut", "active")
  update.set(id, there)
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

/** `on`: from when the new ones are enrolled; `today`: when somebody changes class */
export type Place = { year: number; on: string; today: string; user: User; now: Date }

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
  await correctCards(trx, { table: "student", updates: plan.update.values() }, journal)
  await moveStudents(trx, plan.move, { classes, year: place.year, today: place.today }, journal)
}

/** The number of each class by the label the file uses; those asked for are made, with the subjects of their series. */
async function classIds(
  trx: Db,
  { asked, plan, journal }: { asked: Asked; plan: StudentPlan; journal: Journal },
  { year, user, now }: Place,
): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  for (const label of new Set([...plan.create, ...plan.enrol, ...plan.move].map((one) => one.label))) {
    const there = asked.known.classes.placeOf(label)
    if (typeof there === "number") ids.set(label, there)
  }
  for (const label of plan.classes) {
    const name = parseClass(label, asked.known.classes.customs.vocabulary)
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
    ...birthColumns(naissance),
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
