// The register of looks: a page with medical notes is only shown within one of them.
import type { Db } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import { studentsSeenBy, type Viewer } from "../../people/scope.ts"
import { lookEnds } from "../rules.ts"

export const LOOKS_PAGE = 50

/** The look under which this session may be shown this student's notes now. */
export const lookUnderWay = (db: Db, by: User, studentId: number, now: Date) =>
  db
    .selectFrom("medical_look")
    .select(["id", "at", "until"])
    .where("student_id", "=", studentId)
    .where("session", "=", by.session)
    .where("account_id", "=", by.id)
    .where("until", ">", now.toISOString())
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst()

/** Records a look, unless this session's last one still runs: a button pressed twice is one look. */
export async function recordLook(
  db: Db,
  by: User,
  studentId: number,
  { reason, now }: { reason: string | null; now: Date },
): Promise<void> {
  if (await lookUnderWay(db, by, studentId, now)) return
  await db
    .insertInto("medical_look")
    .values({
      student_id: studentId,
      account_id: by.id,
      at: now.toISOString(),
      until: lookEnds(now),
      session: by.session,
      reason,
    })
    .execute()
}

/** One page of the looks at the students this person may see, or at one of them, the newest first. */
export async function looksFound(db: Db, who: Viewer, { student, page }: { student?: number; page: number }) {
  let looks = studentsSeenBy(db, who)
    .innerJoin("medical_look as l", "l.student_id", "student.id")
    .leftJoin("account as a", "a.id", "l.account_id")
  if (student !== undefined) looks = looks.where("student.id", "=", student)
  const { total } = await looks
    .select((eb) => eb.fn.count<number>("l.id").as("total"))
    .executeTakeFirstOrThrow()
  const rows = await looks
    .select(["l.id", "l.at", "l.reason", "a.name as by"])
    .select(["student.id as student_id", "student.surname", "student.given_names"])
    .orderBy("l.id", "desc")
    .limit(LOOKS_PAGE)
    .offset((page - 1) * LOOKS_PAGE)
    .execute()
  return { rows, total: Number(total) }
}
