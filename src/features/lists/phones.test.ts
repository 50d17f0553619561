import { test } from "uvu"
import * as assert from "uvu/assert"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"

let school: TestSchool
test.before(async () => {
  school = await openTestSchool()
})
test.after(() => school.close())

test("a class’s sheet has every guardian’s numbers, room to correct them, and a line for who has none", async () => {
  const secretary = await school.as("secretaire")
  const { db } = school.school
  const link = { guardian_id: school.ids.guardians.stranger as number, link: "TUTEUR" as const }
  await db
    .insertInto("guardianship")
    .values({ ...link, student_id: school.ids.students.moussa as number })
    .execute()
  const { body } = await secretary.open(`/classes/${school.ids.classes["10ème CG 1"]}/phones`)
  const rows = [...body.matchAll(/<tr>(?:<td class="number"|<td>)[\s\S]*?<\/tr>/g)].map(([row]) =>
    row
      .replace(/<[^>]+>/g, " ")
      .replace(/\s+/g, " ")
      .trim(),
  )
  assert.equal(rows, [
    "1 KEÏTA Moussa Aminata KEÏTA (mère) 70 00 00 01 …… …… …… …… oui",
    "Rokia TRAORÉ (tuteur) 70 00 00 02 …… …… …… …… oui",
    "2 ƝARE Issa ……………………… – …… …… …… …… oui ☐ non ☐",
    "3 TRAORÉ Aminata Karim TRAORÉ (père) 70 00 00 03 …… …… …… …… non",
    "4 TRAORÉ Aminata Lassina TRAORÉ (père) 70 00 00 04 …… …… …… …… oui ☐ non ☐",
  ])
  assert.match(body, "4 élèves")
})

test.run()
