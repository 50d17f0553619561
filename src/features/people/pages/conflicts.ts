// What a form shows when somebody else changed the same card since it was opened.
import type { Db } from "../../../db/index.ts"
import { conflictsOf, type Row } from "../conflict.ts"
import { editsSince } from "../queries/history.ts"
import { fieldLabel, valueText } from "../told.ts"

type Card = { subject: "student" | "guardian" | "staff"; id: number; version: number; row: Row; typed: Row }

/** Columns of a card that one field of the form writes together. */
const ONE_FIELD: Record<string, string> = { birth_date: "birth", birth_year: "birth" }

/**
 * The form again: where only the other changed a field, the other's value; where both did, what was typed here,
 * with the other's value said beside. `present` is the card now, as a form types it.
 */
export async function conflictOn(
  db: Db,
  card: Card,
  read: { typed: Record<string, string> },
  present: Record<string, string>,
) {
  const { changes, by, at } = await editsSince(db, card.subject, card.id, card.version)
  const fields = conflictsOf(changes, card.row, card.typed)
  const typed: Record<string, string> = { ...read.typed, version: String(present.version) }
  for (const { field, untouched } of fields) {
    const name = ONE_FIELD[field] ?? field
    if (untouched) typed[name] = present[name] ?? ""
  }
  const told = fields.map(({ field, was, now, typed: mine, untouched }) => ({
    label: fieldLabel(field) ?? field,
    was: valueText(field, was),
    now: valueText(field, now),
    mine: untouched ? null : valueText(field, mine),
  }))
  return { conflicts: { by, at, fields: told }, form: { typed, problems: [] } }
}
