// An application made, by a family or at the desk.
import { randomBytes } from "node:crypto"
import { sql } from "kysely"
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { ApplicationValues } from "../forms.ts"
import { CODE_LETTERS, followCode, reference, referenceCounter } from "../rules/numbers.ts"
import type { State } from "../rules/states.ts"
import { MOST_A_DAY, MOST_AN_HOUR } from "../rules/visits.ts"
import { derivedColumns, guardianTexts, writeGuardians } from "./applications.ts"
import { addEvent } from "./history.ts"
import { nextNumber } from "./numbers.ts"

/** The levels and series that may be asked for in a year: those of its classes, or every level before there are any. */
export async function placesOf(db: Db, year: number) {
  const classes = await db
    .selectFrom("class")
    .innerJoin("level", "level.code", "class.level_code")
    .leftJoin("series", "series.code", "class.series_code")
    .where("class.school_year_id", "=", year)
    .select(["class.level_code", "class.series_code", "level.label as level", "series.label as series"])
    .select(["level.position as level_position", "series.position as series_position"])
    .distinct()
    .orderBy("level.position")
    .orderBy("series.position")
    .execute()
  if (classes.length > 0) return classes
  const levels = await db.selectFrom("level").select(["code", "label"]).orderBy("position").execute()
  return levels.map(({ code, label }) => ({ level_code: code, level: label, series_code: "", series: null }))
}

export type Place = { level_code: string; series_code: string; level: string; series: string | null }

export type NewApplication = ApplicationValues & {
  source: "site" | "desk"
  year: number
  /** the school's day, for what is handed in at the desk and for the reference's year */
  today: string
  /** the network a visitor sends from, signed; counted, never shown */
  sentFrom: string | null
}

class TooMany extends Error {}

export type Made = { id: number; reference: string; code: string }

/** Writes an application with its first event; null when this network has sent as many as one may. */
export async function addApplication(
  db: Db,
  by: { id: number } | null,
  given: NewApplication,
  now: Date,
): Promise<Made | null> {
  try {
    return await tx(db, (trx) => writeApplication(trx, by, given, now))
  } catch (problem) {
    if (problem instanceof TooMany) return null
    throw problem
  }
}

async function writeApplication(trx: Db, by: { id: number } | null, given: NewApplication, now: Date) {
  const at = now.toISOString()
  const { row, source, today } = given
  // the counter's row is held until the end: two applications of one network are counted one after the other
  const n = await nextNumber(trx, referenceCounter(today.slice(0, 4)))
  if (given.sentFrom && (await tooMany(trx, given.sentFrom, now))) throw new TooMany()
  const named = { reference: reference(today.slice(0, 4), n), code: followCode(randomBytes(CODE_LETTERS)) }
  const handed = source === "desk" ? given.documents : []
  const state: State = handed.length > 0 ? "documents" : "received"
  const { id } = await trx
    .insertInto("application")
    .values({
      ...row,
      ...named,
      ...derivedColumns(row, named),
      state,
      source,
      school_year_id: given.year,
      sent_from: given.sentFrom,
      created_by: by?.id ?? null,
      created_at: at,
      updated_at: at,
    })
    .returning("id")
    .executeTakeFirstOrThrow()
  await writeGuardians(trx, id, given.guardians)
  await writeFirstDocuments(trx, id, given)
  await addEvent(trx, { application_id: id, action: "received", from: null, to: "received" }, by, at)
  if (state === "documents")
    await addEvent(trx, { application_id: id, action: "documents", from: "received", to: state }, by, at)
  const after = { ...row, ...guardianTexts(given.guardians), reference: named.reference, source }
  await record(trx, by, { subject: "application", subjectId: id, action: "created", after }, at)
  return { id, ...named }
}

async function tooMany(trx: Db, sentFrom: string, now: Date): Promise<boolean> {
  const since = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString()
  const { day, hour } = await trx
    .selectFrom("application")
    .where("sent_from", "=", sentFrom)
    .where("created_at", ">", since(24))
    .select((eb) => [
      eb.fn.countAll<number>().as("day"),
      sql<number>`coalesce(sum(case when created_at > ${since(1)} then 1 else 0 end), 0)`.as("hour"),
    ])
    .executeTakeFirstOrThrow()
  return Number(day) >= MOST_A_DAY || Number(hour) >= MOST_AN_HOUR
}

/** A family says what it has; at the desk it is handed in. Numbers that are no document are left out. */
async function writeFirstDocuments(
  trx: Db,
  application: number,
  { documents, source, today }: NewApplication,
) {
  if (documents.length === 0) return
  const kinds = await trx.selectFrom("enrolment_document").select("id").where("id", "in", documents).execute()
  const given_on = source === "desk" ? today : null
  const rows = kinds.map(({ id }) => ({
    application_id: application,
    document_id: id,
    claimed: 1,
    given_on,
  }))
  if (rows.length > 0) await trx.insertInto("application_document").values(rows).execute()
}
