// The head publishes a class that the dean has checked; a parent reads it on a small phone without scripts.
import { test } from "uvu"
import * as assert from "uvu/assert"
import { fitsScreen, type Journey, openJourney } from "./browser.ts"

let journey: Journey
test.before(async () => {
  journey = await openJourney({ demonstration: true })
})
test.after(() => journey.close())

let link: string

test("the head publishes 12ème TSE, and one SMS is written for each guardian who agreed", async () => {
  const { page } = await journey.open("proviseur")
  await page.goto("/bulletins")
  const row = page.locator("tr", { hasText: "12ème TSE" }).filter({ hasNotText: "TSEXP" })
  await row.getByRole("link", { name: "Publier" }).click()
  await page.getByRole("button", { name: /^Publier 36 bulletins/ }).click()
  await page.locator("li[aria-current=step]", { hasText: "Publiée" }).waitFor()
  await page.locator("#files a[href^='/bulletin-files/']").waitFor({ timeout: 60_000 })

  const { db } = journey.school.school
  const messages = await db.selectFrom("outbox").selectAll().execute()
  const agreed = await db
    .selectFrom("guardian as g")
    .innerJoin("guardianship as gs", "gs.guardian_id", "g.id")
    .innerJoin("enrolment as e", "e.student_id", "gs.student_id")
    .innerJoin("class as c", "c.id", "e.class_id")
    .where("c.label", "=", "12ème TSE")
    .where("g.sms_consent", "=", 1)
    .where("g.phone", "is not", null)
    .select(["g.id", "gs.student_id"])
    .execute()
  assert.is(messages.length, agreed.length)
  const hers = messages.find(({ recipient }) => recipient === "+22370000001")
  assert.ok(hers, "Fanta's mother agreed")
  link = new URL((hers?.body ?? "").match(/https?:\/\/\S+/)?.[0] ?? "").pathname
})

test("the class's bulletins come as one PDF, one page for each student", async () => {
  const { page } = await journey.open("proviseur")
  await page.goto("/bulletins")
  await page.getByRole("link", { name: "12ème TSE", exact: true }).click()
  const href = await page.locator("#files a[href^='/bulletin-files/']").first().getAttribute("href")
  const answer = await page.request.get(href as string)
  assert.is(answer.status(), 200)
  assert.is(answer.headers()["content-type"], "application/pdf")
  assert.is((await answer.body()).subarray(0, 5).toString(), "%PDF-")
})

test("a parent opens the link on a phone 360 pixels wide, without scripts, and takes the bulletin", async () => {
  const { page } = await journey.open(null, { screen: "phone", scripts: false })
  await page.goto(link)
  await page.getByRole("heading", { name: "Fanta KEÏTA" }).waitFor()
  await page.getByText("Moyenne générale").waitFor()
  await fitsScreen(page)
  assert.is(await page.locator("script").count(), 0)
  const bulletin = page.getByRole("link", { name: /Bulletin en PDF/ })
  assert.match((await bulletin.textContent()) ?? "", /\d+\s?ko/)
  const answer = await page.request.get((await bulletin.getAttribute("href")) as string)
  assert.is((await answer.body()).subarray(0, 5).toString(), "%PDF-")
  await page.getByRole("link", { name: "Toutes les notes" }).click()
  await page.getByRole("heading", { level: 1 }).waitFor()
  await fitsScreen(page)
})

test("the same link in another browser asks for the birth year first", async () => {
  const { page } = await journey.open(null, { screen: "phone", scripts: false })
  await page.goto(link)
  const year = page.getByLabel("Année de naissance de l’enfant")
  await year.fill("1999")
  await page.getByRole("button", { name: "Voir la page" }).click()
  await page.locator(".problems").waitFor()
  assert.is(await page.getByText("Moyenne générale").count(), 0)
  await year.fill("2008")
  await page.getByRole("button", { name: "Voir la page" }).click()
  await page.getByText("Moyenne générale").waitFor()
})

test("a second parent sees nothing of it: neither with an account nor with a link altered by hand", async () => {
  const stranger = await journey.open("stranger", { screen: "phone", scripts: false })
  const fanta = journey.school.ids.students.fanta
  const refused = await stranger.page.goto(`/family/${fanta}`)
  assert.is(refused?.status(), 404)
  const visitor = await journey.open(null, { screen: "phone", scripts: false })
  const altered = link.slice(0, -1) + (link.endsWith("A") ? "B" : "A")
  assert.is((await visitor.page.goto(altered))?.status(), 404)
  assert.is(await visitor.page.getByText("Fanta").count(), 0)
  // the pages refused above are what was asked for, not a fault
  stranger.complaints()
  visitor.complaints()
})

test("who holds the paper checks it with its code", async () => {
  const { db } = journey.school.school
  const { code, content } = await db
    .selectFrom("bulletin")
    .select(["code", "content"])
    .where("student_id", "=", journey.school.ids.students.fanta as number)
    .executeTakeFirstOrThrow()
  const { page } = await journey.open(null, { screen: "phone", scripts: false })
  await page.goto("/b")
  await page.locator("main input[name]:not([type=hidden])").fill(code.toLowerCase())
  await page.locator("main button").click()
  await page.getByText(JSON.parse(content).generalAverage).first().waitFor()
  await fitsScreen(page)
})

test("no browser complained on the way", () => {
  assert.equal(journey.complaints(), [])
})

test.run()
