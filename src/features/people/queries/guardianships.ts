// What a guardian is to one child: made, changed, taken away; both cards' histories tell it.
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import type { GuardianLink } from "../choices.ts"
import { differences } from "../conflict.ts"

/** The child and what the guardian is to it; what is not said of an existing link stays. */
export type Child = {
  studentId: number
  studentName: string
  link: GuardianLink
  informed: boolean
  lives_with?: number | null
  /** false: this guardian may neither see the child's page nor be told of it */
  may_see?: boolean
  /** why not, for who may change guardians; never in the trail, which others read */
  unseen_reason?: string | null
}

type Named = { id: number; name: string }

/** Makes or changes the link between a guardian and a student; how many messages that waited it stopped. */
export function linkGuardian(
  db: Db,
  by: User,
  guardian: Named,
  { studentId, studentName, unseen_reason, ...child }: Child,
  now: Date,
): Promise<number> {
  const at = now.toISOString()
  const said = {
    link: child.link,
    informed: Number(child.informed),
    ...(child.lives_with !== undefined && { lives_with: child.lives_with }),
    ...(child.may_see !== undefined && { may_see: Number(child.may_see) }),
  }
  const set = { ...said, ...(unseen_reason !== undefined && { unseen_reason }) }
  return tx(db, async (trx) => {
    const had = await trx
      .selectFrom("guardianship")
      .select(["link", "informed", "may_see", "lives_with", "unseen_reason"])
      .where("guardian_id", "=", guardian.id)
      .where("student_id", "=", studentId)
      .executeTakeFirst()
    if (had && !differences(had, set)) return 0
    await trx
      .insertInto("guardianship")
      .values({ guardian_id: guardian.id, student_id: studentId, ...set })
      .onConflict((oc) => oc.columns(["guardian_id", "student_id"]).doUpdateSet(set))
      .execute()
    const { unseen_reason: _secret, ...before } = had ?? { unseen_reason: null }
    const told = had ? (differences(before, said) ?? { before: {}, after: {} }) : { before: {}, after: said }
    const action = had ? "guardian_changed" : "guardian_added"
    await record(trx, by, linkChanges(action, guardian, { studentId, studentName }, told), at)
    return set.may_see === 0 ? stopMessages(trx, guardian.id, studentId) : 0
  })
}

/**
 * Stops the SMS about a child that still wait for this guardian. One that is about several children has a link to
 * the page of each, made at the same moment.
 */
async function stopMessages(trx: Db, guardianId: number, studentId: number): Promise<number> {
  const stopped = await trx
    .updateTable("outbox")
    .set({ state: "cancelled" })
    .where("guardian_id", "=", guardianId)
    .where("state", "=", "waiting")
    .where((eb) =>
      eb.or([
        eb("student_id", "=", studentId),
        eb(
          "created_at",
          "in",
          eb
            .selectFrom("page_link")
            .select("page_link.created_at")
            .where("page_link.guardian_id", "=", guardianId)
            .where("page_link.student_id", "=", studentId),
        ),
      ]),
    )
    .returning("id")
    .execute()
  return stopped.length
}

/** Takes the link away; false when it was already gone. */
export function unlinkGuardian(
  db: Db,
  by: User,
  guardian: Named,
  child: { studentId: number; studentName: string },
  now: Date,
): Promise<boolean> {
  return tx(db, async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom("guardianship")
      .where("guardian_id", "=", guardian.id)
      .where("student_id", "=", child.studentId)
      .executeTakeFirst()
    if (numDeletedRows === 0n) return false
    await stopMessages(trx, guardian.id, child.studentId)
    const told = { before: {}, after: {} }
    await record(trx, by, linkChanges("guardian_removed", guardian, child, told), now.toISOString())
    return true
  })
}

const linkChanges = (
  action: string,
  guardian: Named,
  child: { studentId: number; studentName: string },
  { before, after }: { before: object; after: object },
) => [
  {
    subject: "student",
    subjectId: child.studentId,
    action,
    before,
    after: { guardian: guardian.name, ...after },
  },
  {
    subject: "guardian",
    subjectId: guardian.id,
    action,
    before,
    after: { student: child.studentName, ...after },
  },
]
