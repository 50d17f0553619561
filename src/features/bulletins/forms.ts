import * as v from "valibot"
import { DAY_MS } from "../../web/days.ts"
import { checkbox, choice, line, optionalDay, optionalText, wholeNumber } from "../../web/fields.ts"
import { form, type ReadForm, refused } from "../../web/form.ts"
import { momentIn, readHour } from "../../web/moment.ts"

const hour = () =>
  v.pipe(
    v.string(),
    v.transform((typed) => (typed.trim() === "" ? null : (readHour(typed) ?? "wrong"))),
    v.check((read) => read !== "wrong", "Écrivez une heure comme 17:30."),
  )

/** Why a check is lifted. */
export const reasonForm = form({ reason: line(300) })

const publishForm = form({
  reason: optionalText(300),
  visible: v.optional(choice(["now", "later"]), "now"),
  visible_day: optionalDay(),
  visible_hour: hour(),
})

export type PublishValues = { reason: string | null; visibleAt: string | null }

/** Families see what is published at once, or from a day and hour of the school's on, not later than this. */
const LATEST_DAYS = 60

/** What is asked when one or several classes are published: why, and from when families see it. */
export function readPublishing(
  body: unknown,
  { now, timeZone }: { now: Date; timeZone: string },
): ReadForm<PublishValues> {
  const read = publishForm.read({ visible: "now", ...(body as object) })
  if (!read.ok) return read
  const { reason, visible, visible_day, visible_hour } = read.values
  if (visible === "now") return { ...read, values: { reason, visibleAt: null } }
  if (!visible_day)
    return refused(read, "visible_day", "Choisissez le jour où les familles verront les bulletins.")
  const visibleAt = momentIn(visible_day, visible_hour ?? "08:00", timeZone)
  if (visibleAt <= now.toISOString()) return refused(read, "visible_day", "Ce moment est déjà passé.")
  if (Date.parse(visibleAt) > now.getTime() + LATEST_DAYS * DAY_MS) {
    return refused(read, "visible_day", `Choisissez un jour dans les ${LATEST_DAYS} prochains jours.`)
  }
  return { ...read, values: { reason, visibleAt } }
}

export const scheduleForm = form({
  scheduled: checkbox(),
  publish_day: wholeNumber(1, 28),
  publish_delay: wholeNumber(0, 240),
})
