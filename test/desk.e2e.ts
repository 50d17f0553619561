// The window with a queue: a new student with a guardian, from the search to the printed certificate, without a mouse.
import { test } from "uvu"
import * as assert from "uvu/assert"
import { type Journey, openJourney } from "./browser.ts"

let journey: Journey
test.before(async () => {
  journey = await openJourney()
})
test.after(() => journey.close())

/** What a hand does beside typing what is to be known: counted. */
const MOST_KEYSTROKES = 45

test("a new student with a guardian, from the search to the printed certificate, in 45 keystrokes at most", async () => {
  const { page } = await journey.open("secretaire")
  let keystrokes = 0
  const press = async (...keys: string[]) => {
    for (const key of keys) {
      await page.keyboard.press(key)
      keystrokes++
    }
  }
  const type = (text: string) => page.keyboard.type(text)
  /** Tab until the field of this name has the focus. */
  const tabTo = async (name: string) => {
    for (let n = 0; n < 20; n++) {
      await press("Tab")
      if ((await focused()) === name) return
    }
    assert.unreachable(`no Tab leads to ${name}`)
  }
  const focused = () =>
    page.evaluate<string>("document.activeElement.name || document.activeElement.textContent.trim()")
  /** The focus is where the page puts it when it opens. */
  const focusOn = async (what: RegExp) => {
    for (let n = 0; n < 40 && !what.test(await focused()); n++) await page.waitForTimeout(50)
    assert.match(await focused(), what)
  }
  const arrive = async (url: RegExp) => {
    await page.waitForURL(url)
    await page.waitForLoadState()
  }

  await page.goto("/students")
  await press("/")
  await type("sidibe kadidia")
  await press("Enter")
  await page.getByText("Aucun élève ne correspond").waitFor()
  await focusOn(/Inscrire « sidibe kadidia »/)
  await press("Enter")
  await arrive(/\/students\/new/)
  await focusOn(/^class$/)
  await press("1")
  await tabTo("surname")
  assert.is(await page.inputValue("[name=surname]"), "SIDIBE")
  assert.is(await page.inputValue("[name=given_names]"), "Kadidia")
  await tabTo("sex")
  await press("F")
  await tabTo("birth")
  await type("04/03/2011")
  await tabTo("birth_place")
  await type("Kati")
  await tabTo("guardian_name")
  await type("SIDIBE Oumar")
  await tabTo("guardian_link")
  await press("P")
  await tabTo("guardian_phone")
  await type("70 12 34 56")
  await tabTo("guardian_consent")
  await press("O")
  await press("Tab")
  await press("Enter")
  await arrive(/\/students\/\d+\?arrived=1$/)
  await focusOn(/Délivrer un certificat/)
  await press("Enter")
  await arrive(/\/students\/\d+\/papers/)
  await focusOn(/Délivrer/)
  await press("Enter")
  await arrive(/\/papers\/\d+$/)
  await focusOn(/Imprimer l’original/)
  const printed = page.context().waitForEvent("response", (answer) => answer.url().includes("/pdf"))
  await press("Enter")
  const answer = await printed
  assert.is(answer.status(), 200)
  assert.is(answer.headers()["content-type"], "application/pdf")

  assert.ok(keystrokes <= MOST_KEYSTROKES, `${keystrokes} keystrokes`)
  const { db } = journey.school.school
  const student = await db
    .selectFrom("student as s")
    .innerJoin("enrolment as e", "e.student_id", "s.id")
    .innerJoin("class as c", "c.id", "e.class_id")
    .innerJoin("guardianship as gs", "gs.student_id", "s.id")
    .innerJoin("guardian as g", "g.id", "gs.guardian_id")
    .innerJoin("paper as p", "p.student_id", "s.id")
    .select(["s.given_names", "s.sex", "s.birth_date", "c.label", "g.name", "g.phone", "gs.link", "p.kind"])
    .where("s.surname", "=", "SIDIBE")
    .executeTakeFirstOrThrow()
  assert.equal(student, {
    given_names: "Kadidia",
    sex: "F",
    birth_date: "2011-03-04",
    label: "10ème CG 1",
    name: "SIDIBE Oumar",
    phone: "+22370123456",
    link: "PERE",
    kind: "enrolment",
  })
  assert.equal(journey.complaints(), [])
})

test.run()
