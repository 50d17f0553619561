// What goes by itself when its time is over, and who must be decided about. A person is never erased by a job.
import { sql } from "kysely"
import { chunks, type Db, tx } from "../../db/index.ts"
import type { School } from "../../school.ts"
import { today } from "../../web/french.ts"
import { removeFiles } from "./files.ts"
import { leftBefore } from "./queries/departures.ts"
import { dueToday } from "./queries/due.ts"
import { retentionsIn } from "./queries/settings.ts"
import { type Kind, overSince } from "./rules/retention.ts"

/** Takes away, each night, what the school decided not to keep longer; says how many of each. */
export async function purge(school: School, now: Date): Promise<string> {
  const { db, settings } = school
  const day = today(now, settings.timeZone)
  const kept = await retentionsIn(db, settings.country)
  // what ended on that day has had its whole time only when the day is over
  const before = (kind: Kind) => overSince(kept[kind], day)
  const gone = [
    `${await purgeMessages(db, before("message"))} messages`,
    `${await purgeLinks(db, before("link"))} links`,
    `${await purgeImports(db, before("import"), now.toISOString())} imports emptied`,
    `${await purgeMedical(db, before("medical"), day)} notes on health`,
    `${await purgeLooks(db, before("look"))} looks`,
    `${await purgeExports(db, before("export"))} exports`,
    `${await removeFiles(school)} files`,
  ]
  return gone.join(", ")
}

async function purgeMessages(db: Db, before: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom("outbox")
    .where("created_at", "<", before)
    .where("state", "<>", "waiting")
    .executeTakeFirst()
  return Number(numDeletedRows)
}

function purgeLinks(db: Db, before: string): Promise<number> {
  return tx(db, async (trx) => {
    const old = trx.selectFrom("page_link").select("id").where("expires_at", "<", before)
    await trx.deleteFrom("page_link_opening").where("page_link_id", "in", old).execute()
    const { numDeletedRows } = await trx
      .deleteFrom("page_link")
      .where("expires_at", "<", before)
      .executeTakeFirst()
    return Number(numDeletedRows)
  })
}

/**
 * The lines of old files and what they wrote, value by value, go; that there was an import, when, by whom and how
 * many lines stays. It cannot be undone any more: each of its rows says that it has changed since.
 */
function purgeImports(db: Db, before: string, at: string): Promise<number> {
  return tx(db, async (trx) => {
    const old = await trx
      .selectFrom("import as i")
      .select(["i.id", "i.state", "i.file_path", "i.undo_report"])
      .where("i.created_at", "<", before)
      .where(
        sql<boolean>`(i.state = 'previewed' or exists (select 1 from import_line l where l.import_id = i.id)
          or exists (select 1 from import_change c where c.import_id = i.id and c.after <> '{}'))`,
      )
      .execute()
    for (const { id, state, undo_report } of old) {
      await trx.deleteFrom("import_line").where("import_id", "=", id).execute()
      await trx
        .updateTable("import_change")
        .set({ before: null, after: "{}" })
        .where("import_id", "=", id)
        .execute()
      if (state === "previewed") await trx.deleteFrom("import").where("id", "=", id).execute()
      else if (undo_report) {
        const report = JSON.stringify({ ...JSON.parse(undo_report), kept: [] })
        await trx.updateTable("import").set({ undo_report: report }).where("id", "=", id).execute()
      }
    }
    const needed = new Set(
      (await trx.selectFrom("import").select("file_path").where("created_at", ">=", before).execute()).map(
        ({ file_path }) => file_path,
      ),
    )
    for (const { file_path } of old.filter((one) => !needed.has(one.file_path))) {
      await trx
        .insertInto("file_to_remove")
        .values({ path: file_path, since: at })
        .onConflict((oc) => oc.doNothing())
        .execute()
    }
    return old.length
  })
}

function purgeMedical(db: Db, before: string, day: string): Promise<number> {
  return tx(db, async (trx) => {
    const left = await leftBefore(trx, before, day)
      .where(
        sql<boolean>`student.id in (select student_id from medical_note union select student_id from medical_measure)`,
      )
      .execute()
    for (const some of chunks(left, 1)) {
      const ids = some.map(({ id }) => id)
      for (const table of ["medical_look", "medical_measure", "medical_version", "medical_note"] as const)
        await trx.deleteFrom(table).where("student_id", "in", ids).execute()
    }
    return left.length
  })
}

async function purgeLooks(db: Db, before: string): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom("medical_look").where("at", "<", before).executeTakeFirst()
  return Number(numDeletedRows)
}

async function purgeExports(db: Db, before: string): Promise<number> {
  const lists = await db.deleteFrom("list_export").where("at", "<", before).executeTakeFirst()
  const persons = await db.deleteFrom("privacy_export").where("at", "<", before).executeTakeFirst()
  return Number(lists.numDeletedRows) + Number(persons.numDeletedRows)
}

/** Once a month: who is past their term. They wait for somebody to decide. */
export async function tellDue(school: School, now: Date): Promise<string> {
  const { student, guardian, staff, application } = await dueToday(school, now)
  return `${student} students, ${guardian} guardians, ${staff} staff and ${application} files of enrolment are past their term`
}
