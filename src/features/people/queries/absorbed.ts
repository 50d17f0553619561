import type { Db } from "../../../db/index.ts"
import { guardiansSeenBy, studentsSeenBy, type Viewer } from "../scope.ts"

/** The card kept in place of this one, when there is such a card and this person may see it. */
export async function keptInstead(
  db: Db,
  who: Viewer,
  kind: "student" | "guardian" | "staff",
  id: number,
): Promise<number | null> {
  const absorbed = await db.selectFrom(kind).select("merged_into").where("id", "=", id).executeTakeFirst()
  const kept = absorbed?.merged_into
  if (!kept) return null
  const seen = {
    student: () =>
      studentsSeenBy(db, who).select("student.id").where("student.id", "=", kept).executeTakeFirst(),
    guardian: () =>
      guardiansSeenBy(db, who).select("guardian.id").where("guardian.id", "=", kept).executeTakeFirst(),
    staff: () => db.selectFrom("staff").select("id").where("id", "=", kept).executeTakeFirst(),
  }
  return (await seen[kind]()) ? kept : null
}
