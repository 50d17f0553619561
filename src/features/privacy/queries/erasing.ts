// Takes a person away: what must stay stays for a reason declared beside its table, all the rest goes or is emptied.
import { sql } from "kysely"
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { Person } from "../../../personal.ts"
import { Refusal } from "../../../web/refusal.ts"
import { type Identity, identityOf } from "../rules/markers.ts"
import { forgetAccounts } from "./accounts.ts"
import { anonymise, guardianGone, keepIdentity } from "./cards.ts"
import { type Asking, guardiansGoingWith, leavers } from "./departures.ts"
import {
  cardRows,
  cardsOf,
  countHeld,
  type Held,
  type HeldRow,
  heldAbout,
  partsHeld,
  rowsHeld,
} from "./holdings.ts"
import { blankAudit, blankAuditTelling, blankNamed, forgetImported, scrub } from "./traces.ts"

export type Erasing = {
  asking: Asking
  by: { id: number }
  /** null: only who is past their term */
  reason: string | null
  /** « +223 » */
  prefix: string
  now: Date
}

export const STILL_HERE =
  "Cette personne est encore à l’école ou a un dossier d’inscription en cours : rien n’a été effacé."
const MEANWHILE = "La liste a changé entre-temps : rien n’a été effacé. Relisez-la, puis recommencez."

/** Erases some persons of one kind, all or none; the guardians who go with students too. How many went. */
export function erase(db: Db, person: Person, ids: number[], erasing: Erasing): Promise<number> {
  return tx(db, async (trx) => {
    const { asking, reason } = erasing
    // the rows are held before anything is judged: nobody enrols them meanwhile
    await sql`update ${sql.table(person)} set version = version + 1
      where id in (${sql.join([...ids].sort((a, b) => a - b))})`.execute(trx)
    const found = await leavers(trx, asking, person, ids)
    if (found.length !== ids.length) throw new Refusal(409, MEANWHILE)
    if (found.some(({ left_on }) => left_on === null)) throw new Refusal(409, STILL_HERE)
    const gone: Identity[] = []
    const along =
      person === "student"
        ? [...new Set((await guardiansGoingWith(trx, asking, ids)).map(({ id }) => id))]
        : []
    for (const id of ids) gone.push(...(await eraseOne(trx, person, id, erasing)))
    const because = reason && "Plus aucun enfant dans l’école."
    for (const id of along)
      gone.push(...(await eraseOne(trx, "guardian", id, { ...erasing, reason: because })))
    await scrub(trx, gone, erasing.prefix)
    return ids.length + along.length
  }).catch((problem: unknown) => {
    if (FOREIGN_KEY.has(String((problem as { code?: unknown }).code))) throw new Refusal(409, STILL_NAMED)
    throw problem
  })
}

/** What SQLite and PostgreSQL say when a row is still named by another. */
const FOREIGN_KEY = new Set(["SQLITE_CONSTRAINT_FOREIGNKEY", "23503"])
const STILL_NAMED = "Autre chose dans l’école dépend encore de cette personne : rien n’a été effacé."

async function eraseOne(trx: Db, person: Person, id: number, erasing: Erasing): Promise<Identity[]> {
  const at = erasing.now.toISOString()
  const cards = await cardsOf(trx, person, [id])
  const own = [...cards.keys()]
  const held = heldAbout(person)
  const rows = await cardRows(trx, person, own)
  const identities = rows.map(identityOf)
  const relatives = await relativesOf(trx, person, own)
  const counts = await countHeld(trx, held, cards)
  if (person === "student") await keepIdentity(trx, rows.find((row) => row.id === id) as HeldRow, at)
  await forgetTrail(trx, person, own, held)
  for (const [subject, ids] of relatives) {
    await blankNamed(
      trx,
      subject,
      ids,
      identities.flatMap(({ names }) => names),
    )
  }
  await forgetImported(trx, person, own)
  identities.push(...(await contactsNamed(trx, person, own)))
  // later features lean on earlier ones: their rows go first
  for (const one of [...held].reverse()) await take(trx, one, own, at)
  const keeps = held.some((one, place) => one.erasure === "keep" && counts.get(place)?.get(id))
  if (person === "guardian" && !keeps) await guardianGone(trx, own)
  else await anonymise(trx, person, id, own, at)
  await note(trx, person, id, erasing, told(held, counts, id))
  return identities
}

/** « 14 notes » of each heading: what the register of erasures keeps. */
function told(held: readonly Held[], counts: Awaited<ReturnType<typeof countHeld>>, id: number) {
  const report: Record<"gone" | "kept", Record<string, number>> = { gone: {}, kept: {} }
  for (const [place, { label, erasure }] of held.entries()) {
    const n = counts.get(place)?.get(id)?.rows ?? 0
    if (n > 0) report[erasure === "keep" ? "kept" : "gone"][label] = n
  }
  return report
}

async function note(trx: Db, person: Person, id: number, { by, reason, now }: Erasing, report: object) {
  const at = now.toISOString()
  const row = { person, person_id: id, at, account_id: by.id, reason, report: JSON.stringify(report) }
  await trx.insertInto("erasure").values(row).execute()
  await record(trx, by, { subject: person, subjectId: id, action: "erased" }, at)
}

/** In whose histories the person is named: a student's guardians, a guardian's children. */
async function relativesOf(trx: Db, person: Person, cards: number[]): Promise<[Person, number[]][]> {
  if (person === "staff") return []
  const [own, other] =
    person === "student" ? (["student_id", "guardian_id"] as const) : (["guardian_id", "student_id"] as const)
  const rows = await trx.selectFrom("guardianship").select(`${other} as id`).where(own, "in", cards).execute()
  return [[person === "student" ? "guardian" : "student", rows.map(({ id }) => id)]]
}

/** Those to call in an emergency are nobody's card: their names and numbers are looked for with the student's. */
async function contactsNamed(trx: Db, person: Person, cards: number[]): Promise<Identity[]> {
  if (person !== "student") return []
  const contacts = await trx
    .selectFrom("student_contact")
    .select(["name", "phone"])
    .where("student_id", "in", cards)
    .execute()
  return contacts.map(({ name, phone }) => identityOf({ name, phone }))
}

/** The audit trail of the card, of its accounts and of every row that goes; of what stays, the trail stays. */
async function forgetTrail(trx: Db, person: Person, cards: number[], held: readonly Held[]): Promise<void> {
  const subjects = new Map<string, number[]>([[person, cards]])
  const unnumbered: string[] = []
  for (const one of held) {
    if (one.erasure === "keep" && one.table !== "account") continue
    if (one.key) unnumbered.push(one.table)
    if (one.key || one.erasure === "unset") continue
    const ids = (await rowsHeld(trx, one, cards)).map(({ id }) => Number(id))
    subjects.set(one.table, ids)
    for (const part of one.parts ?? []) {
      const rows = await partsHeld(trx, part, ids)
      subjects.set(
        part.table,
        rows.flatMap((row) => (typeof row.id === "number" ? [row.id] : [])),
      )
    }
  }
  await blankAudit(trx, subjects)
  if (person !== "student") return
  for (const card of cards) await blankAuditTelling(trx, unnumbered, card)
}

/** What one table holds about these cards goes, no longer names them, or stays. */
async function take(trx: Db, held: Held, cards: number[], at: string): Promise<void> {
  if (held.table === "account") return forgetAccounts(trx, held, cards)
  const { table, column, erasure, parts = [], file } = held
  if (erasure === "keep") return
  const about = sql`${sql.ref(column)} in (${sql.join(cards)})`
  if (erasure === "unset") {
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = null where ${about}`.execute(trx)
    return
  }
  for (const part of parts) {
    await sql`delete from ${sql.table(part.table)} where ${sql.ref(part.column)} in
      (select id from ${sql.table(table)} where ${about})`.execute(trx)
  }
  const files = file ? (await rowsHeld(trx, held, cards)).map((row) => row[file]) : []
  await sql`delete from ${sql.table(table)} where ${about}`.execute(trx)
  for (const path of files) if (typeof path === "string") await giveUpFile(trx, held, path, at)
}

/** A file that other rows still name stays: the same paper scanned for two children may be one file. */
async function giveUpFile(trx: Db, { table, file }: Held, path: string, at: string): Promise<void> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}
    where ${sql.ref(String(file))} = ${path}`.execute(trx)
  if (Number(rows[0]?.n) > 0) return
  await trx
    .insertInto("file_to_remove")
    .values({ path, since: at })
    .onConflict((oc) => oc.doNothing())
    .execute()
}

export const filesToRemove = async (db: Db): Promise<string[]> =>
  (await db.selectFrom("file_to_remove").select("path").execute()).map(({ path }) => path)

export const forgetRemoved = (db: Db, path: string) =>
  db.deleteFrom("file_to_remove").where("path", "=", path).execute()
