// The second beat of a publication: the hour from which families see it, and are told.
import { type Db, tx } from "../../db/index.ts"
import type { School } from "../../school.ts"
import { announceBulletins } from "./announce.ts"
import type { BulletinData } from "./contract.ts"
import { bulletinsOf, dueForFamilies, toldBefore } from "./queries/publications.ts"

/** Tells the families of every publication whose hour has come; gives how many SMS were written. */
export async function release(school: School, now: Date): Promise<number> {
  let messages = 0
  for (const publication of await dueForFamilies(school.db, now.toISOString())) {
    messages += await tx(school.db, (trx) => releaseOne(trx, school, publication, now))
  }
  return messages
}

type Due = Awaited<ReturnType<typeof dueForFamilies>>[number]

async function releaseOne(trx: Db, school: School, due: Due, now: Date): Promise<number> {
  const claimed = await trx
    .updateTable("publication")
    .set({ announced_at: now.toISOString() })
    .where("id", "=", due.id)
    .where("announced_at", "is", null)
    .returning("id")
    .executeTakeFirst()
  if (!claimed) return 0
  const told = await toldBefore(trx, due)
  const bulletins = await bulletinsOf(trx, due.id)
  const students = bulletins
    .filter(({ changed }) => changed || !told.last)
    .map(({ student_id, surname, given_names, content }) => {
      const { generalAverage, rank, outOf } = JSON.parse(content) as BulletinData
      return {
        studentId: student_id,
        name: `${given_names} ${surname}`,
        average: generalAverage,
        rank,
        outOf,
      }
    })
  const said = { id: due.id, periodLabel: due.label, correction: told.some, students }
  return announceBulletins(trx, school, said, now)
}
