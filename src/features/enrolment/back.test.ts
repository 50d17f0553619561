// Steps taken back, files closed and opened again, and a failure in the middle of the last step.
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { fileRow, leadTo, openAtDesk } from "./enrolment.fixture.ts"

let school: TestSchool
let desk: Client
test.before.each(async () => {
  school = await openTestSchool()
  desk = await school.as("secretaire")
})
test.after.each(() => school.close())

const db = () => school.school.db
const sms = () => db().selectFrom("outbox").selectAll().orderBy("id").execute()
const students = () => db().selectFrom("student").selectAll().orderBy("id").execute()
const stateOf = async (file: number) => (await fileRow(school, file)).state
const classOf = (label: string) => String(school.ids.classes[label])

test("refused or abandoned with a reason, opened again where it stood", async () => {
  const file = await openAtDesk(school, desk)
  const at = `/enrolment/${file}`
  await leadTo(school, desk, file, "checked")
  await desk.open(`${at}/end`)
  assert.is((await desk.post(`${at}/end`, { end: "refused", reason: " " })).status, 422)
  const ended = await desk.submit(`${at}/end`, { end: "refused", reason: "Classe complète" })
  assert.match(ended.body, "Classe complète")
  assert.is(await stateOf(file), "refused")
  assert.match((await desk.open("/enrolment?state=refused")).body, "KONÉ Awa")
  assert.match((await desk.open(at)).body, "Rouvrir là où il en était")
  await desk.submit(`${at}/reopen`, { reason: "Une place s’est libérée" })
  assert.is(await stateOf(file), "checked")
  assert.match((await desk.open(at)).body, "« Une place s’est libérée »")
})

test("every step is undone in turn, down to the first contact; the student, guardian and waiting SMS go", async () => {
  const file = await openAtDesk(school, desk)
  const at = `/enrolment/${file}`
  await leadTo(school, desk, file, "active")
  assert.is((await students()).length, 7)
  for (const state of ["numbered", "checked", "documents", "received"]) {
    await desk.open(at)
    await desk.submit(`${at}/undo`)
    assert.is(await stateOf(file), state)
  }
  assert.is((await students()).length, 6)
  assert.is(
    (await db().selectFrom("guardian").select("id").where("name", "=", "Mariam DIARRA").execute()).length,
    0,
  )
  assert.equal(
    (await sms()).map(({ state }) => state),
    ["cancelled"],
  )
  assert.is((await fileRow(school, file)).internal_number, null)
  assert.not.match((await desk.open(at)).body, "Annuler la dernière étape")
  await leadTo(school, desk, file, "active")
  assert.is((await students()).at(-1)?.internal_number, "2026-0001", "the number was given back")
  assert.equal(
    (await sms()).map(({ state }) => state),
    ["cancelled", "waiting"],
  )
})

test("nothing is undone once something depends on it: a mark, a changed card, an account; a later number keeps the earlier one", async () => {
  const file = await openAtDesk(school, desk)
  const at = `/enrolment/${file}`
  await leadTo(school, desk, file, "active")
  const student = (await fileRow(school, file)).student_id as number
  const undo = async () => {
    await desk.open(at)
    return desk.post(`${at}/undo`)
  }
  await db()
    .updateTable("account")
    .set({ student_id: student })
    .where("id", "=", school.ids.accounts.moussa as number)
    .execute()
  assert.match((await undo()).body, "l’élève a un compte")
  await db()
    .updateTable("account")
    .set({ student_id: school.ids.students.moussa as number })
    .where("id", "=", school.ids.accounts.moussa as number)
    .execute()
  const link = {
    student_id: student,
    guardian_id: school.ids.guardians.parent as number,
    purpose: "bulletin" as const,
  }
  await db()
    .insertInto("page_link")
    .values({ ...link, created_at: "x", expires_at: "x" })
    .execute()
  const refused = await undo()
  assert.is(refused.status, 409)
  assert.match(refused.body, "d’autres enregistrements portent déjà sur cet élève")
  await db().deleteFrom("page_link").where("student_id", "=", student).execute()
  await db().updateTable("student").set({ version: 2 }).where("id", "=", student).execute()
  assert.match((await undo()).body, "a été modifiée depuis")
  assert.is(await stateOf(file), "active")
  await db().updateTable("student").set({ version: 1 }).where("id", "=", student).execute()

  const next = await openAtDesk(school, desk, { given_names: "Bintou" })
  await leadTo(school, desk, next, "numbered")
  assert.is((await undo()).status, 303)
  await desk.open(at)
  assert.match((await desk.submit(`${at}/undo`)).body, "Le numéro 2026-0001 reste réservé à ce dossier")
  await desk.submit(`${at}/number`)
  assert.is((await fileRow(school, file)).internal_number, "2026-0001")
})

test("a failure in the middle leaves nothing: neither student, nor guardian, nor number, nor event", async () => {
  const file = await openAtDesk(school, desk)
  await leadTo(school, desk, file, "numbered")
  const tables = [
    "student",
    "enrolment",
    "guardian",
    "guardianship",
    "outbox",
    "application_event",
    "audit",
  ] as const
  const counts = () =>
    Promise.all(
      tables.map(async (table) =>
        Number(
          (
            await db()
              .selectFrom(table)
              .select((eb) => eb.fn.countAll<number>().as("n"))
              .executeTakeFirstOrThrow()
          ).n,
        ),
      ),
    )
  const before = await counts()
  const whole = await fileRow(school, file)
  // the last thing that an activation writes is refused: as if the power had gone there
  await db().schema.dropIndex("outbox_by_state_next_at").execute()
  await db().schema.alterTable("outbox").renameTo("outbox_gone").execute()
  const failed = await desk.post(`/enrolment/${file}/activate`, {
    class: classOf("10ème CG 1"),
    on: "10/12/2026",
  })
  assert.is(failed.status, 500)
  await db().schema.alterTable("outbox_gone").renameTo("outbox").execute()
  assert.equal(await counts(), before)
  assert.equal(await fileRow(school, file), whole)
})

test.run()
