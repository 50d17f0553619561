// The office: a list filtered, saved, taken away as a file, opened again.
import { readFileSync } from "node:fs"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { fitsScreen, type Journey, openJourney } from "./browser.ts"

let journey: Journey
test.before(async () => {
  journey = await openJourney()
  const { db } = journey.school.school
  const { aminata1, aminata2 } = journey.school.ids.students as { aminata1: number; aminata2: number }
  await db
    .updateTable("student")
    .set({ address: "Faladiè-Sud" })
    .where("id", "in", [aminata1, aminata2])
    .execute()
  await db
    .updateTable("enrolment")
    .set({ regime: "ETAT", repeating: 1 })
    .where("student_id", "=", aminata1)
    .execute()
})
test.after(() => journey.close())

test("the secretary filters by five criteria as she goes, saves the list and takes it away", async () => {
  const { page } = await journey.open("secretaire")
  await page.goto("/students")
  await page.getByRole("link", { name: "Plus de filtres" }).click()
  await page.locator("#zone").waitFor()
  for (const [field, value] of [
    ["level", "10"],
    ["sex", "F"],
    ["repeating", "yes"],
    ["regime", "ETAT"],
  ] as const) {
    await page.selectOption(`#${field}`, value)
  }
  await page.locator("#zone").pressSequentially("faladie")
  await page.locator("#list").getByRole("link", { name: "Adresse : faladie" }).waitFor()
  assert.is(await page.locator("#list tbody tr").count(), 1)
  await page.waitForURL((url) => url.search === "?level=10&sex=F&repeating=yes&regime=ETAT&zone=faladie")

  await page.fill("#f-name", "Redoublantes de Faladiè")
  await page.getByRole("button", { name: "Enregistrer" }).click()
  await page.getByText("La liste « Redoublantes de Faladiè » est enregistrée.").waitFor()

  const arriving = page.waitForEvent("download")
  await page.getByRole("button", { name: "CSV" }).click()
  const file = await arriving
  assert.match(file.suggestedFilename(), /^eleves-\d{4}-\d\d-\d\d\.csv$/)
  const lines = readFileSync(await file.path(), "utf8")
    .trim()
    .split("\r\n")
  assert.is(lines.length, 2)
  assert.match(lines[1] as string, "TRAORÉ;Aminata;RC15CG26Z9002F;18/06/2011;F;10ème CG 1")
})

test("she opens it again from a phone without scripts, and takes one filter off", async () => {
  const { page } = await journey.open("secretaire", { screen: "phone", scripts: false })
  await page.goto("/students")
  await page.getByRole("link", { name: "Redoublantes de Faladiè" }).click()
  assert.is(await page.locator("h1").textContent(), "Redoublantes de Faladiè")
  assert.is(await page.locator("#list tbody tr").count(), 1)
  await fitsScreen(page)
  await page.getByRole("link", { name: "Redoublants" }).click()
  await page.getByRole("link", { name: "État" }).click()
  assert.is(await page.locator("#list tbody tr").count(), 2)
  await page.getByRole("button", { name: "Mettre à jour" }).click()
  await page.getByText("garde maintenant ces filtres").waitFor()
})

test("no browser complained on the way", () => {
  assert.equal(journey.complaints(), [])
})

test.run()
