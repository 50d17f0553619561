import pino from "pino"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { NOW, openTestSchool, type TestSchool } from "../test/school.ts"
import { catchUp, runJob } from "./clock.ts"
import { Schools } from "./school.ts"

const log = pino({ level: "silent" })
const DAY = 86_400_000

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
})
test.after.each(() => school.close())

const runs = () => school.school.db.selectFrom("job_run").selectAll().orderBy("slot").execute()

test("a slot is run once, whoever asks for it", async () => {
  let ran = 0
  const job = { name: "test.count", when: "* * * * *", run: async () => `run ${++ran}` }
  const answers = await Promise.all([1, 2, 3].map(() => runJob(school.school, job, NOW, log)))
  assert.is(ran, 1)
  assert.equal(answers.filter(Boolean), ["run 1"])
  assert.is((await runs())[0]?.outcome, "run 1")
})

test("a job that fails says so and does not stop the others", async () => {
  const job = {
    name: "test.fails",
    when: "* * * * *",
    run: async () => {
      throw new Error("no network")
    },
  }
  assert.is(await runJob(school.school, job, NOW, log), null)
  const [run] = await runs()
  assert.is(run?.failed, 1)
  assert.match(run?.outcome as string, "no network")
})

test("what a power cut made miss is run at the next start, and only that", async () => {
  const schools = new Schools([school.school])
  const first = await catchUp(schools, NOW, log)
  assert.ok(first.includes("accounts.clean"))
  // the same morning: everything has ended within a day
  await school.school.db.updateTable("job_run").set({ ended_at: NOW.toISOString() }).execute()
  assert.equal(await catchUp(schools, new Date(NOW.getTime() + 3_600_000), log), [])
  // one was cut in the middle the next night: it began and never ended
  const later = new Date(NOW.getTime() + 1.5 * DAY)
  await school.school.db
    .updateTable("job_run")
    .set({ ended_at: later.toISOString() })
    .where("job", "!=", "accounts.clean")
    .execute()
  assert.equal(await catchUp(schools, later, log), ["accounts.clean"])
})

test("runs are told for a week", async () => {
  const job = { name: "test.old", when: "* * * * *", run: async () => "done" }
  await runJob(school.school, job, NOW, log)
  await runJob(school.school, job, new Date(NOW.getTime() + 8 * DAY), log)
  assert.is((await runs()).length, 1)
})

test.run()
