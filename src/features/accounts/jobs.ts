import type { School } from "../../school.ts"
import { LONGEST_DAYS } from "../../web/session.ts"
import { FORGOTTEN_AFTER_MS } from "./rules/delays.ts"

const DAY = 86_400_000
/** A form left open in a tab may be sent again so long after. */
const ANSWERS_KEPT_DAYS = 7

/** What nobody asks for any more: ended sessions, answers to old forms, forgotten failures. */
export async function clean({ db }: School, now: Date): Promise<string> {
  const before = (ms: number) => new Date(now.getTime() - ms).toISOString()
  const sessions = await db
    .deleteFrom("session")
    .where((eb) =>
      eb.or([eb("expires_at", "<", now.toISOString()), eb("created_at", "<", before(LONGEST_DAYS * DAY))]),
    )
    .executeTakeFirst()
  const answers = await db
    .deleteFrom("form_answer")
    .where("claimed_at", "<", before(ANSWERS_KEPT_DAYS * DAY))
    .executeTakeFirst()
  const delays = await db
    .deleteFrom("sign_in_delay")
    .where("last_at", "<", before(FORGOTTEN_AFTER_MS))
    .executeTakeFirst()
  const [ended, old, forgotten] = [sessions, answers, delays].map((done) => Number(done.numDeletedRows))
  return `${ended} sessions, ${old} form answers, ${forgotten} delays deleted`
}
