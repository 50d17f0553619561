// The end of a trimester of one class, by everybody it takes: teacher, dean, head, family; with one correction after.
import type { Page } from "playwright"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { stopWorker } from "../src/documents/pool.ts"
import { release } from "../src/features/bulletins/release.ts"
import { CLASS, councilPath, giveCouncilMarks } from "../src/features/council/council.fixture.ts"
import { type Journey, openJourney } from "./browser.ts"

let journey: Journey
let path: string
test.before(async () => {
  journey = await openJourney()
  await giveCouncilMarks(journey.school)
  const { school, ids } = journey.school
  path = `/bulletins/${ids.classes[CLASS]}/${ids.periods.T1}`
  // the colleagues have done; mathematics lacks one mark
  for (const code of ["FR", "ANG", "EPS"]) {
    const lock = { period_id: ids.periods.T1 as number, locked_at: "2026-12-08T10:00:00.000Z", locked_by: 1 }
    const class_subject_id = ids.classSubjects[`${CLASS}/${code}`] as number
    await school.db
      .insertInto("subject_lock")
      .values({ class_subject_id, ...lock })
      .execute()
  }
  await school.db
    .deleteFrom("mark")
    .where("student_id", "=", ids.students.moussa as number)
    .where("assessment_id", "=", await mathsPaper())
    .execute()
})
test.after(async () => {
  await journey.close()
  await stopWorker()
})

async function mathsPaper(): Promise<number> {
  const { school, ids } = journey.school
  const { id } = await school.db
    .selectFrom("assessment")
    .select("id")
    .where("class_subject_id", "=", ids.classSubjects[`${CLASS}/MATHS`] as number)
    .executeTakeFirstOrThrow()
  return id
}

const moussa = () => journey.school.ids.students.moussa as number
const sms = () =>
  journey.school.school.db
    .selectFrom("outbox")
    .select(["event", "body"])
    .where("event", "=", "bulletin.published")
    .orderBy("id")
    .execute()
const codes = () =>
  journey.school.school.db
    .selectFrom("bulletin")
    .select("code")
    .where("student_id", "=", moussa())
    .orderBy("id")
    .execute()

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click()

test("the teacher gives the mark that was missing and locks the subject", async () => {
  const { page } = await journey.open("maths")
  const { ids } = journey.school
  const grid = `/grades/${ids.classSubjects[`${CLASS}/MATHS`]}/${ids.periods.T1}`
  await page.goto(grid)
  const row = page.locator("tbody tr", { hasText: "KEÏTA Moussa" })
  await row.locator("td.cell input").first().fill("14,5")
  await page.keyboard.press("Enter")
  await page.locator("td.cell.saved").first().waitFor()
  await page.goto(`${grid}/lock`)
  await page.getByText("Rien ne manque.").waitFor()
  await press(page, "Verrouiller")
  await page.getByText("est verrouillée pour la période").waitFor()
})

test("the dean looks at what is out of the ordinary, then checks the class", async () => {
  const { page } = await journey.open("censeur")
  await page.goto("/progress")
  await page.goto(`/progress/${journey.school.ids.classes[CLASS]}/${journey.school.ids.periods.T1}`)
  await page.getByRole("heading", { level: 1 }).waitFor()
  await page.goto(path)
  await press(page, "Contrôler la période")
  await page.getByText("La période est contrôlée").waitFor()
})

test("the council follows the rule for all but one, and its minutes are printed", async () => {
  const { page } = await journey.open("proviseur")
  await page.goto(councilPath(journey.school))
  await press(page, "Ouvrir la séance")
  await page.getByRole("heading", { level: 1, name: "KEÏTA Moussa" }).waitFor()
  await press(page, /Félicitations/)
  await page.getByRole("heading", { name: /au lieu de/ }).waitFor()
  await page.locator("button[name]").first().click()
  await page.getByRole("heading", { level: 1, name: "TRAORÉ Aminata" }).waitFor()
  await page.goto(`${councilPath(journey.school)}/follow`)
  await press(page, /^Suivre la proposition pour/)
  await page.goto(`${councilPath(journey.school)}/close`)
  await press(page, "Clore la séance")
  const minutes = page.getByRole("link", { name: "Procès-verbal (PDF)" })
  const answer = await page.request.get((await minutes.getAttribute("href")) as string)
  assert.is(answer.headers()["content-type"], "application/pdf")
})

test("the head publishes for tomorrow evening; until then the family sees nothing, after it everything", async () => {
  const { page } = await journey.open("proviseur")
  await page.goto(`${path}/publish`)
  await page.getByLabel("plus tard").check()
  await page.fill("[name=visible_day]", "2026-12-11")
  await page.fill("[name=visible_hour]", "17h30")
  await press(page, /^Publier/)
  await page.getByText("Les familles les verront le 11/12/2026 à 17:30").waitFor()
  const parent = await journey.open("parent", { screen: "phone", scripts: false })
  await parent.page.goto(`/family/${moussa()}`)
  await parent.page.getByText("Pas encore de résultats").waitFor()
  assert.equal(await sms(), [])

  journey.school.now = new Date("2026-12-11T17:30:00.000Z")
  await release(journey.school.school, journey.school.now)
  assert.is((await sms()).length, 1)
  const evening = await journey.open("parent", { screen: "phone", scripts: false })
  await evening.page.goto(`/family/${moussa()}`)
  await evening.page.getByText("Félicitations").waitFor()
  await evening.page.getByRole("link", { name: "Comment la moyenne est faite" }).click()
  await evening.page.getByText("Somme des points").waitFor()
})

test("a mark is corrected after publication: a new version, the family told of it, the old paper said to be replaced", async () => {
  const dean = await journey.open("censeur")
  await dean.page.goto(`/grades/marks/${await mathsPaper()}/${moussa()}`)
  await dean.page.getByLabel("Note", { exact: true }).fill("16")
  await dean.page.getByLabel("Motif").fill("Total mal compté sur la copie")
  await press(dean.page, "Corriger")
  await dean.page.getByText("publiez une nouvelle version").waitFor()

  const head = await journey.open("proviseur")
  await head.page.goto(`${path}/publish`)
  await head.page.getByLabel("Pourquoi une nouvelle version ?").fill("Note de mathématiques corrigée")
  await press(head.page, /^Publier/)
  await head.page.getByText("Seulement les bulletins qui ont changé").waitFor()
  assert.match((await sms()).at(-1)?.body ?? "", "bulletin corrigé du 1er trimestre")

  const [old, corrected] = await codes()
  const visitor = await journey.open(null, { screen: "phone", scripts: false })
  await visitor.page.goto(`/b/${old?.code}`)
  await visitor.page.getByText("remplacé").waitFor()
  await visitor.page.goto(`/b/${corrected?.code}`)
  await visitor.page.getByText("Bulletin authentique, version en vigueur").waitFor()
  assert.equal(journey.complaints(), [])
})

test.run()
