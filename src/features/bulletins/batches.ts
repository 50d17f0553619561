// Many classes published in one go: asked for in a table, done one after the other, taken up again after a power cut.
import { record } from "../../audit.ts"
import { type Db, tx } from "../../db/index.ts"
import type { School } from "../../school.ts"
import { Refusal } from "../../web/refusal.ts"
import { makeFiles } from "./files.ts"
import { publish } from "./publication.ts"
import { nextInBatches } from "./queries/batches.ts"
import { release } from "./release.ts"

export type BatchAsked = {
  periodId: number
  /** each with the version that the person saw */
  classes: readonly { id: number; seenVersion: number }[]
  visibleAt: string | null
  reason: string | null
}

/** Asks for the publication of several classes; gives the batch's number. */
export function startBatch(db: Db, by: { id: number }, asked: BatchAsked, at: string): Promise<number> {
  return tx(db, async (trx) => {
    const row = {
      period_id: asked.periodId,
      state: "running" as const,
      visible_at: asked.visibleAt,
      reason: asked.reason,
      asked_by: by.id,
      asked_at: at,
    }
    const { id } = await trx
      .insertInto("bulletin_batch")
      .values(row)
      .returning("id")
      .executeTakeFirstOrThrow()
    await trx
      .insertInto("bulletin_batch_class")
      .values(
        asked.classes.map(({ id: class_id, seenVersion }) => ({
          batch_id: id,
          class_id,
          seen_version: seenVersion,
          state: "waiting" as const,
        })),
      )
      .execute()
    const after = { period: asked.periodId, classes: asked.classes.length, visibleAt: asked.visibleAt }
    await record(trx, by, { subject: "bulletin_batch", subjectId: id, action: "started", after }, at)
    return id
  })
}

/** Leaves the classes that are not yet done; those that are stay published. False when it had ended. */
export function cancelBatch(db: Db, by: { id: number }, batchId: number, at: string): Promise<boolean> {
  return tx(db, async (trx) => {
    const ended = await trx
      .updateTable("bulletin_batch")
      .set({ state: "cancelled", ended_at: at })
      .where("id", "=", batchId)
      .where("state", "=", "running")
      .returning("id")
      .executeTakeFirst()
    if (!ended) return false
    await trx
      .updateTable("bulletin_batch_class")
      .set({ state: "cancelled" })
      .where("batch_id", "=", batchId)
      .where("state", "=", "waiting")
      .execute()
    await record(trx, by, { subject: "bulletin_batch", subjectId: batchId, action: "cancelled" }, at)
    return true
  })
}

const running = new WeakMap<School, Promise<number>>()

/**
 * Publishes what batches still wait for, in the background, then makes the files; a second call joins the first.
 * Gives how many classes were published.
 */
export function runBatches(school: School, now: Date): Promise<number> {
  const under = running.get(school)
  if (under) return under
  const work = (async () => {
    let published = 0
    for (let next = await nextInBatches(school.db); next; next = await nextInBatches(school.db)) {
      if (await publishNext(school, next, now)) published++
    }
    if (published > 0) {
      await release(school, now)
      await makeFiles(school, now)
    }
    return published
  })().finally(() => running.delete(school))
  running.set(school, work)
  return work
}

type Next = NonNullable<Awaited<ReturnType<typeof nextInBatches>>>

/** One class; ticked off in the transaction that publishes it, so that it is published once whatever happens. */
async function publishNext(school: School, next: Next, now: Date): Promise<boolean> {
  const at = now.toISOString()
  const tick = (trx: Db, set: { state: "done" | "refused"; publication_id?: number; problem?: string }) =>
    trx
      .updateTable("bulletin_batch_class")
      .set(set)
      .where("batch_id", "=", next.batch_id)
      .where("class_id", "=", next.class_id)
      .where("state", "=", "waiting")
      .returning("class_id")
      .executeTakeFirst()
  let published = true
  try {
    const of = { classId: next.class_id, periodId: next.period_id, seenVersion: next.seen_version }
    const also = async (trx: Db, publication_id: number) => {
      const ticked = await tick(trx, { state: "done", publication_id })
      if (!ticked) throw new Refusal(409, "Cette publication a été annulée.")
    }
    const { reason, visible_at: visibleAt } = next
    await publish(school, { id: next.asked_by }, { ...of, reason, visibleAt, also }, now)
  } catch (problem) {
    published = false
    const sentence = problem instanceof Refusal ? problem.message : `Erreur imprévue : ${String(problem)}`
    await tick(school.db, { state: "refused", problem: sentence.slice(0, 500) })
  }
  await school.db
    .updateTable("bulletin_batch")
    .set({ state: "done", ended_at: at })
    .where("id", "=", next.batch_id)
    .where("state", "=", "running")
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("bulletin_batch_class")
            .select("class_id")
            .where("batch_id", "=", next.batch_id)
            .where("state", "=", "waiting"),
        ),
      ),
    )
    .execute()
  return published
}
