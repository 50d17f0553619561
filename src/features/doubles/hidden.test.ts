// An absorbed card is nowhere: every page of the product is read for its name.
import { test } from "uvu"
import * as assert from "uvu/assert"
import { makeRows } from "../../../test/rows.ts"
import { openTestSchool } from "../../../test/school.ts"
import { features } from "../index.ts"
import { fold } from "../people/naming.ts"
import { derived } from "../people/queries.ts"
import { merge } from "./doubles.fixture.ts"

/** The merges themselves, and who did what. */
const TOLD_THERE = /^\/(doubles|audit|help)\b|\/history$/
const AT = "2026-11-02T08:00:00.000Z"

test("no list, search, count or choice of any page names a card that was absorbed", async () => {
  const school = await openTestSchool()
  try {
    const { db } = school.school
    const { ids } = school
    const born = { created_at: AT, updated_at: AT }
    const pupil = { surname: "ZWINGLI", given_names: "Ulrich", matricule: "RC15CG26Z9777M" }
    const student = await db
      .insertInto("student")
      .values({ ...pupil, ...derived(pupil), phone: "+22370777771", ...born })
      .returning("id")
      .executeTakeFirstOrThrow()
    const place = {
      class_id: ids.classes["10ème CG 1"] as number,
      school_year_id: ids.year,
      starts_on: "2026-10-01",
    }
    await db
      .insertInto("enrolment")
      .values({ ...place, student_id: student.id })
      .execute()
    const guardian = await db
      .insertInto("guardian")
      .values({ name: "ZWINGLI Anna", folded: fold("ZWINGLI Anna"), phone: "+22370777772", ...born })
      .returning("id")
      .executeTakeFirstOrThrow()
    for (const student_id of [student.id, ids.students.moussa as number]) {
      await db
        .insertInto("guardianship")
        .values({ guardian_id: guardian.id, student_id, link: "MERE" })
        .execute()
    }
    const staff = await db
      .insertInto("staff")
      .values({
        surname: "ZWINGLI",
        given_names: "Jean",
        folded: "zwingli jean",
        position: "Professeur",
        teaching: 1,
        ...born,
      })
      .returning("id")
      .executeTakeFirstOrThrow()
    const rows = await makeRows(school)
    const admin = await school.as("admin")
    const pages = features
      .flatMap(({ routes }) => routes)
      .filter(
        ({ method, path, access }) => method === "get" && access !== "visitor" && !TOLD_THERE.test(path),
      )
      .map(({ path }) => path.replace(/:(\w+)/g, (_, name: keyof typeof rows) => rows[name].ours))
    const searches = ["/students", "/guardians", "/staff", "/accounts/choose", "/accounts"].flatMap((path) =>
      ["zwingli", "707777"].map((q) => `${path}?q=${q}&status=all`),
    )
    const names = async () => {
      const found: string[] = []
      for (const path of [...pages, ...searches, "/staff?kind=gone"]) {
        const { status, body } = await admin.get(path)
        if (status === 200 && body.replace(/value="[^"]*"/g, "").includes("ZWINGLI")) found.push(path)
      }
      return found
    }
    const before = await names()
    assert.ok(before.length >= 6, `before the merge the cards are seen: ${before}`)

    const cards = [
      ["student", ids.students.moussa, student.id],
      ["guardian", ids.guardians.parent, guardian.id],
      ["staff", ids.staff.maths, staff.id],
    ] as const
    for (const [kind, kept, other] of cards) {
      const made = await merge(school, kind, [kept as number, other], { field: () => "kept" })
      assert.ok("merge" in made, kind)
    }
    assert.equal(await names(), [])
    const mother = await school.as("parent")
    assert.not.match((await mother.open("/family")).body, "ZWINGLI")
  } finally {
    await school.close()
  }
})

test.run()
