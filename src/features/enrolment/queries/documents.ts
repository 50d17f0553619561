// The documents of a file: which are asked for, which were handed in, when.
import { sql } from "kysely"
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import { queueMessages } from "../../messages/queries.ts"
import type { ChecklistLine } from "../rules/checklist.ts"
import { missing } from "../rules/checklist.ts"
import { missingMessages } from "../sms.ts"
import { type Application, type ApplicationGuardian, meanwhile, touch } from "./applications.ts"
import { addEvent } from "./history.ts"

/** Every kind of document, in the school's order, with the levels that ask for it (none: all of them). */
export async function documentKinds(db: Db) {
  const rows = await db
    .selectFrom("enrolment_document as d")
    .select(["d.id", "d.label", "d.required", "d.active"])
    .select(
      sql<string | null>`(select string_agg(l.level_code, ',') from enrolment_document_level l
        where l.document_id = d.id)`.as("levels"),
    )
    .orderBy("d.position")
    .orderBy("d.id")
    .execute()
  return rows.map((row) => ({ ...row, levels: row.levels?.split(",") ?? [] }))
}

export type KindRow = Awaited<ReturnType<typeof documentKinds>>[number]

export const handedOf = (db: Db, application: number) =>
  db
    .selectFrom("application_document")
    .select(["document_id", "claimed", "given_on"])
    .where("application_id", "=", application)
    .execute()

export type Saving = {
  file: Application
  version: number
  lines: readonly ChecklistLine[]
  /** what is ticked now, with its day */
  given: ReadonlyMap<number, string>
  /** tell the family what is missing, by SMS: the school's short name, the address to follow the file */
  tell: { school: string; url: string; guardians: readonly ApplicationGuardian[] } | null
  now: Date
}

/**
 * Writes what was handed in and what was taken back; the first look at the documents moves the file from
 * « received » to « documents ». Throws a 409 when somebody changed the file meanwhile. `told`: new SMS.
 */
export function saveChecklist(db: Db, by: { id: number }, saving: Saving) {
  const { file, version, lines, given, tell } = saving
  const at = saving.now.toISOString()
  return tx(db, async (trx) => {
    const now = lines.map((line) => ({ ...line, given_on: given.get(line.id) ?? null }))
    const changes = now.filter((line, n) => line.given_on !== lines[n]?.given_on)
    const first = file.state === "received"
    const to = first ? "documents" : file.state
    const told = tell ? await tellMissing(trx, file, now, tell, at) : 0
    if (changes.length === 0 && !first && told === 0) return { changed: false, told }
    if (file.version !== version || !(await touch(trx, file, { state: to }, at))) throw meanwhile()
    for (const { id, given_on } of changes) await writeHanded(trx, file.id, id, given_on)
    const details = { given: labels(changes, true), taken: labels(changes, false), told }
    const action = first ? "documents" : changes.length > 0 ? "checklist" : "told"
    const event = { application_id: file.id, action, from: file.state, to, details } as const
    await addEvent(trx, event, by, at)
    const [before, after] = [daysOf(lines, changes), daysOf(now, changes)]
    const change = { subject: "application", subjectId: file.id, action: "documents", before }
    await record(trx, by, { ...change, after: { ...after, state: to, version: version + 1 } }, at)
    return { changed: changes.length > 0, told }
  })
}

const labels = (lines: readonly ChecklistLine[], given: boolean) =>
  lines.filter(({ given_on }) => Boolean(given_on) === given).map(({ label }) => label)

const daysOf = (lines: readonly ChecklistLine[], of: readonly ChecklistLine[]) =>
  Object.fromEntries(
    lines.filter(({ id }) => of.some((one) => one.id === id)).map(({ label, given_on }) => [label, given_on]),
  )

const writeHanded = (trx: Db, application_id: number, document_id: number, given_on: string | null) =>
  trx
    .insertInto("application_document")
    .values({ application_id, document_id, given_on })
    .onConflict((oc) => oc.columns(["application_id", "document_id"]).doUpdateSet({ given_on }))
    .execute()

const tellMissing = (
  trx: Db,
  file: Application,
  lines: readonly ChecklistLine[],
  { school, url, guardians }: NonNullable<Saving["tell"]>,
  at: string,
) => queueMessages(trx, missingMessages({ school, file, missing: missing(lines), url }, guardians), at)
