// A class council in the evening, before a projector: decided without touching the mouse, its minutes printed at once.
import type { Page } from "playwright"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { stopWorker } from "../src/documents/pool.ts"
import { textOf } from "../src/documents/readPdf.testing.ts"
import { councilPath, giveCouncilMarks, keptOf } from "../src/features/council/council.fixture.ts"
import { fitsScreen, focused, type Journey, openJourney, tabTo } from "./browser.ts"

let journey: Journey
let path: string
test.before(async () => {
  journey = await openJourney()
  await giveCouncilMarks(journey.school)
  path = councilPath(journey.school)
})
test.after(async () => {
  await journey.close()
  await stopWorker()
})

const kept = (key: string) => keptOf(journey.school, key)

/** Presses a key that leads to another page, and waits for who is shown there. */
async function press(page: Page, key: string, shown: string) {
  await page.keyboard.press(key)
  await page.getByRole("heading", { level: 1, name: shown }).waitFor()
  await page.waitForLoadState()
}

test("the head opens the session and decides the whole class by keyboard", async () => {
  const { page } = await journey.open("proviseur")
  await page.goto(path)
  await tabTo(page, "held_at", 60)
  await page.keyboard.type("16h30")
  await tabTo(page, "go")
  await page.keyboard.press("Enter")
  await page.getByRole("heading", { level: 1, name: "KEÏTA Moussa" }).waitFor()
  await page.waitForLoadState()
  await fitsScreen(page)

  // a phrase of his average, then the proposal
  const phrase = page.locator(".phrases label", { hasText: "Élève sérieux et appliqué" })
  const letter = (await phrase.locator("kbd").textContent()) as string
  await page.keyboard.press(letter.toLowerCase())
  assert.match(await page.inputValue("#f-appreciation"), "Élève sérieux et appliqué")
  await press(page, "Enter", "TRAORÉ Aminata")
  assert.is((await kept("moussa"))?.award, "Encouragements")
  assert.match((await kept("moussa"))?.appreciation ?? "", "sérieux et appliqué")

  // words of her own; digits by their place: on a French keyboard this one is « & »
  await page.keyboard.press("t")
  assert.is(await focused(page), "appreciation")
  await page.keyboard.type("Très bon trimestre, 3 fois bravo.")
  await page.keyboard.press("Enter")
  await page.evaluate(
    `document.body.dispatchEvent(new KeyboardEvent("keydown", { code: "Digit1", key: "&", bubbles: true }))`,
  )
  await page.getByRole("heading", { name: /« Félicitations » au lieu de « Tableau d’honneur »/ }).waitFor()
  await page.waitForLoadState()
  await page.keyboard.press("2")
  await page.getByText("3 / 4").waitFor()
  await page.waitForLoadState()
  const aminatas = [await kept("aminata1"), await kept("aminata2")]
  const first = aminatas.find((row) => row?.award === "Félicitations")
  assert.is(first?.overruled_reason, "Ensemble des résultats")
  assert.is(first?.appreciation, "Très bon trimestre, 3 fois bravo.")

  // back and forth with the arrows: nothing is decided by looking
  await press(page, "ArrowLeft", "TRAORÉ Aminata")
  await page.getByText("2 / 4").waitFor()
  await page.getByText("Motif : Ensemble des résultats").waitFor()
  await page.keyboard.press("ArrowRight")
  await page.getByText("3 / 4").waitFor()
  await page.waitForLoadState()
  await press(page, "Enter", "ƝARE Issa")

  // a reason of the council's own words
  await page.keyboard.press("0")
  await page.getByRole("heading", { name: /pourquoi/ }).waitFor()
  await page.waitForLoadState()
  await page.keyboard.press("t")
  await page.keyboard.type("Malade en novembre")
  await page.keyboard.press("Enter")
  await page.getByRole("heading", { level: 1, name: /conseil du 1er trimestre/ }).waitFor()
  await page.getByText("4 élèves sur 4 décidés").waitFor()
  assert.is((await kept("issa"))?.overruled_reason, "Malade en novembre")
})

test("a key held down decides one student, not ten", async () => {
  const { page } = await journey.open("censeur")
  await page.goto(`${path}/session`)
  await page.getByRole("heading", { level: 1, name: "KEÏTA Moussa" }).waitFor()
  await page.keyboard.down("Enter")
  for (let n = 0; n < 5; n++) await page.keyboard.down("Enter")
  await page.getByRole("heading", { level: 1, name: "TRAORÉ Aminata" }).waitFor()
  for (let n = 0; n < 5; n++) await page.keyboard.down("Enter")
  await page.waitForTimeout(300)
  await page.keyboard.up("Enter")
  await page.getByText("2 / 4").waitFor()
})

test("the session is closed and its minutes are printed at once", async () => {
  const { page } = await journey.open("proviseur")
  await page.goto(`${path}/close`)
  await tabTo(page, "remarks", 60)
  await page.keyboard.type("Classe agréable.")
  await tabTo(page, "Clore la séance")
  await page.keyboard.press("Enter")
  const link = page.getByRole("link", { name: "Procès-verbal (PDF)" })
  await link.waitFor()
  const answer = await page.request.get((await link.getAttribute("href")) as string)
  assert.is(answer.headers()["content-type"], "application/pdf")
  const text = textOf(await answer.body())
    .join(" ")
    .replace(/\s+/g, " ")
  assert.match(text, "PROCÈS-VERBAL DU CONSEIL DE CLASSE")
  assert.match(text, "ƝARE Issa Avertissement (travail) aucune distinction Malade en novembre Oumou DIALLO")
  assert.match(text, "Classe agréable.")
})

test("on a phone, and without scripts, the same page is links and buttons", async () => {
  const { page } = await journey.open("proviseur", { screen: "phone", scripts: false })
  await page.goto(path)
  await page.getByLabel("Ouvrir la séance de nouveau").fill("Essai")
  await page.getByRole("button", { name: "Ouvrir de nouveau" }).tap()
  await page.getByText("La séance est ouverte de nouveau").waitFor()
  await page.goto(`${path}/session/${journey.school.ids.students.moussa}`)
  await fitsScreen(page)
  assert.is(await page.locator("kbd:visible").count(), 0, "keys are not promised where none is heard")
  await page.getByRole("radio", { name: /Très bon ensemble/ }).check()
  await page.getByRole("button", { name: /Encouragements/ }).tap()
  await page.getByRole("heading", { level: 1, name: "TRAORÉ Aminata" }).waitFor()
  assert.match((await kept("moussa"))?.appreciation ?? "", "Très bon ensemble")
  for (const address of [
    path,
    `${path}/session?view=table`,
    `${path}/close`,
    "/council",
    "/council/phrases",
    "/council/choices",
  ]) {
    await page.goto(address)
    await fitsScreen(page)
  }
})

test("no browser complained on the way", () => {
  assert.equal(journey.complaints(), [])
})

test.run()
