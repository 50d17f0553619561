// The secretary's class list, from the file to the school and back, through the pages.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, root, type TestSchool } from "../../../test/school.ts"
import { fold } from "../people/naming.ts"

const example = (name: string) => new Uint8Array(readFileSync(join(root, "test", "examples", "import", name)))

let school: TestSchool
let secretary: Client
test.before.each(async () => {
  school = await openTestSchool()
  secretary = await school.as("secretaire")
})
test.after.each(() => school.close())

async function addClass(label: string, level: string, series: string, section: string): Promise<number> {
  const row = {
    school_year_id: school.ids.year,
    level_code: level,
    series_code: series,
    section,
    label,
    folded: fold(label),
    position: 9,
  }
  const made = await school.school.db
    .insertInto("class")
    .values(row)
    .returning("id")
    .executeTakeFirstOrThrow()
  return made.id
}

const rows = async (table: "student" | "enrolment" | "guardian" | "import_change") =>
  Number(
    (
      await school.school.db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .executeTakeFirstOrThrow()
    ).n,
  )

async function upload(
  name: string,
  content: Uint8Array<ArrayBuffer> | string,
  fields: Record<string, string>,
) {
  await secretary.open(`/imports/new?kind=${fields.kind}`)
  const answer = await secretary.post("/imports/new", fields, { field: "file", name, content })
  assert.is(answer.status, 303, answer.body.slice(0, 3000))
  return answer.location as string
}

async function commit(path: string) {
  await secretary.open(`${path}/commit`)
  const { body } = secretary.page as { body: string }
  const agreed = body.match(/name="agreed" value="(\d+)"/)?.[1]
  assert.ok(agreed, body)
  return secretary.submit(`${path}/commit`, { agreed })
}

test("a class list is read, shown, written, known again, and taken back", async () => {
  const classId = await addClass("10ème CG 3", "10", "CG", "3")
  const before = await rows("student")
  const path = await upload("01_liste_10CG3.csv", example("01_liste_10CG3.csv"), {
    kind: "students",
    class: String(classId),
    from: "year",
  })
  const page = await secretary.open(path)
  assert.match(page.body, 'À créer <span class="quiet">(20)')
  assert.match(page.body, "windows-1252")
  assert.is(await rows("student"), before, "a preview writes nothing")
  const done = await commit(path)
  assert.match(done.body, "20 élèves créés et inscrits")
  assert.is(await rows("student"), before + 20)
  await secretary.open(`${path}/undo`)
  const undone = await secretary.submit(`${path}/undo`)
  assert.match(undone.body, "tout ce qu’il avait écrit a été retiré")
  assert.is(await rows("student"), before)
})

test.run()
