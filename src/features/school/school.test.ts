import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
})
test.after.each(() => school.close())

/** What a browser would send of the page's main form. */
function filled(client: Client, changes: Record<string, string> = {}) {
  const body = client.page?.body ?? ""
  const typed: Record<string, string> = {}
  for (const [, name, value] of body.matchAll(
    /<input type="(?!hidden|search|checkbox)[^"]*" id="[^"]*" name="([^"]+)"[^>]*? value="([^"]*)"/g,
  ))
    typed[name as string] = (value as string).replace(/&#39;/g, "'").replace(/&amp;/g, "&")
  for (const [, name, options] of body.matchAll(
    /<select id="f-[^"]*" name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g,
  ))
    typed[name as string] = options?.match(/value="([^"]*)" selected/)?.[1] ?? ""
  return { ...typed, ...changes }
}

const trail = () =>
  school.school.db.selectFrom("audit").selectAll().where("account_id", "is not", null).orderBy("id").execute()

test("the head changes what the bulletin says of the school; only what changed is in the trail", async () => {
  const head = await school.as("proviseur")
  await head.open("/school/edit")
  const page = await head.submit("/school", filled(head, { headName: "M. Issa TRAORÉ", postBox: "E 123" }))
  assert.match(page.body, "Les réglages de l’école sont modifiés.")
  assert.match(page.body, "BP E 123")
  assert.match(page.body, "M. Issa TRAORÉ")
  assert.is(school.school.settings.headName, "M. Issa TRAORÉ")
  const [change] = await trail()
  assert.equal(JSON.parse(change?.before ?? ""), { postBox: "", headName: "Mme Oumou DIALLO" })
  await head.open("/school/edit")
  assert.match((await head.submit("/school", filled(head))).body, "Aucun réglage n’a changé.")
  assert.is((await trail()).length, 1)
})

test("another country's usual values are proposed, and kept only when saved", async () => {
  const head = await school.as("proviseur")
  const page = await head.open("/school/edit?country=GN")
  assert.match(page.body, "République de Guinée")
  assert.match(page.body, 'value="+224"')
  assert.match(page.body, 'value="Lycée Kalanso"')
  assert.is(school.school.settings.country, "ML")
})

test("settings that cannot be are refused with their sentence", async () => {
  const head = await school.as("proviseur")
  await head.open("/school/edit")
  const cases: [Record<string, string>, string][] = [
    [{ name: " " }, "Remplissez ce champ."],
    [{ timeZone: "Mars/Phobos" }, "Écrivez un fuseau"],
    [{ phonePrefix: "223" }, "Écrivez un indicatif"],
    [{ publicUrl: "ftp://lycee.example" }, "Écrivez une adresse comme https"],
    [{ hosts: "bad host/name" }, "séparés par des virgules"],
    [{ email: "nobody" }, "Écrivez une adresse comme nom@exemple.org"],
    [{ linkDays: "0" }, "Écrivez un nombre entier"],
    [{ currency: "USD" }, "Choisissez dans la liste."],
  ]
  for (const [wrong, sentence] of cases) {
    const answer = await head.post("/school", filled(head, wrong))
    assert.is(answer.status, 422, sentence)
    assert.match(answer.body, sentence)
  }
  assert.equal(await trail(), [])
})

test("the next year starts from this one: same periods a year later, coefficients and grading rules copied", async () => {
  const { db } = school.school
  const admin = await school.as("admin")
  const form = await admin.open("/years/new")
  assert.match(form.body, 'value="2027-2028"')
  assert.match(form.body, 'value="2028-01-04"')
  const page = await admin.submit("/years", filled(admin))
  assert.match(page.body, "L’année 2027-2028 est créée")
  const year = await db
    .selectFrom("school_year")
    .selectAll()
    .where("label", "=", "2027-2028")
    .executeTakeFirstOrThrow()
  assert.is(year.current, 0)
  const of = async (table: "coefficient" | "grading_profile" | "period", id: number) =>
    (await db.selectFrom(table).select("id").where("school_year_id", "=", id).execute()).length
  for (const table of ["coefficient", "grading_profile", "period"] as const) {
    assert.ok((await of(table, year.id)) > 0, table)
    assert.is(await of(table, year.id), await of(table, school.ids.year), table)
  }
  assert.is(school.school.year?.label, "2026-2027")
  await admin.open("/years")
  assert.match(
    (await admin.submit(`/years/${year.id}/current`)).body,
    "2027-2028 est maintenant l’année en cours.",
  )
  assert.is(school.school.year?.label, "2027-2028")
  assert.equal(
    (await trail()).map(({ action }) => action),
    ["created", "made_current"],
  )
})

test("dates, labels, codes and weights of periods are changed, two codes even exchanged", async () => {
  const admin = await school.as("admin")
  await admin.open(`/years/${school.ids.year}`)
  const ids = school.school.year?.periods.map(({ id }) => id) ?? []
  const hidden = Object.fromEntries(ids.map((id, n) => [`id_${n + 1}`, String(id)]))
  const changes = {
    ...hidden,
    code_1: "T2",
    code_2: "T1",
    weight_3: "1,5",
    ends_1: "20/12/2026",
    label_3: "Troisième",
  }
  await admin.submit(`/years/${school.ids.year}`, filled(admin, changes))
  assert.equal(
    school.school.year?.periods.map(({ id, code, weight, ends_on, label }) => [
      id,
      code,
      weight,
      ends_on,
      label,
    ]),
    [
      [ids[0], "T2", 100, "2026-12-20", "1er trimestre"],
      [ids[1], "T1", 100, "2027-03-26", "2e trimestre"],
      [ids[2], "T3", 150, "2027-06-30", "Troisième"],
    ],
  )
})

test("periods that overlap or leave the year are refused, each beside its field", async () => {
  const admin = await school.as("admin")
  await admin.open(`/years/${school.ids.year}`)
  const page = await admin.post(
    `/years/${school.ids.year}`,
    filled(admin, { starts_2: "2026-12-01", ends_3: "2027-08-01" }),
  )
  assert.is(page.status, 422)
  assert.match(page.body, "2e trimestre commence avant la fin de 1er trimestre.")
  assert.match(page.body, "3e trimestre sort de l’année scolaire.")
  assert.match(page.body, 'href="#f-starts_2"')
  assert.match(page.body, 'value="2026-12-01"')
})

test("a period with marks stays, one without goes, and another year's period cannot be taken over", async () => {
  const { db } = school.school
  const admin = await school.as("admin")
  const classSubject = school.ids.classSubjects["10ème CG 1/MATHS"] as number
  await db
    .insertInto("subject_lock")
    .values({
      class_subject_id: classSubject,
      period_id: school.ids.periods.T1 as number,
      locked_at: "2026-12-01",
    })
    .execute()
  const hidden = Object.fromEntries(
    ["T1", "T2", "T3"].map((code, n) => [`id_${n + 1}`, String(school.ids.periods[code])]),
  )
  await admin.open(`/years/${school.ids.year}`)
  const fields = filled(admin, hidden)
  const refused = await admin.post(`/years/${school.ids.year}`, { ...fields, code_1: "", label_1: "" })
  assert.is(refused.status, 409)
  assert.match(refused.body, "« 1er trimestre » ne peut pas être retirée")
  assert.is((await db.selectFrom("period").select("id").execute()).length, 3, "nothing half-written")
  await admin.open(`/years/${school.ids.year}`)
  await admin.submit(`/years/${school.ids.year}`, { ...fields, code_3: "", label_3: "" })
  assert.equal(
    school.school.year?.periods.map(({ code }) => code),
    ["T1", "T2"],
  )

  await admin.open("/years/new")
  await admin.submit("/years", filled(admin))
  const other = await db
    .selectFrom("school_year")
    .select("id")
    .where("label", "=", "2027-2028")
    .executeTakeFirstOrThrow()
  await admin.open(`/years/${other.id}`)
  await admin.submit(`/years/${other.id}`, filled(admin, { id_1: String(school.ids.periods.T1) }))
  const stays = await db
    .selectFrom("period")
    .select("school_year_id")
    .where("id", "=", school.ids.periods.T1 as number)
    .executeTakeFirst()
  assert.is(stays?.school_year_id, school.ids.year)
})

test("a teacher sees the years and changes nothing; a year that does not exist is no page", async () => {
  const teacher = await school.as("maths")
  const page = await teacher.open("/years")
  assert.match(page.body, "1er trimestre")
  assert.not.match(page.body, "/years/new")
  assert.is((await teacher.get(`/years/${school.ids.year}`)).status, 403)
  assert.is((await teacher.get("/school/edit")).status, 403)
  const admin = await school.as("admin")
  assert.is((await admin.get("/years/999")).status, 404)
})

test.run()
