// A family's phone: no script, slow, and among visitors that are no persons.
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { AWA, ask, fileRow, lastFile, later, openApplications, set, ticks } from "./enrolment.fixture.ts"
import { MOST_AN_HOUR } from "./rules/visits.ts"

let school: TestSchool
let family: Client
test.before.each(async () => {
  school = await openTestSchool()
  family = school.visitor()
  await openApplications(school)
})
test.after.each(() => school.close())

const files = async () =>
  Number(
    (
      await school.school.db
        .selectFrom("application")
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .executeTakeFirstOrThrow()
    ).n,
  )

test("applications are closed until the school opens them, and between its dates only", async () => {
  await set(school, { applications: "closed" })
  assert.match((await family.open("/apply")).body, "ne sont pas ouvertes")
  assert.not.match(family.page?.body ?? "", 'name="surname"')
  await set(school, { applications: "open", applicationsFrom: "2026-12-11", applicationsUntil: "2026-12-12" })
  assert.match((await family.open("/apply")).body, "ouvrent le 11/12/2026")
  later(school, 86_400)
  assert.match((await family.open("/apply")).body, "Envoyer la demande")
  later(school, 2 * 86_400)
  assert.is((await family.post("/apply", AWA)).status, 409)
  assert.match(family.page?.body ?? "", "sont terminées")
  assert.is(await files(), 0)
})

test("a family asks, gets a number and a code, and follows the state without the child's name", async () => {
  const answer = await ask(school, family, {
    ...(await ticks(school, ["4 photos d’identité"])),
    g2_name: "Seydou KONÉ",
    g2_phone: "66 00 11 22",
    g2_link: "PERE",
    g2_sms_consent: "unasked",
    remark: "Elle arrive de Kayes.\nMerci.",
  })
  assert.is(answer.status, 303)
  const page = await family.open(answer.location ?? "")
  assert.match(page.body, "D-2026-0001")
  assert.match(page.body, "Extrait d’acte de naissance")
  assert.not.match(page.body, "KONÉ")
  const file = await fileRow(school, await lastFile(school))
  assert.is(file.surname, "KONÉ")
  assert.is(file.state, "received")
  assert.match(answer.location ?? "", `/apply/${file.code}`)
  assert.is(
    (await school.visitor().get(`/apply/follow?code=${file.code.toLowerCase().replace("-", " ")}`)).location,
    `/apply/${file.code}`,
  )
  assert.is((await family.get("/apply/follow?code=hello")).status, 422)
  assert.is((await family.get("/apply/AAAAA-AAAAA")).status, 404)
  const guardians = await school.school.db
    .selectFrom("application_guardian")
    .selectAll()
    .orderBy("position")
    .execute()
  assert.equal(
    guardians.map(({ name, phone, link, sms_consent }) => [name, phone, link, sms_consent]),
    [
      ["Mariam DIARRA", "+22370112233", "MERE", 1],
      ["Seydou KONÉ", "+22366001122", "PERE", null],
    ],
  )
})

test("what is wrong is said beside the field, and nothing typed is lost", async () => {
  const wrong = {
    birth: "05/06/2031",
    g1_phone: "70 11 22 3",
    sex: "",
    place: "13/X",
    g2_phone: "66001122",
  }
  const { status, body } = await ask(school, family, { ...wrong, remark: "gardez-moi" })
  assert.is(status, 422)
  for (const said of [
    "jour passé du calendrier",
    "celui-ci en a 7",
    "#f-birth",
    "#f-g1_phone",
    "#f-sex",
    "#f-g2_name",
  ])
    assert.match(body, said)
  for (const kept of [
    'value="Koné"',
    'value="05/06/2031"',
    'value="70 11 22 3"',
    "gardez-moi",
    'value="66001122"',
  ])
    assert.match(body, kept)
  assert.is(await files(), 0)
  assert.is(
    (await family.post("/apply", { ...AWA, birth: "vers 2011" })).status,
    303,
    "corrected, it goes through",
  )
  const file = await fileRow(school, await lastFile(school))
  assert.equal([file.birth_date, file.birth_year, file.birth_approximate], [null, 2011, 1])
})

test("five hundred names pasted into one field are refused, in a page that stays light", async () => {
  const names = Array.from({ length: 500 }, (_, n) => `KONÉ Awa${n} Fatoumata${n * 7919}`).join("\n")
  const { status, body, bytes } = await ask(school, family, { surname: names, remark: names })
  assert.is(status, 422)
  assert.match(body, "80 caractères au plus.")
  assert.match(body, "500 caractères au plus.")
  assert.match(body, "KONÉ Awa0")
  assert.ok(bytes < 8000, `${bytes} bytes`)
  assert.is(await files(), 0)
})

test("a robot fills what nobody sees, comes back too fast, or sends an old form again", async () => {
  const trapped = await ask(school, family, { website: "https://spam.example" })
  assert.is(trapped.status, 422)
  assert.match(trapped.body, "doit rester vide")
  const fast = school.visitor()
  await fast.get("/apply")
  later(school, 3)
  const answer = await fast.post("/apply", AWA)
  assert.is(answer.status, 422)
  assert.match(answer.body, "trop vite")
  assert.match(answer.body, 'value="Koné"')
  later(school, 2)
  assert.is((await fast.post("/apply", AWA)).status, 303, "a person sends it once more")
  const old = school.visitor()
  await old.get("/apply")
  later(school, 25 * 3600)
  assert.is((await old.post("/apply", AWA)).status, 422)
  assert.match(old.page?.body ?? "", "plus d’un jour")
  later(school, 10)
  assert.is((await old.post("/apply", AWA)).status, 303)
  assert.is(await files(), 2)
})

test("a time that this school did not sign is none", async () => {
  await family.get("/apply")
  family.cookie("demande", `${school.now.getTime() - 60_000}.forged`)
  later(school, 60)
  assert.is((await family.post("/apply", AWA)).status, 422)
  assert.is(await files(), 0)
})

test("one network may send a dozen an hour; the next one keeps what was typed and numbers have no hole", async () => {
  for (let n = 0; n < MOST_AN_HOUR; n++)
    assert.is((await ask(school, family, { given_names: `Awa ${n}` })).status, 303)
  const refused = await ask(school, family, { given_names: "Awa de trop" })
  assert.is(refused.status, 429)
  assert.match(refused.body, 'value="Awa de trop"')
  later(school, 3600)
  assert.is((await ask(school, family, { given_names: "Awa plus tard" })).status, 303)
  const file = await fileRow(school, await lastFile(school))
  assert.is(file.reference, `D-2026-${String(MOST_AN_HOUR + 1).padStart(4, "0")}`)
})

test("the same form sent twice is one application; a second child's form is another", async () => {
  const first = await ask(school, family)
  const again = await family.post("/apply", AWA)
  assert.is(again.location, first.location)
  assert.is(await files(), 1)
  assert.is.not((await ask(school, family, { given_names: "Fanta" })).location, first.location)
  assert.is(await files(), 2)
})

test("the form is answered 304 when it has not changed", async () => {
  const first = await family.get("/apply")
  later(school, 30)
  const again = await family.get("/apply", { "if-none-match": first.headers.get("etag") ?? "" })
  assert.is(again.status, 304)
})

test("a page without classes of the year offers every level", async () => {
  const { db } = school.school
  const year = { label: "2027-2028", starts_on: "2027-10-01", ends_on: "2028-06-30", current: 0 }
  const { id } = await db.insertInto("school_year").values(year).returning("id").executeTakeFirstOrThrow()
  await set(school, { applicationsYear: String(id) })
  const { body } = await family.open("/apply")
  assert.match(body, "2027-2028")
  assert.match(body, '<option value="11/">11ème</option>')
  assert.is((await ask(school, family, { place: "11/" })).status, 303)
  assert.is((await fileRow(school, await lastFile(school))).school_year_id, id)
})

test.run()
