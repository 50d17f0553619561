// The end of a year: a class decided at the desk, simulated, passed to the next year, and taken back.
import { test } from "uvu"
import * as assert from "uvu/assert"
import { fitsScreen, type Journey, openJourney } from "./browser.ts"

let journey: Journey
test.before(async () => {
  journey = await openJourney()
  journey.school.now = new Date("2027-07-05T09:00:00.000Z")
})
test.after(() => journey.close())

const place = async (given: string) => {
  const rows = await journey.school.school.db
    .selectFrom("enrolment as e")
    .innerJoin("student as s", "s.id", "e.student_id")
    .innerJoin("class as c", "c.id", "e.class_id")
    .innerJoin("school_year as y", "y.id", "e.school_year_id")
    .where("s.given_names", "=", given)
    .where("y.label", "=", "2027-2028")
    .select(["c.label", "e.repeating"])
    .execute()
  return rows.map(({ label, repeating }) => `${label}${repeating ? ", redouble" : ""}`)
}

test("the head makes the next year and its classes without a script", async () => {
  const { page } = await journey.open("proviseur", { scripts: false })
  await page.goto("/reenrolment")
  await page.getByRole("link", { name: "Créez-la" }).click()
  await page.getByRole("button", { name: "Créer l’année" }).click()
  await page.goto("/reenrolment")
  await page.getByRole("link", { name: "Reprendre celles de 2026-2027" }).click()
  await page.getByRole("button", { name: "Créer les classes cochées" }).click()
  await page.getByText("3 classes sont créées en 2027-2028.").waitFor()
})

test("the secretary decides a class with the keyboard", async () => {
  const { page } = await journey.open("secretaire")
  await page.goto("/reenrolment")
  await page.getByRole("link", { name: "10ème CG 1" }).click()
  await page.getByRole("combobox", { name: "Décision, KEÏTA Moussa" }).focus()
  await page.keyboard.type("Red")
  await page.keyboard.press("Tab")
  await page.keyboard.type("Absent aux compositions")
  await page.getByLabel("Décision, ƝARE Issa").selectOption({ label: "Quitte l’école : exclusion" })
  await page.getByLabel("Tous ceux pour qui rien n’est proposé ni choisi").selectOption("pass")
  await page.getByRole("button", { name: "Enregistrer les décisions" }).click()
  await page.getByRole("link", { name: "ƝARE Issa : dites pourquoi." }).click()
  await page.keyboard.type("Conseil de discipline du 20 juin")
  await page.getByRole("button", { name: "Enregistrer les décisions" }).click()
  await page.getByText("4 décisions sont enregistrées.").waitFor()
  assert.match(
    (await page.locator("p.lede").textContent()) ?? "",
    "2 passent, 1 redoublent, 1 quittent l’école, 0 à décider",
  )
})

test("the dean simulates on a phone, passes the class, and takes it back", async () => {
  const { page } = await journey.open("censeur", { screen: "phone" })
  await page.goto("/reenrolment")
  await page.getByLabel("Choisir 10ème CG 1").check()
  await page.getByRole("button", { name: "Simuler les classes choisies" }).click()
  await fitsScreen(page)
  assert.equal(await place("Moussa"), [])
  await page.getByRole("button", { name: "Faire le passage de 4 élèves" }).click()
  await page
    .getByText("3 élèves ont leur place en 2027-2028, 1 quittent l’école, 0 restent à décider")
    .waitFor()
  assert.equal(await place("Moussa"), ["10ème CG 1, redouble"])
  assert.equal(await place("Aminata"), ["11ème SES 1", "11ème SES 1"])
  await fitsScreen(page)
  await page.getByRole("link", { name: "Annuler ce passage" }).click()
  await page.getByRole("button", { name: "Annuler le passage" }).click()
  await page.getByText("tout est comme avant").waitFor()
  assert.equal(await place("Moussa"), [])
})

test("no browser complained on the way", () => {
  assert.equal(journey.complaints(), [])
})

test.run()
