// The teacher's grid in a real browser: by keyboard, by paste, on a phone, when the network fails.
import type { Page } from "playwright"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { DEMO_PASSWORD } from "../src/demo/cast.ts"
import { enrolMany, giveAssessment } from "../src/features/grades/grid.fixture.ts"
import { fitsScreen, type Journey, openJourney } from "./browser.ts"
import { loginOf } from "./client.ts"

let journey: Journey
let grid: string
let first: number
let second: number
test.before(async () => {
  journey = await openJourney()
  const { school } = journey
  await enrolMany(school, "10ème CG 1", 16)
  first = await giveAssessment(school, "10ème CG 1/MATHS")
  second = await giveAssessment(school, "10ème CG 1/MATHS", {
    label: "Composition",
    category: "COMPO",
    held_on: "2026-12-07",
  })
  grid = `/grades/${school.ids.classSubjects["10ème CG 1/MATHS"]}/${school.ids.periods.T1}`
})
test.after(() => journey.close())

const field = (assessment: number, row: number) => `tbody tr:nth-child(${row + 1}) [name=m${assessment}]`
const marks = () => journey.school.school.db.selectFrom("mark").selectAll().orderBy("student_id").execute()

/** As the browser tells a page of Ctrl + V; the clipboard itself belongs to the whole machine. */
const paste = (page: Page, text: string) =>
  page.evaluate(`(() => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/plain", ${JSON.stringify(text)})
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })
    document.activeElement.dispatchEvent(event)
  })()`)

test("a column is typed without touching the mouse, and each mark is saved on the way", async () => {
  const { page } = await journey.open("maths")
  await page.goto(grid)
  await page.focus(field(first, 0))
  for (const typed of ["12,5", "7/10", "abs j", "disp"]) {
    await page.keyboard.type(typed)
    await page.keyboard.press("Enter")
  }
  await page.keyboard.type("9")
  await page.keyboard.press("Tab")
  await page.locator(`tbody td.cell.saved`).nth(4).waitFor()
  assert.is(await page.inputValue(field(first, 1)), "14")
  assert.is(await page.inputValue(field(first, 2)), "Abs. J")
  assert.match((await page.textContent("#progress")) ?? "", "5 notes saisies sur 40")
  assert.is((await marks()).length, 5)
  // arrows, Home and End, Escape
  await page.keyboard.press("ArrowUp")
  await page.keyboard.press("ArrowRight")
  await page.keyboard.type("11")
  await page.keyboard.press("Escape")
  assert.is(await page.inputValue(field(second, 4)), "")
  await page.keyboard.press("Home")
  assert.is(await page.evaluate("document.activeElement.value"), "9")
  await page.keyboard.press("Control+End")
  assert.is(await page.evaluate("document.activeElement.closest('tr').rowIndex"), 20)
  // a mark changed twice, seen by a page that loads again
  await page.focus(field(first, 0))
  await page.keyboard.type("13")
  await page.keyboard.press("Enter")
  await page.locator(`tbody tr:first-child td.saved`).waitFor()
  await page.waitForFunction("!document.querySelector('td.waiting')")
  await page.goto(grid)
  assert.is(await page.inputValue(field(first, 0)), "13")
})

test("a column copied from Excel fills downwards; bad cells say why and keep what was pasted", async () => {
  const { page } = await journey.open("maths")
  await page.goto(grid)
  await page.focus(field(second, 0))
  const column = ["10", "11,25", "", "21", "abs", "12.5", ...Array.from({ length: 14 }, (_, i) => String(i))]
  await paste(page, `${column.join("\r\n")}\r\n`)
  await page.locator("td.refused").waitFor()
  assert.match((await page.textContent("td.refused")) ?? "", "dépasse le maximum, 20")
  assert.is(await page.inputValue(field(second, 3)), "21")
  assert.is(await page.inputValue(field(second, 19)), "13")
  assert.is((await marks()).filter((mark) => mark.assessment_id === second).length, 17)
  // « abs » asks; the answer is one click
  await page.locator("td.conflict").getByText("non justifiée").click()
  await page.locator("td.conflict").waitFor({ state: "detached" })
  assert.is(await page.inputValue(field(second, 4)), "Abs. NJ")
  // the refused one is typed again
  await page.focus(field(second, 3))
  await page.keyboard.type("12")
  await page.keyboard.press("Enter")
  await page.locator("td.refused").waitFor({ state: "detached" })
  await page.locator("#counts").getByText("19", { exact: true }).waitFor()
})

test("two teachers in one cell: the second sees a conflict and decides", async () => {
  const mine = await journey.open("maths")
  const theirs = await journey.open("censeur")
  await mine.page.goto(grid)
  await theirs.page.goto(grid)
  const cell = field(first, 10)
  await theirs.page.focus(cell)
  await theirs.page.keyboard.type("8")
  await theirs.page.keyboard.press("Enter")
  await theirs.page.locator("td.saved").waitFor()
  await mine.page.focus(cell)
  await mine.page.keyboard.type("18")
  await mine.page.keyboard.press("Enter")
  await mine.page.locator("td.conflict").getByText("Mamadou TOURÉ a mis 8.").waitFor()
  await mine.page.locator("td.conflict").getByText("mettre 18").click()
  await mine.page.locator("td.conflict").waitFor({ state: "detached" })
  const stored = (await marks()).find((mark) => mark.value === 1800)
  assert.is(stored?.version, 2)
})

test("when the network fails the marks stay in their fields, say so, and go when it is back", async () => {
  const { page, complaints } = await journey.open("maths")
  await page.goto(grid)
  await page.context().setOffline(true)
  await page.focus(field(first, 12))
  await page.keyboard.type("15")
  await page.keyboard.press("Enter")
  await page.keyboard.type("16")
  await page.keyboard.press("Enter")
  await page.locator("#courier").getByText("enregistrée").waitFor()
  assert.is(await page.inputValue(field(first, 12)), "15")
  await page.context().setOffline(false)
  await page.locator("td.saved").nth(1).waitFor()
  await page.locator("#courier").waitFor({ state: "hidden" })
  assert.is((await marks()).filter(({ value }) => value === 1500 || value === 1600).length, 2)
  complaints() // the browser's own words about the failed requests
})

test("a session that ended does not cost what was typed: one signs in elsewhere and sends again", async () => {
  const { page, complaints } = await journey.open("maths")
  await page.goto(grid)
  await page.context().clearCookies()
  await page.focus(field(second, 15))
  await page.keyboard.type("7,75")
  await page.keyboard.press("Enter")
  await page.locator("#courier").getByText("Connectez-vous dans un autre onglet").waitFor()
  const tab = await page.context().newPage()
  await tab.goto("/sign-in")
  await tab.fill("[name=login]", loginOf("maths"))
  await tab.fill("[name=password]", DEMO_PASSWORD)
  await tab.click("main button.main")
  await tab.waitForURL((url) => url.pathname !== "/sign-in")
  await page.locator("#courier button").click()
  await page.locator("#courier").waitFor({ state: "hidden" })
  assert.ok((await marks()).some(({ value }) => value === 775))
  complaints() // the browser's own words about the refusal
})

test("on a phone one assessment at a time, the words under the thumb", async () => {
  const { page } = await journey.open("maths", { screen: "phone" })
  await page.goto(grid)
  assert.is(await page.locator("tbody tr:first-child input:visible").count(), 1)
  await page.locator("#assessments").getByText("Composition").click()
  await page.locator(field(second, 2)).tap()
  await page.locator(".cellbar").getByText("Abs. justifiée").tap()
  await page.locator("td.saved").waitFor()
  assert.is(await page.inputValue(field(second, 2)), "Abs. J")
  await fitsScreen(page)
})

test("without scripts the same page is one form", async () => {
  const { page } = await journey.open("maths", { scripts: false })
  await page.goto(grid)
  await page.fill(field(first, 6), "17")
  await page.fill(field(first, 7), "27")
  await page.getByText("Enregistrer", { exact: true }).click()
  await page.locator("#problems").waitFor()
  assert.is(await page.inputValue(field(first, 7)), "27")
  assert.ok((await marks()).some(({ value }) => value === 1700))
})

test("no browser complained on the way", () => {
  assert.equal(journey.complaints(), [])
})

test.run()
