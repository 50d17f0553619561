// Who leaves with the year is out of the school from the day after its last one, not before: until then classes,
// lists and marks of the year still have them.
import { record } from "../../../audit.ts"
import { chunks, type Db } from "../../../db/index.ts"
import { ENDING_WORDS, type Ending } from "../rules/decisions.ts"

type When = {
  /** the school's own day, ISO */
  today: string
  at: string
  /** only the departures of this run */
  run?: number
}

/**
 * Writes the departures whose day has come; how many. One that is no longer true (the student left earlier, changed
 * class, or has a place in the new year after all) is settled without being written. A card's version counts changes of
 * its own columns: a card that somebody has open stays right.
 */
export async function settleDepartures(
  trx: Db,
  by: { id: number } | null,
  { today, at, run }: When,
): Promise<number> {
  let rows = trx
    .selectFrom("reenrolment_case as k")
    .innerJoin("reenrolment_run as u", "u.id", "k.run_id")
    .innerJoin("enrolment as e", "e.id", "k.enrolment_id")
    .innerJoin("student as s", "s.id", "k.student_id")
    .innerJoin("class as c", "c.id", "k.class_id")
    .leftJoin("enrolment as n", (join) =>
      join.onRef("n.student_id", "=", "k.student_id").onRef("n.school_year_id", "=", "u.to_year_id"),
    )
    .where("k.outcome", "=", "leaving")
    .where("k.settled_at", "is", null)
    .where("u.undone_at", "is", null)
    .where("k.effective_on", "<=", today)
  if (run !== undefined) rows = rows.where("k.run_id", "=", run)
  const due = await rows
    .select(["k.id", "k.student_id", "k.enrolment_id", "k.ending", "k.effective_on", "c.label", "s.status"])
    .select(["e.ends_on", "n.id as next"])
    .execute()
  const now = due.filter(
    ({ ends_on, next, status }) => ends_on === null && next === null && status === "active",
  )
  const alike = new Map<string, Due[]>()
  for (const one of now) {
    const key = `${one.ending} ${one.effective_on}`
    alike.set(key, [...(alike.get(key) ?? []), one])
  }
  for (const group of alike.values()) for (const part of chunks(group, 1)) await close(trx, part)
  for (const part of chunks(now, 1)) {
    const ids = part.map(({ student_id }) => student_id)
    await trx.updateTable("student").set({ status: "withdrawn" }).where("id", "in", ids).execute()
    const kept = { settled_at: at, after: JSON.stringify({ status: "withdrawn" }) }
    const settled = part.map(({ id }) => id)
    await trx.updateTable("reenrolment_case").set(kept).where("id", "in", settled).execute()
  }
  const written = new Set(now.map(({ id }) => id))
  for (const part of chunks(
    due.filter(({ id }) => !written.has(id)),
    1,
  )) {
    const ids = part.map(({ id }) => id)
    await trx.updateTable("reenrolment_case").set({ settled_at: at }).where("id", "in", ids).execute()
  }
  const changes = now.map(({ student_id, ending, effective_on, label }) => ({
    subject: "student",
    subjectId: student_id,
    action: "withdrawn",
    before: { class: label },
    after: { on: effective_on },
    reason: `Passage en année supérieure : ${ENDING_WORDS[ending ?? "withdrawn"]}`,
  }))
  await record(trx, by, changes, at)
  return now.length
}

type Due = { enrolment_id: number | null; effective_on: string | null; ending: Ending | null }

/** Closes the enrolments of those who leave on one day for one reason. */
async function close(trx: Db, part: readonly Due[]): Promise<void> {
  const [first] = part
  const ids = part.flatMap(({ enrolment_id }) => enrolment_id ?? [])
  if (!first || ids.length === 0) return
  await trx
    .updateTable("enrolment")
    .set({ ends_on: first.effective_on, end_reason: first.ending ?? "withdrawn" })
    .where("id", "in", ids)
    .where("ends_on", "is", null)
    .execute()
}
