// The cards themselves: what is kept apart of a student, and what an erased card still says.
import { type RawBuilder, sql } from "kysely"
import type { Db } from "../../../db/index.ts"
import type { Person } from "../../../personal.ts"
import { Refusal } from "../../../web/refusal.ts"
import { fold, fullName } from "../../people/naming.ts"
import type { HeldRow } from "./holdings.ts"

const ALREADY = "Cette personne vient d’être effacée par quelqu’un d’autre : rien de plus n’a été fait."

/** The civil identity, kept apart: without it no one could attest that the student was here. */
export async function keepIdentity(trx: Db, row: HeldRow, at: string): Promise<void> {
  const text = (column: string) => (row[column] as string | null) ?? null
  const name = { surname: String(row.surname), given_names: String(row.given_names) }
  const kept = await trx
    .insertInto("kept_record")
    .values({
      ...name,
      student_id: Number(row.id),
      folded: fold(
        [fullName(name.surname, name.given_names), text("matricule"), text("internal_number")]
          .filter(Boolean)
          .join(" "),
      ),
      sex: text("sex") as "M" | "F" | null,
      birth_date: text("birth_date"),
      birth_year: row.birth_year as number | null,
      birth_approximate: Number(row.birth_approximate),
      birth_place: text("birth_place"),
      matricule: text("matricule"),
      internal_number: text("internal_number"),
      kept_at: at,
    })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  if (!kept.numInsertedOrUpdatedRows) throw new Refusal(409, ALREADY)
}

/** Columns that an erased card keeps: they name nobody. */
const KEPT = new Set(["id", "version", "created_at", "merged_into", "teaching"])

const NAMES = { student: "Élève effacé", guardian: "Tuteur effacé", staff: "Personnel effacé" }

/** « Élève effacé n° 123 », in the columns that a card of this kind cannot be without. */
function calledAs(person: Person, id: number): Record<string, string> {
  const name = `${NAMES[person]} n° ${id}`
  if (person === "guardian") return { name }
  return person === "staff" ? { surname: name } : { surname: name, sort_name: fold(name), status: "erased" }
}

/**
 * Every other column is emptied, those too that the table will have one day: what stays is named here, not what
 * goes.
 */
export async function anonymise(
  trx: Db,
  person: Person,
  id: number,
  cards: number[],
  at: string,
): Promise<void> {
  const tables = await trx.introspection.getTables()
  const values = new Map<string, RawBuilder<unknown>>()
  for (const { name, isNullable, dataType } of tables.find((one) => one.name === person)?.columns ?? []) {
    if (KEPT.has(name)) continue
    values.set(name, isNullable ? sql`null` : /int/i.test(dataType) ? sql`0` : sql`''`)
  }
  const called = { ...calledAs(person, id), updated_at: at }
  for (const [column, value] of Object.entries(called)) values.set(column, sql`${value}`)
  values.set("version", sql`version + 1`)
  const set = [...values].map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  await sql`update ${sql.table(person)} set ${sql.join(set)} where id in (${sql.join(cards)})`.execute(trx)
}

/** Nothing that must stay names a guardian: the card goes with those it absorbed. */
export async function guardianGone(trx: Db, cards: number[]): Promise<void> {
  await trx.updateTable("guardian").set({ merged_into: null }).where("id", "in", cards).execute()
  const { numDeletedRows } = await trx.deleteFrom("guardian").where("id", "in", cards).executeTakeFirst()
  if (numDeletedRows === 0n) throw new Refusal(409, ALREADY)
}
