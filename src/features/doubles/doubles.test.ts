import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"

let school: TestSchool
let secretary: Client
test.before.each(async () => {
  school = await openTestSchool()
  secretary = await school.as("secretaire")
})
test.after.each(() => school.close())

test("the page opens", async () => {
  for (const kind of ["", "?kind=guardians", "?kind=staff"]) {
    const page = await secretary.get(`/doubles${kind}`)
    assert.is(page.status, 200)
  }
  const { students, guardians, staff } = school.ids
  for (const path of [
    `students/${students.moussa}/${students.fanta}`,
    `guardians/${guardians.parent}/${guardians.stranger}`,
    `staff/${staff.maths}/${staff.francais}`,
  ]) {
    const page = await secretary.get(`/doubles/${path}`)
    assert.is(page.status, 200, page.body)
  }
})

test.run()
