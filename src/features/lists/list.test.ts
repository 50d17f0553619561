import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { chunks } from "../../db/index.ts"
import { fold, sortName } from "../people/naming.ts"

let school: TestSchool
let head: Client
test.before.each(async () => {
  school = await openTestSchool()
  head = await school.as("proviseur")
})
test.after.each(() => school.close())

const names = (body: string) =>
  [...body.matchAll(/<th scope="row"><a href="\/students\/\d+">([^<]+)<\/a>/g)].map(([, name]) => name)
const search = async (who: Client, query: string) => names((await who.open(`/students?${query}`)).body)
const chips = (body: string) =>
  [...body.matchAll(/href="([^"]*)"><span class="sr">Enlever le filtre<\/span> ([^<]+?) </g)].map(
    ([, path, label]) => ({ path: (path as string).replaceAll("&amp;", "&"), label }),
  )
const student = (key: string) => school.ids.students[key] as number
const change = (key: string, row: object) =>
  school.school.db.updateTable("student").set(row).where("id", "=", student(key)).execute()
const enrolled = (key: string, row: object) =>
  school.school.db.updateTable("enrolment").set(row).where("student_id", "=", student(key)).execute()

/** A class's period published, with the exact averages told. */
async function publish(label: string, code: string, averages: Record<string, string | null>, version = 1) {
  const { db } = school.school
  const { id } = await db.selectFrom("grading_profile").select("id").executeTakeFirstOrThrow()
  const students = Object.fromEntries(Object.entries(averages).map(([key, exact]) => [student(key), exact]))
  const row = {
    class_id: school.ids.classes[label] as number,
    period_id: school.ids.periods[code] as number,
    version,
    published_at: school.now.toISOString(),
    published_by: school.ids.accounts.proviseur as number,
    profile_id: id,
    input: "{}",
    stats: JSON.stringify({ students, mean: null, ranked: null, passed: null }),
    hash: "0".repeat(64),
  }
  await db.insertInto("publication").values(row).execute()
}

test("five criteria at once, each a chip that comes off alone", async () => {
  await change("aminata1", { address: "Faladiè-Sud, rue 12" })
  await change("aminata2", { address: "FALADIE, carré 4" })
  await enrolled("aminata1", { repeating: 1, regime: "ETAT" })
  await enrolled("aminata2", { regime: "ETAT" })
  const query = "level=10&sex=F&regime=ETAT&repeating=yes&zone=faladi%C3%A8"
  const { body } = await head.open(`/students?${query}`)
  assert.equal(names(body), ["TRAORÉ Aminata"])
  const shown = chips(body)
  assert.equal(
    shown.map(({ label }) => label),
    ["Niveau : 10ème", "Filles", "Redoublants", "Régime : État", "Adresse : faladiè"],
  )
  const without = shown.find(({ label }) => label === "Redoublants")?.path as string
  assert.not.match(without, "repeating")
  assert.equal(names((await head.open(without)).body), ["TRAORÉ Aminata", "TRAORÉ Aminata"])
  assert.match(body, "<b>1</b> élève<")
})

test("births, missing matricules and dates, unknown regimes", async () => {
  assert.equal(await search(head, "born_from=2008&born_to=2009"), ["KEÏTA Fanta", "TRAORÉ Salif"])
  assert.equal(await search(head, "no_matricule=1"), ["ƝARE Issa"])
  await change("moussa", { birth_date: null, birth_approximate: 1 })
  assert.equal(await search(head, "no_birth=1"), ["KEÏTA Moussa"])
  await enrolled("fanta", { regime: "PRIVE" })
  assert.equal(await search(head, "regime=PRIVE"), ["KEÏTA Fanta"])
  assert.is((await search(head, "regime=unknown")).length, 5)
  assert.equal(await search(head, "series=TSE"), ["KEÏTA Fanta"])
})

test("a family accepts SMS when one guardian does; a refusal, no answer and no phone are told apart", async () => {
  assert.equal(await search(head, "consent=yes"), ["KEÏTA Fanta", "KEÏTA Moussa", "TRAORÉ Salif"])
  const refused = await head.open("/students?consent=no&col=guardian.consent")
  assert.match(refused.body, "Karim TRAORÉ")
  assert.is(names(refused.body).length, 1)
  assert.match((await head.open("/students?consent=unasked&col=guardian")).body, "Lassina TRAORÉ")
  assert.equal(await search(head, "consent=no_phone"), ["ƝARE Issa"])
  const { db } = school.school
  const link = { student_id: student("aminata1"), link: "MERE" as const }
  await db
    .insertInto("guardianship")
    .values({ ...link, guardian_id: school.ids.guardians.parent as number })
    .execute()
  assert.equal(await search(head, "consent=no"), [], "her mother accepts")
})

test("averages under eight, falls and absences come from what was published", async () => {
  await publish("10ème CG 1", "T1", { moussa: "14", aminata1: "1599/200", aminata2: "12", issa: "25/3" })
  await publish("10ème CG 1", "T2", { moussa: "21/2", aminata1: "1599/200", aminata2: "12" })
  await publish("12ème TSE", "T1", { fanta: "7" })
  await publish("12ème TSE", "T1", { fanta: "16" }, 2)
  assert.equal(await search(head, "below=8"), [], "7,995 is printed 8,00")
  assert.equal(await search(head, "below=8,01"), ["TRAORÉ Aminata"])
  assert.equal(await search(head, "below=9"), ["ƝARE Issa", "TRAORÉ Aminata"])
  assert.equal(await search(head, "fall=3"), ["KEÏTA Moussa"])
  assert.equal(await search(head, "fall=3,5"), [], "more than, not as much as")
  const { body } = await head.open("/students?col=average.fall&sort=-average")
  assert.equal(names(body).slice(0, 3), ["KEÏTA Fanta", "TRAORÉ Aminata", "KEÏTA Moussa"])
  assert.is(names(body).at(-1), "TRAORÉ Salif", "nothing published: last in either order")
  assert.match(body, ">10,50<")
  await school.school.db
    .insertInto("student_period")
    .values(
      ["T1", "T2"].map((code) => ({
        student_id: student("issa"),
        class_id: school.ids.classes["10ème CG 1"] as number,
        period_id: school.ids.periods[code] as number,
        absent_justified: 4,
        absent_unjustified: 2,
        updated_at: school.now.toISOString(),
      })),
    )
    .execute()
  assert.equal(await search(head, "absent=12"), ["ƝARE Issa"])
  assert.equal(await search(head, "absent=13"), [])
})

test("a teacher finds the own students by the own means: no guardians, averages only of the class led", async () => {
  await publish("10ème CG 1", "T1", { moussa: "14", aminata1: "6", aminata2: "12" })
  await publish("12ème TSE", "T1", { fanta: "5" })
  const leader = await school.as("maths")
  assert.equal(await search(leader, "below=20&status=all"), [
    "KEÏTA Moussa",
    "TRAORÉ Aminata",
    "TRAORÉ Aminata",
  ])
  const french = await school.as("francais")
  const page = await french.open("/students?below=8&consent=no&col=sex.guardian_phone.average&sort=-average")
  assert.is(names(page.body).length, 5, "all of 10ème CG 1 and 12ème TSE: neither filter is applied")
  assert.match(page.body, "ils ne sont pas appliqués")
  assert.not.match(page.body, /Téléphones des tuteurs|Moyenne publiée|name="consent"|name="below"/)
  assert.not.match(page.body, "/lists/export")
  assert.not.match(page.body, "70 00 00 01")
  assert.is((await french.post("/lists/export", { query: "", format: "csv" })).status, 403)
  assert.is((await french.get("/lists/exports")).status, 403)
  assert.is((await french.get(`/classes/${school.ids.classes["10ème CG 1"]}/phones`)).status, 403)
})

test("any column sorts both ways, and what is not known stands last", async () => {
  const columns = [
    ...(await head.open("/students?columns_panel=1")).body.matchAll(/name="col" value="(\w+)"/g),
  ].map(([, key]) => key)
  assert.ok(columns.length > 20)
  for (const column of columns) {
    for (const sort of [column, `-${column}`]) {
      const { body } = await head.open(`/students?sort=${sort}&col=${columns.join(".")}`)
      assert.is(names(body).length, 6, sort)
    }
  }
  assert.is((await search(head, "sort=matricule")).at(-1), "ƝARE Issa")
  assert.is((await search(head, "sort=-matricule")).at(-1), "ƝARE Issa")
})

test("the two panels come when they are asked for, and forget nothing meanwhile", async () => {
  const link = (body: string, label: string) =>
    new RegExp(`<a href="([^"]*)">${label}</a>`).exec(body)?.[1]?.replaceAll("&amp;", "&")
  const plain = await head.open("/students?q=keita&col=sex.regime&size=100")
  assert.not.match(plain.body, /name="zone"|type="checkbox" name="col"/)
  assert.match(plain.body, 'type="hidden" name="col" value="sex.regime"')
  assert.match(plain.body, 'type="hidden" name="size" value="100"')
  const more = await head.open(link(plain.body, "Plus de filtres") as string)
  assert.match(more.body, 'name="zone"')
  assert.equal(names(more.body), ["KEÏTA Fanta", "KEÏTA Moussa"])
  assert.is(link(more.body, "Plus de filtres"), undefined)
  const both = await head.open(link(more.body, "Colonnes") as string)
  assert.match(both.body, 'name="zone"')
  assert.is(both.body.match(/name="col" value="\w+" checked/g)?.length, 2)
  assert.not.match(both.body, /type="hidden" name="(col|size)"/)
  assert.match((await head.open("/students?sex=F")).body, 'name="zone"', "a filter of the panel opens it")
})

test("an earlier year is a filter: its classes, and who was in them", async () => {
  const { db } = school.school
  const { id: year } = await db
    .insertInto("school_year")
    .values({ label: "2025-2026", starts_on: "2025-10-01", ends_on: "2026-06-30", current: 0 })
    .returning("id")
    .executeTakeFirstOrThrow()
  const { id: before } = await db
    .insertInto("class")
    .values({
      school_year_id: year,
      level_code: "11",
      series_code: "SES",
      section: "",
      label: "11ème SES",
      folded: "11eme ses",
      position: 1,
    })
    .returning("id")
    .executeTakeFirstOrThrow()
  await db
    .insertInto("enrolment")
    .values({ student_id: student("fanta"), class_id: before, school_year_id: year, starts_on: "2025-10-01" })
    .execute()
  const { body } = await head.open(`/students?year=${year}`)
  assert.equal(names(body), ["KEÏTA Fanta"])
  assert.match(body, "Année : 2025-2026")
  assert.match(body, "11ème SES (1)")
  assert.not.match(body, "12ème TSE")
  assert.equal(await search(head, "class=3"), ["KEÏTA Fanta"])
})

test("htmx is told the short address: empty fields are not kept in it", async () => {
  const sent = "q=&level=10&class=&status=enrolled&year=&sex=F&zone=&below=&col=matricule&col=class&size=50"
  const answer = await head.get(`/students?${sent}`, { "HX-Request": "true" })
  assert.is(answer.headers.get("hx-replace-url"), "/students?level=10&sex=F&col=matricule.class")
})

/** 3,000 more students in one class, each with a guardian and a published average. */
async function fillSchool() {
  const { db } = school.school
  const at = "2026-09-15T08:00:00.000Z"
  const rows = Array.from({ length: 3000 }, (_, n) => {
    const [surname, given_names] = [`NOM${n % 97}`, `Prénom${n}`]
    return {
      surname,
      given_names,
      folded: fold(`${surname} ${given_names}`),
      sort_name: sortName(surname, given_names),
      sex: n % 2 ? ("F" as const) : ("M" as const),
      address: n % 3 ? "Kalaban" : "Faladiè",
      created_at: at,
      updated_at: at,
    }
  })
  const made: number[] = []
  for (const part of chunks(rows, 12)) {
    made.push(...(await db.insertInto("student").values(part).returning("id").execute()).map(({ id }) => id))
  }
  const place = {
    class_id: school.ids.classes["11ème SES 1"] as number,
    school_year_id: school.ids.year,
    starts_on: "2026-10-01",
  }
  const guardian_id = school.ids.guardians.parent as number
  for (const part of chunks(made, 5)) {
    await db
      .insertInto("enrolment")
      .values(part.map((student_id) => ({ student_id, ...place })))
      .execute()
    await db
      .insertInto("guardianship")
      .values(part.map((student_id) => ({ student_id, guardian_id, link: "TUTEUR" as const })))
      .execute()
  }
  const { id } = await db.selectFrom("grading_profile").select("id").executeTakeFirstOrThrow()
  const students = Object.fromEntries(made.map((one, n) => [one, `${n}/150`]))
  const row = { version: 1, published_at: at, published_by: 1, profile_id: id, input: "{}", hash: "0" }
  await db
    .insertInto("publication")
    .values({
      ...row,
      class_id: place.class_id,
      period_id: school.ids.periods.T1 as number,
      stats: JSON.stringify({ students }),
    })
    .execute()
}

test("3,000 students: whatever is asked, at most five questions beside who is asking", async () => {
  await fillSchool()
  const blank = await head.open("/lists/999999")
  const own = blank.queries - 1
  const queries = [
    "page=7",
    "page=61&sort=-guardian&col=guardian.guardian_phone.consent&size=100",
    "below=12&fall=1&sort=average&col=average.fall.absent.class",
    "sex=F&level=11&consent=yes&zone=faladie&q=prenom1&born_from=2000&regime=unknown",
    "page=4000",
  ]
  for (const query of queries) {
    const page = await head.open(`/students?${query}`)
    assert.ok(page.queries - own <= 5, `${query}: ${page.queries - own} questions`)
  }
  assert.is((await search(head, "page=30&size=100")).length, 100)
  assert.is((await search(head, "below=12&size=100&page=18")).length, 100)
  assert.is((await search(head, "page=4000")).length, 50, "beyond the last page: the first one")
})

test.run()
