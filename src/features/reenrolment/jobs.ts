import { tx } from "../../db/index.ts"
import type { School } from "../../school.ts"
import { today } from "../../web/french.ts"
import { settleDepartures as settle } from "./queries/departures.ts"

/** Writes the departures of who left with the year, from the day after its last one. */
export async function settleDepartures(school: School, now: Date): Promise<string> {
  const when = { today: today(now, school.settings.timeZone), at: now.toISOString() }
  const n = await tx(school.db, (trx) => settle(trx, null, when))
  return n === 0 ? "no departure was due" : `${n} departures`
}
