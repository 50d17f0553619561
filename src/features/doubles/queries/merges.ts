// The merges made so far, and where an absorbed card went.
import type { Db } from "../../../db/index.ts"
import type { Person } from "../../../personal.ts"

const merges = (db: Db) =>
  db
    .selectFrom("merge")
    .leftJoin("account as maker", "maker.id", "merge.merged_by")
    .leftJoin("account as undoer", "undoer.id", "merge.undone_by")
    .selectAll("merge")
    .select(["maker.name as by", "undoer.name as undone_by_name"])

type MergeRow = Awaited<ReturnType<typeof firstMerge>>
const firstMerge = (db: Db) => merges(db).executeTakeFirstOrThrow()

const told = ({ student_id, guardian_id, staff_id, ...row }: MergeRow) => ({
  ...row,
  kind: (student_id ? "student" : guardian_id ? "guardian" : "staff") as Person,
  kept: (student_id ?? guardian_id ?? staff_id) as number,
})

export type FoundMerge = ReturnType<typeof told>

/** One page of merges of these kinds, the latest first; one more than `size` where there are others. */
export async function listMerges(db: Db, kinds: readonly Person[], page: number, size: number) {
  const rows = await merges(db)
    .where((eb) => eb.or(kinds.map((kind) => eb(`merge.${kind}_id`, "is not", null))))
    .orderBy("merge.id", "desc")
    .limit(size + 1)
    .offset((page - 1) * size)
    .execute()
  return { merges: rows.slice(0, size).map(told), more: rows.length > size }
}

export async function findMerge(db: Db, id: number): Promise<FoundMerge | undefined> {
  const row = await merges(db).where("merge.id", "=", id).executeTakeFirst()
  return row && told(row)
}

/** How many rows of each table a merge moved, changed or put aside. */
export function writtenBy(db: Db, merge: number) {
  return db
    .selectFrom("merge_row")
    .select((eb) => [
      "table_name",
      eb.fn.countAll<number>().as("rows"),
      eb.fn.count<number>("after").as("kept"),
    ])
    .where("merge_id", "=", merge)
    .groupBy("table_name")
    .execute()
}
