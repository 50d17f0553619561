// Who may be the same child: students of the school, other files.
import type { Db } from "../../../db/index.ts"
import { probableDouble } from "../../people/rules.ts"
import { isEnd } from "../rules/states.ts"
import type { Application } from "./applications.ts"

/** Students with the same folded name whose births do not contradict, or with the same matricule. */
export async function studentsLike(db: Db, file: Application, matricule = file.matricule) {
  const found = await db
    .selectFrom("student")
    .leftJoin("enrolment", (join) =>
      join
        .onRef("enrolment.student_id", "=", "student.id")
        .on("enrolment.school_year_id", "=", file.school_year_id)
        .on("enrolment.ends_on", "is", null),
    )
    .leftJoin("class", "class.id", "enrolment.class_id")
    .select([
      "student.id",
      "student.surname",
      "student.given_names",
      "student.sex",
      "student.birth_date",
      "student.birth_year",
      "student.birth_approximate",
      "student.birth_place",
      "student.matricule",
      "student.internal_number",
      "student.father_name",
      "student.mother_name",
      "student.previous_school",
      "student.status",
      "class.label as class_label",
    ])
    .where("student.merged_into", "is", null)
    .where((eb) =>
      eb.or([
        eb("student.sort_name", "=", file.sort_name),
        ...(matricule ? [eb("student.matricule", "=", matricule)] : []),
        ...(file.student_id ? [eb("student.id", "=", file.student_id)] : []),
      ]),
    )
    .orderBy("student.id")
    .limit(20)
    .execute()
  return found.filter(
    (student) =>
      (matricule !== null && student.matricule === matricule) ||
      student.id === file.student_id ||
      probableDouble(student, file),
  )
}

/** Other files that seem to be about this child, and were not closed. */
export async function filesLike(db: Db, file: Application) {
  const found = await db
    .selectFrom("application")
    .select(["id", "reference", "state", "surname", "given_names", "birth_date", "birth_year", "created_at"])
    .where("sort_name", "=", file.sort_name)
    .where("id", "!=", file.id)
    .orderBy("id")
    .limit(20)
    .execute()
  return found.filter((other) => !isEnd(other.state) && probableDouble(other, file))
}
