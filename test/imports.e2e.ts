// The secretary imports a class list as the school has it, and takes it back.
import { join } from "node:path"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { fitsScreen, type Journey, openJourney } from "./browser.ts"
import { root } from "./school.ts"

const LIST = join(root, "test", "examples", "import", "01_liste_10CG3.csv")

let journey: Journey
test.before(async () => {
  journey = await openJourney({ demonstration: true })
})
test.after(() => journey.close())

const students = async () =>
  (await journey.school.school.db.selectFrom("student").select("id").execute()).length

test("a list is read, shown line by line, written on a word, and undone", async () => {
  const before = await students()
  const { page } = await journey.open("secretaire")
  await page.goto("/imports/new?kind=students")
  await page.setInputFiles("[name=file]", LIST)
  await page.selectOption("[name=class]", { label: "10ème CG 3" })
  await page.getByRole("button", { name: "Lire le fichier" }).click()
  await page.getByText("Rien n’est encore écrit").waitFor()
  assert.is(await students(), before, "a preview writes nothing")

  await page.getByRole("link", { name: "Enregistrer…" }).click()
  await page.getByRole("button", { name: "Enregistrer" }).click()
  await page.getByRole("link", { name: "Annuler l’import" }).waitFor()
  const after = await students()
  assert.ok(after > before, "students were written")

  await page.getByRole("link", { name: "Annuler l’import" }).click()
  await page.getByRole("button", { name: "Annuler l’import" }).click()
  await page.locator("p.lede", { hasText: "Annulé" }).waitFor()
  assert.is(await students(), before, "all of them are gone")
})

test("the same file a second time changes nothing and says so", async () => {
  const { page } = await journey.open("secretaire", { scripts: false })
  const send = async () => {
    await page.goto("/imports/new?kind=students")
    await page.setInputFiles("[name=file]", LIST)
    await page.selectOption("[name=class]", { label: "10ème CG 3" })
    await page.getByRole("button", { name: "Lire le fichier" }).click()
    await page.getByRole("link", { name: "Enregistrer…" }).click()
  }
  await send()
  await page.getByRole("button", { name: "Enregistrer" }).click()
  await page.getByRole("link", { name: "Annuler l’import" }).waitFor()
  const once = await students()
  await send()
  await page.getByRole("heading", { name: "Rien à enregistrer" }).waitFor()
  assert.is(await students(), once)
})

test("a photograph called .csv is refused in one sentence, on a phone too", async () => {
  const before = await students()
  const { page } = await journey.open("secretaire", { screen: "phone", scripts: false })
  await page.goto("/imports/new?kind=students")
  const buffer = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1, 2, 0, 0, 1])
  await page.setInputFiles("[name=file]", { name: "liste.csv", mimeType: "text/csv", buffer })
  await page.getByRole("button", { name: "Lire le fichier" }).click()
  await page.locator("#problems, .problems").first().waitFor()
  await fitsScreen(page)
  assert.is(await students(), before)
})

test("no browser complained on the way", () => {
  assert.equal(journey.complaints(), [])
})

test.run()
