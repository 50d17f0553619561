// A family asks for a place from a small phone without scripts; the desk leads the file to an active student.
import { test } from "uvu"
import * as assert from "uvu/assert"
import { openApplications } from "../src/features/enrolment/enrolment.fixture.ts"
import { fitsScreen, type Journey, openJourney } from "./browser.ts"

let journey: Journey
test.before(async () => {
  journey = await openJourney()
  await openApplications(journey.school)
})
test.after(() => journey.close())

test("from a phone without scripts to an active student, and back to the family's page", async () => {
  const { page: phone } = await journey.open(null, { screen: "phone", scripts: false })
  await phone.goto("/apply")
  await fitsScreen(phone)
  assert.is(await phone.locator("script").count(), 0)
  await phone.locator("[name=surname]").fill("Koné")
  await phone.locator("[name=given_names]").fill("Awa")
  await phone.locator("[name=birth]").fill("5/6/2011")
  await phone.selectOption("[name=sex]", "F")
  await phone.locator("[name=place]").selectOption({ index: 1 })
  await phone.locator("[name=g1_name]").fill("Mariam Diarra")
  await phone.locator("[name=g1_link]").selectOption("MERE")
  await phone.locator("[name=g1_sms_consent][value=yes]").check()
  // a person takes a while to write all this
  journey.school.now = new Date(journey.school.now.getTime() + 60_000)
  await phone.getByRole("button", { name: "Envoyer la demande" }).tap()
  // the telephone was left out: it is asked for, and what was written is still there
  await phone.locator("#f-g1_phone-problem").waitFor()
  assert.is(await phone.inputValue("[name=surname]"), "Koné")
  await phone.locator("[name=g1_phone]").fill("70 11 22 33")
  await phone.getByRole("button", { name: "Envoyer la demande" }).tap()
  await phone.getByText("L’école a reçu votre demande").waitFor()
  await fitsScreen(phone)
  const followed = phone.url()

  const { page: desk } = await journey.open("secretaire")
  await desk.goto("/enrolment")
  await desk.getByRole("link", { name: /KONÉ Awa/ }).click()
  for (const box of await desk.locator("form[action$='/documents'] input[type=checkbox]").all())
    if (await box.isVisible()) await box.check()
  await desk
    .locator("form[action$='/documents'] button.main, form[action$='/documents'] button")
    .first()
    .click()
  await desk.getByRole("button", { name: "Le dossier est contrôlé" }).click()
  await desk.getByRole("button", { name: "Donner le numéro" }).click()
  await desk.locator("#f-class").selectOption({ index: 1 })
  await desk.getByRole("button", { name: "Inscrire l’élève" }).click()
  await desk.getByRole("heading", { name: "Inscription faite" }).waitFor()

  await phone.goto(followed)
  await phone.getByText("L’inscription est faite").waitFor()
  const student = await journey.school.school.db
    .selectFrom("student")
    .select(["status", "internal_number", "birth_date"])
    .where("surname", "=", "KONÉ")
    .where("given_names", "=", "Awa")
    .executeTakeFirstOrThrow()
  assert.equal(student, { status: "active", internal_number: "2026-0001", birth_date: "2011-06-05" })
  assert.equal(journey.complaints(), [])
})

test.run()
