import { chunks, type Db } from "../../../db/index.ts"
import { fold } from "../../people/naming.ts"
import { studentName } from "../../people/rules.ts"
import { type Asked, settledLine } from "../resolution.ts"
import type { StaffValues } from "../staff.ts"
import type { StoredLine } from "../stored.ts"
import { type CardUpdate, collect, correctCards } from "./cards.ts"
import { complete, Elders } from "./elders.ts"
import { type Journal, numbered } from "./journal.ts"

type NewStaff = { line: number; values: StaffValues }

export type StaffPlan = { create: NewStaff[]; update: Map<number, CardUpdate>; held: number[] }

/** What would be written of these lines. Nobody gets an account by it. */
export function planStaff(asked: Asked, lines: readonly StoredLine[]): StaffPlan {
  const plan: StaffPlan = { create: [], update: new Map(), held: [] }
  const elders = new Elders()
  const numbers = new Set<string>()
  for (const stored of lines) {
    const outcome = settledLine(asked, stored)
    if (!outcome || outcome.action === "review") {
      plan.held.push(stored.line)
      continue
    }
    if (outcome.elder !== undefined) elders.add(outcome)
    if (outcome.card !== undefined) collect(plan.update, outcome, outcome.card)
    if (outcome.action !== "create") continue
    const values = { ...(outcome.canonical as unknown as StaffValues) }
    if (values.matricule && numbers.has(values.matricule)) plan.held.push(stored.line)
    else plan.create.push({ line: stored.line, values })
    if (values.matricule) numbers.add(values.matricule)
  }
  plan.held.push(...complete(plan.create, elders))
  return plan
}

export async function writeStaff(trx: Db, plan: StaffPlan, journal: Journal): Promise<void> {
  for (const part of chunks(plan.create, 15)) {
    const rows = part.map((one) => ({ ...one, card: staffRow(one.values) }))
    const ids = await trx
      .insertInto("staff")
      .values(rows.map(({ card }) => ({ ...card, folded: fold(studentName(card)), ...at(journal) })))
      .returning(["id", "folded as check"])
      .execute()
    for (const { id, line, card } of numbered(rows, ids, (row) => fold(studentName(row.card)))) {
      journal.wrote(line, "staff", id, null, { ...card, version: 1, label: studentName(card) })
      journal.tell({ subject: "staff", subjectId: id, action: "created", after: card })
    }
  }
  await correctCards(trx, { table: "staff", updates: plan.update.values() }, journal)
}

const at = (journal: Journal) => ({ created_at: journal.at, updated_at: journal.at })

/** Who is told what subjects they teach is a teacher, whatever the function is called. */
const staffRow = (values: StaffValues) => ({
  surname: values.nom,
  given_names: values.prenom,
  sex: values.sexe,
  position: values.fonction,
  teaching: values.enseigne ? 1 : 0,
  employee_number: values.matricule,
  phone: values.telephone,
  email: values.email,
  grade: values.grade,
  diplomas: values.diplomes,
  specialities: values.specialites,
})
