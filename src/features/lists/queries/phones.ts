import type { Db } from "../../../db/index.ts"

/** The students now in a class with each of their guardians: a line a guardian, one without where there is none. */
export const guardianPhonesOf = (db: Db, classId: number) =>
  db
    .selectFrom("enrolment")
    .innerJoin("student", "student.id", "enrolment.student_id")
    .leftJoin("guardianship", "guardianship.student_id", "student.id")
    .leftJoin("guardian", "guardian.id", "guardianship.guardian_id")
    .where("enrolment.class_id", "=", classId)
    .where("enrolment.ends_on", "is", null)
    .select([
      "student.id",
      "student.surname",
      "student.given_names",
      "guardianship.link",
      "guardian.name",
      "guardian.phone",
      "guardian.phone2",
      "guardian.sms_consent",
    ])
    .orderBy("student.sort_name")
    .orderBy("student.id")
    .orderBy("guardian.id")
    .execute()
