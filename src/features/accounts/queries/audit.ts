import type { Db } from "../../../db/index.ts"
import { fullName } from "../../people/naming.ts"

export const PAGE = 50

export type AuditFilter = {
  account: number | null
  subject: string | null
  subjectId: number | null
  /** moments, UTC: from the first, before the second */
  from: string | null
  before: string | null
}

function auditWhere(db: Db, { account, subject, subjectId, from, before }: AuditFilter) {
  let rows = db.selectFrom("audit as t")
  if (account !== null) rows = rows.where("t.account_id", "=", account)
  if (subject) rows = rows.where("t.subject", "=", subject)
  if (subjectId !== null) rows = rows.where("t.subject_id", "=", subjectId)
  if (from) rows = rows.where("t.at", ">=", from)
  if (before) rows = rows.where("t.at", "<", before)
  return rows
}

/** One page of the trail, newest first, and how many lines there are. */
export async function auditFound(db: Db, filter: AuditFilter, page: number) {
  const { total } = await auditWhere(db, filter)
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow()
  const rows = await auditWhere(db, filter)
    .leftJoin("account as a", "a.id", "t.account_id")
    .leftJoin("account as c", (join) =>
      join.onRef("c.id", "=", "t.subject_id").on("t.subject", "=", "account"),
    )
    .leftJoin("student as p", (join) =>
      join.onRef("p.id", "=", "t.subject_id").on("t.subject", "=", "student"),
    )
    .leftJoin("guardian as g", (join) =>
      join.onRef("g.id", "=", "t.subject_id").on("t.subject", "=", "guardian"),
    )
    .leftJoin("staff as s", (join) => join.onRef("s.id", "=", "t.subject_id").on("t.subject", "=", "staff"))
    .select(["c.name as account_name", "g.name as guardian_name"])
    .select(["p.surname as student_surname", "p.given_names as student_given_names"])
    .select(["s.surname as staff_surname", "s.given_names as staff_given_names"])
    .select(["t.id", "t.at", "t.subject", "t.subject_id", "t.action", "t.before", "t.after", "t.reason"])
    .select(["t.account_id", "a.name"])
    .orderBy("t.id", "desc")
    .limit(PAGE)
    .offset((page - 1) * PAGE)
    .execute()
  return { total: Number(total), rows: rows.map((row) => ({ ...row, subject_name: nameIn(row) })) }
}

/** Whom a line is about, where it is about a person. */
const nameIn = (
  row: Record<`${"account" | "guardian"}_name`, string | null> &
    Record<`${"student" | "staff"}_${"surname" | "given_names"}`, string | null>,
) =>
  row.account_name ??
  row.guardian_name ??
  fullName(
    row.student_surname ?? row.staff_surname ?? "",
    row.student_given_names ?? row.staff_given_names ?? "",
  )

/** Those who work here and may have changed something. */
export const authors = (db: Db) =>
  db
    .selectFrom("account as a")
    .innerJoin("staff as s", "s.id", "a.staff_id")
    .select(["a.id", "a.name"])
    .orderBy("s.folded")
    .execute()
