// Files of enrolment that came to nothing: children and parents whom the school never received.
import { sql } from "kysely"
import { record } from "../../../audit.ts"
import { chunks, type Db, tx } from "../../../db/index.ts"
import { identityOf } from "../rules/markers.ts"
import { applicationsDue } from "./departures.ts"
import type { Erasing } from "./erasing.ts"
import { heldAbout } from "./holdings.ts"
import { blankAudit, scrub } from "./traces.ts"

/** How many went, with everything that belongs to them. */
export function eraseApplications(db: Db, { asking, by, prefix, now }: Erasing): Promise<number> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const due = await applicationsDue(trx, asking)
      .select(["id", "surname", "given_names", "address", "matricule", "internal_number"])
      .execute()
    const ids = due.map(({ id }) => id)
    if (ids.length === 0) return 0
    const guardians = await trx
      .selectFrom("application_guardian")
      .select(["application_id", "name", "phone"])
      .where("application_id", "in", ids)
      .execute()
    const parts = heldAbout("student").find(({ table }) => table === "application")?.parts ?? []
    for (const some of chunks(ids, 1)) {
      for (const part of parts) {
        await sql`delete from ${sql.table(part.table)} where ${sql.ref(part.column)} in (${sql.join(some)})`.execute(
          trx,
        )
      }
      await trx.deleteFrom("application").where("id", "in", some).execute()
    }
    await blankAudit(trx, new Map([["application", ids]]))
    await scrub(trx, [...due.map(({ id, ...one }) => identityOf(one)), ...guardians.map(identityOf)], prefix)
    await trx
      .insertInto("erasure")
      .values(
        ids.map((id) => ({
          person: "application" as const,
          person_id: id,
          at,
          account_id: by.id,
          reason: null,
          report: "{}",
        })),
      )
      .execute()
    await record(
      trx,
      by,
      ids.map((id) => ({ subject: "application", subjectId: id, action: "erased" })),
      at,
    )
    return ids.length
  })
}
