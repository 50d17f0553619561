// How many wait for a decision, counted as the school itself and not as one of its people.
import type { Permissions } from "../../../permissions.ts"
import type { School } from "../../../school.ts"
import { today } from "../../../web/french.ts"
import type { Viewer } from "../../people/scope.ts"
import { type Asking, applicationsDue, countDue } from "./departures.ts"
import { retentionsIn } from "./settings.ts"

const EVERYBODY: Viewer = {
  id: 0,
  roles: ["head"],
  staffId: null,
  guardianId: null,
  studentId: null,
  permissions: new Map([["head", new Set(["people.all"])]]) as Permissions,
}

export async function dueToday({ db, settings }: School, now: Date) {
  const retentions = await retentionsIn(db, settings.country)
  return countAllDue(db, { who: EVERYBODY, today: today(now, settings.timeZone), retentions })
}

export async function countAllDue(db: School["db"], asking: Asking) {
  const { n } = await applicationsDue(db, asking)
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow()
  return {
    student: await countDue(db, asking, "student"),
    guardian: await countDue(db, asking, "guardian"),
    staff: await countDue(db, asking, "staff"),
    application: Number(n),
  }
}
