// A guardian's proposals: what waits, what was decided, and a new one or another version of the one that waits.
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import { DAY_MS } from "../../../web/days.ts"
import { MOST_A_DAY, waitingKey } from "../rules.ts"

export type Line = { field: string; value: string; held: string | null }

export type Proposal = {
  student: number
  guardian: number
  source: "account" | "link"
  lines: readonly Line[]
  remark: string | null
}

class TooMany extends Error {}

/** Writes the proposal in place of the one that waits, if one does; « too many » for today's sixth. */
export async function propose(
  db: Db,
  by: { id: number } | null,
  proposal: Proposal,
  now: Date,
): Promise<"sent" | "too many"> {
  try {
    await tx(db, (trx) => writeProposal(trx, by, proposal, now))
    return "sent"
  } catch (problem) {
    if (problem instanceof TooMany) return "too many"
    throw problem
  }
}

async function writeProposal(trx: Db, by: { id: number } | null, proposal: Proposal, now: Date) {
  const { student, guardian, source, lines, remark } = proposal
  const at = now.toISOString()
  const key = waitingKey(student, guardian)
  const said = { source, remark, updated_at: at }
  const { id, version } = await trx
    .insertInto("correction")
    .values({
      ...said,
      student_id: student,
      guardian_id: guardian,
      state: "waiting",
      waiting_key: key,
      sent_at: at,
    })
    // the row is held from here on: what is counted below is counted one sending after the other
    .onConflict((oc) =>
      oc.column("waiting_key").doUpdateSet((eb) => ({ ...said, version: eb("correction.version", "+", 1) })),
    )
    .returning(["id", "version"])
    .executeTakeFirstOrThrow()
  if ((await sentSince(trx, guardian, new Date(now.getTime() - DAY_MS))) >= MOST_A_DAY) throw new TooMany()
  await trx
    .insertInto("correction_sending")
    .values({ correction_id: id, guardian_id: guardian, sent_at: at })
    .execute()
  await trx.deleteFrom("correction_field").where("correction_id", "=", id).execute()
  const rows = lines.map(({ field, value, held }) => ({ correction_id: id, field, proposed: value, held }))
  if (rows.length > 0) await trx.insertInto("correction_field").values(rows).execute()
  const after = { ...Object.fromEntries(lines.map(({ field, value }) => [field, value])), remark, source }
  const action = version === 1 ? "created" : "changed"
  await record(trx, by, { subject: "correction", subjectId: id, action, after }, at)
}

async function sentSince(db: Db, guardian: number, since: Date): Promise<number> {
  const { n } = await db
    .selectFrom("correction_sending")
    .where("guardian_id", "=", guardian)
    .where("sent_at", ">", since.toISOString())
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** This guardian's proposals about this child, the latest first, with their lines; the last few. */
export async function proposalsOf(db: Db, student: number, guardian: number) {
  const corrections = await db
    .selectFrom("correction")
    .selectAll()
    .where("student_id", "=", student)
    .where("guardian_id", "=", guardian)
    .orderBy("id", "desc")
    .limit(5)
    .execute()
  const lines = await linesOf(
    db,
    corrections.map(({ id }) => id),
  )
  return corrections.map((one) => ({
    ...one,
    lines: lines.filter(({ correction_id }) => correction_id === one.id),
  }))
}

export async function linesOf(db: Db, corrections: readonly number[]) {
  if (corrections.length === 0) return []
  return db.selectFrom("correction_field").selectAll().where("correction_id", "in", corrections).execute()
}

/** The cards that a proposal is about. */
export async function cardsOf(db: Db, student: number, guardian: number) {
  const child = await db.selectFrom("student").selectAll().where("id", "=", student).executeTakeFirstOrThrow()
  const parent = await db
    .selectFrom("guardian")
    .selectAll()
    .where("id", "=", guardian)
    .executeTakeFirstOrThrow()
  return { student: child, guardian: parent }
}
