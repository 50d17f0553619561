// Who may see whom. Every other query about students starts here or takes a row that came from here.
import { sql } from "kysely"
import type { Db } from "../../db/index.ts"
import { holds, type Permissions } from "../../permissions.ts"
import type { User } from "../../web/request.ts"

/** The person asking, with this school's permissions. */
export type Viewer = Pick<User, "id" | "roles" | "staffId" | "guardianId" | "studentId"> & {
  permissions: Permissions
}

/** Who asks, for the scopes: `viewer(req)`. */
export const viewer = (req: { member: User; school: { permissions: Permissions } }): Viewer => ({
  ...req.member,
  permissions: req.school.permissions,
})

/** May see every student, not only those of one's own classes or family. */
export const seesAll = (who: Viewer) => holds(who.permissions, who.roles, "people.all")

/**
 * The students this person may see, absorbed and erased cards never: all with `people.all`; for a teacher those of
 * the classes taught or led in the year under way, whatever was taught before; for a guardian the children, but for
 * those that a court or the school keeps from this guardian; for a student, oneself.
 */
export function studentsSeenBy(db: Db, who: Viewer) {
  const students = db
    .selectFrom("student")
    .where("student.merged_into", "is", null)
    .where("student.status", "<>", "erased")
  if (seesAll(who)) return students
  const staff = who.staffId ?? -1
  const inClasses = sql<boolean>`student.id in (
    select e.student_id from enrolment e join school_year y on y.id = e.school_year_id and y.current = 1
    where e.ends_on is null and e.class_id in (
      select c.id from class c where c.form_teacher_id = ${staff}
      union select cs.class_id from class_subject cs where cs.teacher_id = ${staff}))`
  const ownChildren = sql<boolean>`student.id in (
    select g.student_id from guardianship g where g.guardian_id = ${who.guardianId ?? -1} and g.may_see = 1)`
  return students.where((eb) =>
    eb.or([
      ...(holds(who.permissions, who.roles, "people.own") ? [inClasses] : []),
      ownChildren,
      eb("student.id", "=", who.studentId ?? -1),
    ]),
  )
}

const UNDER_WAY = sql<boolean>`class.school_year_id in (select y.id from school_year y where y.current = 1)`

/** The classes this person may see: all with `people.all`, else those taught or led in the year under way. */
export function classesSeenBy(db: Db, who: Viewer) {
  const classes = db.selectFrom("class")
  if (seesAll(who)) return classes
  const staff = who.staffId ?? -1
  return classes
    .where(UNDER_WAY)
    .where((eb) =>
      eb.or([
        eb("class.form_teacher_id", "=", staff),
        sql<boolean>`class.id in (select cs.class_id from class_subject cs where cs.teacher_id = ${staff})`,
      ]),
    )
}

/** The guardians this person may see: all with `people.all`, else those of the students seen. */
export function guardiansSeenBy(db: Db, who: Viewer) {
  const guardians = db.selectFrom("guardian").where("guardian.merged_into", "is", null)
  if (seesAll(who)) return guardians
  const students = studentsSeenBy(db, who).select("student.id")
  const theirs = db.selectFrom("guardianship").select("guardian_id").where("student_id", "in", students)
  return guardians.where("guardian.id", "in", theirs)
}
