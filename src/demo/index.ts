// The demonstration: a lycée of an invented name in Bamako, a first trimester nearly complete. All invented.
import { tx } from "../db/index.ts"
import { hashPassword } from "../features/accounts/passwords.ts"
import { refresh, type School } from "../school.ts"
import { changeSettings } from "../settings.ts"
import { seedApplications } from "./applications.ts"
import { DEMO_PASSWORD } from "./cast.ts"
import { chance } from "./chance.ts"
import { seedDemoClasses } from "./classes.ts"
import { seedDetails } from "./details.ts"
import { seedFamilies } from "./families.ts"
import { seedLastYear } from "./lastYear.ts"
import { seedConduct, seedMarks } from "./marks.ts"
import { seedPortraits } from "./portraits.ts"
import { seedPrivacy } from "./privacy.ts"
import { seedCast } from "./seedCast.ts"
import { seedTwice } from "./twice.ts"

const SEED = 20261001
/** a chance of their own: whatever is added to cards, the people stay the same */
const DETAILS_SEED = 20261005
const LAST_YEAR_SEED = 20251001

/**
 * Fills an empty school: the cast and its accounts, 14 classes, about 620 students with guardians, 40 teachers,
 * the marks of the first trimester, a dozen files of enrolment, two classes of the year before. Always the same people; all or nothing. Throws where there is a school year.
 */
export async function openDemonstration(school: School): Promise<void> {
  if (school.year) throw new Error(`${school.id} is no empty school: no demonstration is put into it`)
  const hash = await hashPassword(DEMO_PASSWORD)
  await tx(school.db, async (trx) => {
    const ids = await seedCast(trx, hash)
    await changeSettings(trx, { demo: "1", applications: "open" })
    const by = chance(SEED)
    const classes = await seedDemoClasses(trx, ids, by)
    const students = await seedFamilies(trx, ids, classes, by)
    await seedPortraits(trx, school.folder, students, ids.classes["10ème CG 1"] as number)
    await seedMarks(trx, ids, classes, students, by)
    await seedConduct(trx, ids, classes, students, by)
    await seedApplications(trx, ids, by)
    await seedDetails(trx, ids, chance(DETAILS_SEED))
    await seedLastYear(trx, ids, classes, chance(LAST_YEAR_SEED))
    await seedTwice(trx, ids)
    await seedPrivacy(trx, ids)
  })
  await refresh(school)
}
