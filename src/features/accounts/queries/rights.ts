import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import { allPermissions } from "../../../permissions.ts"
import { Refusal } from "../../../web/refusal.ts"
import { sha256 } from "../../../web/signing.ts"
import type { RightChange } from "../rules/rights.ts"

/** Names the school's departures from the defaults as they are now: a form made before another change is refused. */
export async function rightsNow(db: Db): Promise<string> {
  const rows = await db
    .selectFrom("role_permission")
    .selectAll()
    .orderBy("role")
    .orderBy("permission")
    .execute()
  return sha256(JSON.stringify(rows)).slice(0, 16)
}

/** Keeps only what departs from the product's defaults; one line of the audit trail per right. */
export function changeRights(
  db: Db,
  by: { id: number },
  changes: readonly RightChange[],
  { seen, at }: { seen: string; at: string },
): Promise<void> {
  const usual = new Map(allPermissions().map(({ permission, roles }) => [permission, roles]))
  return tx(db, async (trx) => {
    if ((await rightsNow(trx)) !== seen) {
      throw new Refusal(
        409,
        "Les droits ont été changés par quelqu’un d’autre entre-temps : rien n’a été enregistré. Revenez à la page, rechargez-la et recommencez.",
      )
    }
    for (const { role, permission, granted } of changes) {
      await trx
        .deleteFrom("role_permission")
        .where("role", "=", role)
        .where("permission", "=", permission)
        .execute()
      if (granted === (usual.get(permission)?.includes(role) ?? false)) continue
      await trx
        .insertInto("role_permission")
        .values({ role, permission, granted: granted ? 1 : 0 })
        .execute()
    }
    await record(
      trx,
      by,
      changes.map(({ role, permission, granted }) => ({
        subject: "role_permission",
        subjectId: 0,
        action: granted ? "right_given" : "right_taken",
        after: { role, permission },
      })),
      at,
    )
  })
}
