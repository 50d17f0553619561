// The register of exports: what was given out about whom, by whom.
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { Person } from "../../../personal.ts"

export const EXPORTS_PAGE = 30

export type Exported = {
  person: Person | "consents"
  person_id: number
  format: "json" | "xlsx" | "csv"
  rows: number
  medical: number
}

export function recordExport(db: Db, by: { id: number }, row: Exported, now: Date): Promise<void> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    await trx
      .insertInto("privacy_export")
      .values({ ...row, at, account_id: by.id })
      .execute()
    const { person, person_id, ...after } = row
    const subject = person === "consents" ? "consents" : person
    await record(trx, by, { subject, subjectId: person_id, action: "exported", after }, at)
  })
}

/** One page of the register, newest first; the name of who was erased since is not there. */
export async function exportsRecorded(db: Db, page: number) {
  const { total } = await db
    .selectFrom("privacy_export")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow()
  const rows = await db
    .selectFrom("privacy_export as x")
    .leftJoin("account as a", "a.id", "x.account_id")
    .leftJoin("student as s", (join) => join.onRef("s.id", "=", "x.person_id").on("x.person", "=", "student"))
    .leftJoin("guardian as g", (join) =>
      join.onRef("g.id", "=", "x.person_id").on("x.person", "=", "guardian"),
    )
    .leftJoin("staff as t", (join) => join.onRef("t.id", "=", "x.person_id").on("x.person", "=", "staff"))
    .select(["x.id", "x.at", "x.person", "x.person_id", "x.format", "x.rows", "x.medical", "a.name as by"])
    .select(["s.surname", "s.given_names", "g.name as guardian"])
    .select(["t.surname as staff_surname", "t.given_names as staff_given_names"])
    .orderBy("x.id", "desc")
    .limit(EXPORTS_PAGE)
    .offset((page - 1) * EXPORTS_PAGE)
    .execute()
  return {
    total: Number(total),
    rows: rows.map(({ surname, given_names, guardian, staff_surname, staff_given_names, ...row }) => ({
      ...row,
      name: (
        guardian ?? `${surname ?? staff_surname ?? ""} ${given_names ?? staff_given_names ?? ""}`
      ).trim(),
    })),
  }
}
