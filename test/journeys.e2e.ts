// The office: sign-in, and finding a student.
import { test } from "uvu"
import * as assert from "uvu/assert"
import { DEMO_PASSWORD } from "../src/demo/cast.ts"
import { fitsScreen, type Journey, openJourney, tabTo } from "./browser.ts"
import { loginOf } from "./client.ts"

let journey: Journey
test.before(async () => {
  journey = await openJourney()
})
test.after(() => journey.close())

test("the secretary signs in without touching the mouse", async () => {
  const { page } = await journey.open(null)
  await page.goto("/")
  assert.match(page.url(), "/sign-in")
  await tabTo(page, "login")
  await page.keyboard.type(loginOf("secretaire"))
  await tabTo(page, "password")
  await page.keyboard.type(DEMO_PASSWORD)
  await page.keyboard.press("Enter")
  await page.waitForURL((url) => url.pathname === "/")
  await page.getByText("Kadiatou BERTHÉ").first().waitFor()
})

test("a wrong password keeps what was typed and says so in one place", async () => {
  const { page } = await journey.open(null, { screen: "phone", scripts: false })
  await page.goto("/sign-in")
  await page.fill("[name=login]", loginOf("econome"))
  await page.fill("[name=password]", "not this one")
  await page.click("main button.main")
  await page.locator("#problems, .problems").first().waitFor()
  assert.is(await page.inputValue("[name=login]"), loginOf("econome"))
  assert.is(await page.inputValue("[name=password]"), "")
  await fitsScreen(page)
})

test("the secretary finds a student as she types, whatever the accents", async () => {
  const { page } = await journey.open("secretaire")
  await page.goto("/students")
  await page.locator("#list").getByText("KEÏTA Moussa").waitFor()
  await page.locator("#q").pressSequentially("nare")
  await page.locator("#list").getByText("KEÏTA Moussa").waitFor({ state: "detached" })
  assert.is(await page.locator("#list tbody tr").count(), 1)
  await page.locator("#list tbody").getByText("ƝARE Issa").waitFor()
  assert.match(page.url(), "q=nare")
})

test("two students of one name are told apart by matricule and birth date", async () => {
  const { page } = await journey.open("secretaire", { scripts: false })
  await page.goto("/students")
  await page.fill("#q", "traore aminata")
  await page.keyboard.press("Enter")
  await page.waitForURL(/q=traore/)
  const rows = await page.locator("#list tbody tr").allTextContents()
  assert.is(rows.length, 2)
  for (const sign of ["RC15CG26Z9002F", "18/06/2011", "RC16CG26Z9003F", "01/01/2010"])
    assert.ok(
      rows.some((row) => row.includes(sign)),
      sign,
    )
})

test("no browser complained on the way", () => {
  assert.equal(journey.complaints(), [])
})

test.run()
