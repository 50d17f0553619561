// The same arithmetic for many classes at once: as many questions as for one.
import { setImmediate as nextTurn } from "node:timers/promises"
import type { Db } from "../../db/index.ts"
import {
  type GradedClass,
  type GradedClassPeriod,
  type GradedPeriod,
  ofPeriod,
  withPeriods,
} from "./grading.ts"
import { readRows, rowsByClass } from "./gradingRows.ts"
import { gradePeriod } from "./period.ts"
import { profilesInForce } from "./profiles.ts"

/**
 * One period of several classes of one year worked out from what is entered now, under the rules in force and without
 * remarks: for periods that are not published. Between two classes what others asked of the server is answered.
 */
export async function gradesOfClasses(
  db: Db,
  classes: readonly GradedClass[],
  period: GradedPeriod,
): Promise<GradedClassPeriod[]> {
  const [first] = classes
  if (!first) return []
  const inForce = await profilesInForce(db, first.school_year_id)
  const ids = classes.map(({ id }) => id)
  const rows = rowsByClass(await readRows(db, ids, [period], { remarks: false }), ids)
  const graded: GradedClassPeriod[] = []
  for (const one of classes) {
    const own = rows.get(one.id)
    if (!own) continue
    await nextTurn()
    const profile = inForce(one.level_code)
    const grading = ofPeriod(own, period, withPeriods(profile.profile, [period]))
    const result = gradePeriod(grading.input)
    graded.push({ class: one, period, periods: [period], profile, ...grading, result })
  }
  return graded
}
