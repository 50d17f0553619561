// Whose marks a person may see and enter. A class subject (one subject of one class) is what a teacher teaches.
import { sql } from "kysely"
import type { Db } from "../../db/index.ts"
import { holds } from "../../permissions.ts"
import { seesAll, type Viewer } from "../people/scope.ts"

const UNDER_WAY = sql<boolean>`c.school_year_id in (select y.id from school_year y where y.current = 1)`

/**
 * The class subjects this person may see: all with `people.all`, else those of the year under way that they
 * teach, or of the class they lead.
 */
export function subjectsSeenBy(db: Db, who: Viewer) {
  const rows = db
    .selectFrom("class_subject as cs")
    .innerJoin("class as c", "c.id", "cs.class_id")
    .innerJoin("subject as s", "s.id", "cs.subject_id")
  if (seesAll(who)) return rows
  const staff = who.staffId ?? -1
  return rows
    .where(UNDER_WAY)
    .where((eb) => eb.or([eb("cs.teacher_id", "=", staff), eb("c.form_teacher_id", "=", staff)]))
}

/** The classes of which this person may see every subject: all with `people.all`, else those led this year. */
export function classesFollowedBy(db: Db, who: Viewer) {
  const classes = db.selectFrom("class as c")
  return seesAll(who) ? classes : classes.where(UNDER_WAY).where("c.form_teacher_id", "=", who.staffId ?? -1)
}

/** May type marks in this class subject: every one with `grades.enter_all`, else one's own. */
export function entersIn(who: Viewer, { teacher_id }: { teacher_id: number | null }): boolean {
  const allowed = (permission: string) => holds(who.permissions, who.roles, permission)
  if (!allowed("grades.enter")) return false
  return allowed("grades.enter_all") || (teacher_id !== null && teacher_id === who.staffId)
}

/** Enrolled in the class on the last day of the period (`ends_on` is the first day out of the class): the students that its bulletins are about. */
export const enrolledIn = (period: { ends_on: string }) =>
  sql<boolean>`(e.starts_on <= ${period.ends_on} and (e.ends_on is null or e.ends_on > ${period.ends_on}))`
