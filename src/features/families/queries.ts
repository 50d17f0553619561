import type { Db } from "../../db/index.ts"
import type { User } from "../../web/request.ts"

const familyStudent = (db: Db) =>
  db
    .selectFrom("student as s")
    // of the year under way: an enrolment of an earlier year may still stand open, and would show a child twice
    .leftJoin("school_year as y", (join) => join.on("y.current", "=", 1))
    .leftJoin("enrolment as e", (join) =>
      join
        .onRef("e.student_id", "=", "s.id")
        .onRef("e.school_year_id", "=", "y.id")
        .on("e.ends_on", "is", null),
    )
    .leftJoin("class as c", "c.id", "e.class_id")
    .select([
      "s.id",
      "s.surname",
      "s.given_names",
      "s.matricule",
      "s.birth_year",
      "s.birth_date",
      "s.sex",
      "c.label as class_label",
    ])

export type Child = NonNullable<Awaited<ReturnType<typeof childById>>>

export const childById = (db: Db, studentId: number) =>
  familyStudent(db).where("s.id", "=", studentId).executeTakeFirst()

/**
 * The children of a guardian's account, without those that this guardian may not see; for a student's account, the
 * student.
 */
export async function childrenOf(db: Db, user: User): Promise<Child[]> {
  return familyStudent(db)
    .where((eb) =>
      eb.or([
        eb("s.id", "=", user.studentId ?? -1),
        eb(
          "s.id",
          "in",
          eb
            .selectFrom("guardianship")
            .select("student_id")
            .where("guardian_id", "=", user.guardianId ?? -1)
            .where("may_see", "=", 1),
        ),
      ]),
    )
    .orderBy("s.sort_name")
    .execute()
}
