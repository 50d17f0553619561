import { test } from "uvu"
import * as assert from "uvu/assert"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { stopWorker } from "../../documents/pool.ts"
import { refresh } from "../../school.ts"
import { changeSettings } from "../../settings.ts"
import { runBatches, startBatch } from "./batches.ts"
import type { BulletinData } from "./contract.ts"
import { publishMonthly } from "./jobs.ts"
import { release } from "./release.ts"
import { isBelow, monthIsDue, saysTheSame } from "./rules.ts"

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
  school.now = new Date("2026-12-15T09:00:00.000Z")
  await mark("moussa", 1400)
  await mark("issa", 600)
})
test.after.each(() => school.close())
test.after(() => stopWorker())

const OURS = "10ème CG 1"
const THEIRS = "11ème SES 1"
const classId = (label: string) => school.ids.classes[label] as number
const T1 = () => school.ids.periods.T1 as number
const path = () => `/bulletins/${classId(OURS)}/${T1()}`
const family = () => `/family/${school.ids.students.moussa}`

let assessment = 0
/** One mark in mathematics, on 20, in hundredths. */
async function mark(key: string, value: number) {
  const { db } = school.school
  const known = await db.selectFrom("assessment").select("id").executeTakeFirst()
  assessment =
    known?.id ??
    (
      await db
        .insertInto("assessment")
        .values({
          class_subject_id: school.ids.classSubjects[`${OURS}/MATHS`] as number,
          period_id: T1(),
          category: "COMPO",
          label: "Composition",
          max: 2000,
          weight: 100,
          position: 1,
          created_at: school.now.toISOString(),
        })
        .returning("id")
        .executeTakeFirstOrThrow()
    ).id
  const row = { value, updated_at: school.now.toISOString() }
  await db
    .insertInto("mark")
    .values({ assessment_id: assessment, student_id: school.ids.students[key] as number, ...row })
    .onConflict((oc) => oc.columns(["assessment_id", "student_id"]).doUpdateSet(row))
    .execute()
}

async function check(...labels: string[]) {
  for (const label of labels) {
    await school.school.db
      .insertInto("class_period")
      .values({
        class_id: classId(label),
        period_id: T1(),
        state: "checked",
        changed_at: school.now.toISOString(),
        changed_by: 1,
      })
      .onConflict((oc) => oc.columns(["class_id", "period_id"]).doUpdateSet({ state: "checked" }))
      .execute()
  }
}

async function publish(fields: Record<string, string>) {
  const head = await school.as("proviseur")
  await head.open(`${path()}/publish`)
  return { head, answer: await head.post(`${path()}/publish`, fields) }
}

const messages = () =>
  school.school.db
    .selectFrom("outbox")
    .select(["event", "body", "recipient", "guardian_id"])
    .orderBy("id")
    .execute()

const LATER = { visible: "later", visible_day: "2026-12-16", visible_hour: "17h30" }
const later = (iso: string) => {
  school.now = new Date(iso)
}

test("families see and are told from the hour chosen on; the form teacher is told of those in difficulty first", async () => {
  await check(OURS)
  await school.school.db
    .updateTable("staff")
    .set({ phone: "+22370009999" })
    .where("id", "=", school.ids.staff.maths as number)
    .execute()
  const { head, answer } = await publish(LATER)
  assert.is(answer.status, 303)
  const page = await head.open(path())
  assert.match(page.body, "Les familles verront ces bulletins le 16/12/2026 à 17:30")
  assert.match(page.body, "À voir avant elles : 1 élève a moins de 8/20.")
  const [first, ...others] = await messages()
  assert.is(first?.event, "bulletin.low")
  assert.match(first?.body ?? "", "en 10ème CG 1, 1 élève a moins de 8/20 au 1er trimestre")
  assert.not.match(first?.body ?? "", /issa/i, "no name in an SMS to the form teacher")
  assert.equal(others, [])

  const parent = await school.as("parent")
  assert.match((await parent.open(family())).body, "Pas encore de résultats")
  const bulletin = await school.school.db
    .selectFrom("bulletin")
    .select("id")
    .where("student_id", "=", school.ids.students.moussa as number)
    .executeTakeFirstOrThrow()
  assert.is((await parent.get(`${family()}/bulletins/${bulletin.id}`)).status, 404)
  assert.is((await parent.get(`${family()}/marks/${bulletin.id}`)).status, 404)

  later("2026-12-16T17:29:00.000Z")
  assert.is(await release(school.school, school.now), 0)
  later("2026-12-16T17:30:00.000Z")
  assert.is(await release(school.school, school.now), 1)
  assert.is(await release(school.school, school.now), 0, "told once")
  assert.match((await messages()).at(-1)?.body ?? "", "bulletin du 1er trimestre. Moussa KEITA, moyenne")
  assert.match((await (await school.as("parent")).open(family())).body, "1er trimestre")
})

test("a moment that is past, unreadable or too far is said beside its field", async () => {
  await check(OURS)
  const cases: [Record<string, string>, RegExp][] = [
    [{ visible_day: "2026-12-14" }, /déjà passé/],
    [{ visible_day: "2026-12-15", visible_hour: "8:30" }, /déjà passé/],
    [{ visible_day: "2027-06-01" }, /60 prochains jours/],
    [{ visible_day: "31/02/2027" }, /Écrivez une date/],
    [{ visible_hour: "25h" }, /Écrivez une heure/],
    [{ visible_day: "" }, /Choisissez le jour/],
  ]
  for (const [fields, sentence] of cases) {
    const { answer } = await publish({ ...LATER, ...fields })
    assert.is(answer.status, 422, JSON.stringify(fields))
    assert.match(answer.body, sentence)
  }
  assert.equal(await school.school.db.selectFrom("publication").select("id").execute(), [])
})

test("of a correction only families whose bulletin says something else are told, and only those pages are printed again", async () => {
  await check(OURS)
  await publish({})
  assert.is((await messages()).length, 1, "Moussa's parent")
  // the same again: nobody is told of a bulletin that says the same
  await publish({ reason: "Nouvelle impression" })
  assert.is((await messages()).length, 1)
  const changed = () =>
    school.school.db
      .selectFrom("bulletin as b")
      .innerJoin("publication as p", "p.id", "b.publication_id")
      .select(["p.version", "b.changed"])
      .execute()
  assert.equal(
    (await changed()).filter(({ version, changed }) => version === 2 && changed),
    [],
  )
  await mark("moussa", 1450)
  const { head } = await publish({ reason: "Note de composition corrigée" })
  assert.match((await messages()).at(-1)?.body ?? "", "bulletin corrigé du 1er trimestre. Moussa KEITA")
  const files = await school.school.db
    .selectFrom("bulletin_file as f")
    .innerJoin("publication as p", "p.id", "f.publication_id")
    .where("p.version", "=", 3)
    .where("f.student_id", "is", null)
    .select(["f.only_changed", "f.pages"])
    .orderBy("f.only_changed")
    .execute()
  const third = (await changed()).filter(({ version, changed }) => version === 3 && changed).length
  // Moussa's average moves the class's mean, which every bulletin prints
  assert.equal(
    files.map(({ only_changed, pages }) => [only_changed, pages]),
    [
      [0, 4],
      [1, third],
    ],
  )
  assert.match((await head.open(path())).body, "Seulement les bulletins qui ont changé")
})

test("a hidden version that is replaced before its hour is never told; everybody hears of the one that replaces it", async () => {
  await check(OURS)
  await publish(LATER)
  await publish({ ...LATER, reason: "Erreur d’arrondi" })
  later("2026-12-17T08:00:00.000Z")
  assert.is(await release(school.school, school.now), 1)
  const told = (await messages()).filter(({ event }) => event === "bulletin.published")
  assert.is(told.length, 1)
  assert.match(told[0]?.body ?? "", "bulletin du 1er trimestre", "a first telling, no correction")
  const page = await (await school.as("parent")).open(family())
  assert.match(page.body, "version 2")
})

test("all the checked classes are published in one go; one that is no longer checked says why", async () => {
  await check(OURS, THEIRS)
  const head = await school.as("proviseur")
  const page = await head.open(`/bulletins/batches?period=${T1()}`)
  assert.match(page.body, OURS)
  assert.match(page.body, THEIRS)
  const classes = { [`class-${classId(OURS)}`]: "1", [`class-${classId(THEIRS)}`]: "1" }
  const begun = await head.submit("/bulletins/batches", { ...classes, visible: "now" })
  assert.match(begun.body, "2 classes sont en cours de publication.")
  await runBatches(school.school, school.now)
  const [batch] = await school.school.db.selectFrom("bulletin_batch").selectAll().execute()
  const ended = await head.open(`/bulletins/batches/${batch?.id}`)
  assert.is(ended.body.match(/publiée<\/span>|publiée</g)?.length ?? 0, 2)
  assert.is(ended.body.match(/\/bulletin-files\/\d+/g)?.length, 2)
  assert.is(batch?.state, "done")

  await school.school.db.deleteFrom("class_period").where("class_id", "=", classId(THEIRS)).execute()
  const again = { periodId: T1(), visibleAt: null, reason: "Essai" }
  const asked = [
    { id: classId(OURS), seenVersion: 0 },
    { id: classId(THEIRS), seenVersion: 1 },
  ]
  await startBatch(school.school.db, { id: 2 }, { ...again, classes: asked }, school.now.toISOString())
  assert.is(await runBatches(school.school, school.now), 0)
  const problems = await school.school.db
    .selectFrom("bulletin_batch_class")
    .select("problem")
    .where("state", "=", "refused")
    .orderBy("class_id")
    .execute()
  assert.match(
    problems.map(({ problem }) => problem).join("\n"),
    /vient d’être publiée par une autre personne/,
  )
  assert.match(problems.map(({ problem }) => problem).join("\n"), /doit d’abord contrôler/)
})

test("a batch cut off by a power cut goes on where it was, and publishes no class twice", async () => {
  await check(OURS, THEIRS)
  const classes = [OURS, THEIRS].map((label) => ({ id: classId(label), seenVersion: 0 }))
  const asked = { periodId: T1(), classes, visibleAt: null, reason: null }
  await startBatch(school.school.db, { id: 2 }, asked, school.now.toISOString())
  await Promise.all([runBatches(school.school, school.now), runBatches(school.school, school.now)])
  assert.is(await runBatches(school.school, school.now), 0)
  const publications = await school.school.db
    .selectFrom("publication")
    .select(["class_id", "version"])
    .execute()
  assert.equal(
    publications.map(({ version }) => version),
    [1, 1],
  )
})

test("a batch is stopped: what waited is left, what was published stays", async () => {
  await check(OURS, THEIRS)
  const classes = [{ id: classId(OURS), seenVersion: 0 }]
  const asked = { periodId: T1(), classes, visibleAt: null, reason: null }
  const id = await startBatch(school.school.db, { id: 2 }, asked, school.now.toISOString())
  const head = await school.as("proviseur")
  const page = await head.open(`/bulletins/batches/${id}`)
  assert.match(page.body, "Arrêter")
  const stopped = await head.submit(`/bulletins/batches/${id}/cancel`)
  assert.match(stopped.body, "ne seront pas publiées")
  assert.is(await runBatches(school.school, school.now), 0)
  await head.open(`/bulletins/batches/${id}`)
  assert.match((await head.submit(`/bulletins/batches/${id}/cancel`)).body, "déjà terminée")
})

test("nothing ticked, a class ticked that is not checked: nothing begins", async () => {
  await check(OURS)
  const head = await school.as("proviseur")
  await head.open(`/bulletins/batches?period=${T1()}`)
  const none = await head.submit("/bulletins/batches", { visible: "now" })
  assert.is(none.status, 422)
  assert.match(none.body, "Cochez au moins une classe.")
  await head.open(`/bulletins/batches?period=${T1()}`)
  const forged = await head.submit("/bulletins/batches", {
    visible: "now",
    [`class-${classId(THEIRS)}`]: "1",
  })
  assert.is(forged.status, 422)
  assert.equal(await school.school.db.selectFrom("bulletin_batch").select("id").execute(), [])
})

test("on the day of the month that the head chose, checked classes are published by themselves, once", async () => {
  await check(OURS)
  const head = await school.as("proviseur")
  await head.open("/bulletins/batches")
  const wrong = await head.submit("/bulletins/batches/schedule", {
    scheduled: "1",
    publish_day: "31",
    publish_delay: "24",
  })
  assert.is(wrong.status, 422)
  await head.open("/bulletins/batches")
  const set = await head.submit("/bulletins/batches/schedule", {
    scheduled: "1",
    publish_day: "16",
    publish_delay: "24",
  })
  assert.match(set.body, "Le 16 de chaque mois")
  assert.is(await publishMonthly(school.school, school.now), "pas aujourd’hui")
  // the server was off on the 16th
  later("2026-12-17T06:00:00.000Z")
  assert.is(await publishMonthly(school.school, school.now), "1 classes publiées")
  assert.is(await publishMonthly(school.school, school.now), "pas aujourd’hui")
  const [publication] = await school.school.db.selectFrom("publication").selectAll().execute()
  assert.is(publication?.visible_at, "2026-12-18T06:00:00.000Z")
  assert.is(publication?.published_by, school.ids.accounts.proviseur)
  await changeSettings(school.school.db, { publishDay: "" })
  await refresh(school.school)
  later("2027-01-20T06:00:00.000Z")
  assert.is(await publishMonthly(school.school, school.now), "pas aujourd’hui")
})

test("rules: the month that is due, the average that is below, the version that says the same", () => {
  assert.ok(monthIsDue({ publishDay: "15", publishedMonth: "2026-11" }, "2026-12-15"))
  assert.not.ok(monthIsDue({ publishDay: "15", publishedMonth: "2026-12" }, "2026-12-28"))
  assert.not.ok(monthIsDue({ publishDay: "15", publishedMonth: "" }, "2026-12-14"))
  const said = (generalAverage: string | null, scaleMax = "20") => ({ generalAverage, scaleMax })
  assert.equal(
    [said("7,99"), said("8,00"), said("3,99", "10"), said("4,00", "10"), said(null)].map((one) =>
      isBelow(one, "8"),
    ),
    [true, false, true, false, false],
  )
  assert.not.ok(isBelow(said("2,00"), ""))
  const content = { publicCode: "A", rank: "1er", student: { className: "10" } } as BulletinData
  assert.ok(saysTheSame({ ...content, publicCode: "B", publicationVersion: 2 }, content))
  assert.not.ok(saysTheSame({ ...content, rank: "2e" }, content))
  assert.not.ok(saysTheSame(content, undefined))
})

test.run()
