// The model of the bulletin: edited beside a real one, frozen with what is published; duplicates; reprints.
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import sharp from "sharp"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { stopWorker } from "../../documents/pool.ts"
import { textOf } from "../../documents/readPdf.testing.ts"
import { keepPortrait } from "../photos/files.ts"
import type { BulletinData } from "./contract.ts"
import { makeFiles } from "./files.ts"
import { CLASS, enterMarks, publishPeriod } from "./marks.fixture.ts"
import { type BulletinModel, DEFAULT_MODEL } from "./model.ts"
import { typedOf } from "./modelForm.ts"

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
  await enterMarks(school)
})
test.after.each(() => school.close())
test.after(() => stopWorker())

const EDITOR = "/bulletins/models"
const path = (period = "T1") => `/bulletins/${school.ids.classes[CLASS]}/${school.ids.periods[period]}`

const typed = (change: (model: BulletinModel) => void, more: Record<string, string> = {}) => {
  const model = structuredClone(DEFAULT_MODEL)
  change(model)
  return { ...typedOf(model), ...more }
}

/** The dean saves a model of the school, or of a level. */
async function choose(change: (model: BulletinModel) => void, level = "") {
  const dean = await school.as("censeur")
  await dean.open(`${EDITOR}${level ? `?level=${level}` : ""}`)
  return dean.post(EDITOR, typed(change))
}

async function bulletinOf(key: string) {
  const row = await school.school.db
    .selectFrom("bulletin")
    .selectAll()
    .where("student_id", "=", school.ids.students[key] as number)
    .orderBy("id", "desc")
    .executeTakeFirstOrThrow()
  return { ...row, content: JSON.parse(row.content) as BulletinData }
}

async function fileText(layout: "single" | "double", economy: 0 | 1, student: string | null = null) {
  await makeFiles(school.school, school.now)
  let row = school.school.db.selectFrom("bulletin_file").select("path").where("layout", "=", layout)
  row = row.where("economy", "=", economy).where("state", "=", "done").orderBy("id", "desc")
  row = student
    ? row.where("student_id", "=", school.ids.students[student] as number)
    : row.where("student_id", "is", null)
  const { path } = await row.executeTakeFirstOrThrow()
  return textOf(new Uint8Array(await readFile(join(school.school.folder, path as string))))
}

test("while nobody chose a model, bulletins carry none and print as ever", async () => {
  await publishPeriod(school)
  const { content } = await bulletinOf("moussa")
  assert.is(content.model, undefined)
  assert.is((await fileText("single", 0)).length, 4)
})

test("the dean chooses a model: the next publication is frozen with it, the one before keeps its own", async () => {
  await publishPeriod(school)
  const before = await fileText("single", 0, "moussa")
  const saved = await choose((model) => {
    model.title = "Relevé de notes"
    model.columns.classMean = true
    model.columns.teacher = false
    model.layout = "double"
    model.economy = true
  })
  assert.is(saved.status, 303)
  assert.equal(await fileText("single", 0, "moussa"), before, "what is published stays")
  await publishPeriod(school, "T1", "nouveau modèle")
  const { content } = await bulletinOf("moussa")
  assert.is(content.model?.title, "RELEVÉ DE NOTES")
  assert.is(content.lines[0]?.classMean, "11,92", "the class's mean: 14,33, twice 12,67 and 8,00")
  const [page] = await fileText("double", 1)
  assert.match(page as string, "RELEVÉ DE NOTES – 1er TRIMESTRE")
  assert.match((page as string).replaceAll("\n", " "), "Moy. de la classe")
  const [own] = await fileText("single", 1, "moussa")
  assert.match(own as string, "RELEVÉ DE NOTES")
  const trail = await school.school.db
    .selectFrom("audit")
    .select(["action", "after"])
    .where("subject", "=", "bulletin_model")
    .execute()
  assert.equal(trail, [{ action: "kept", after: JSON.stringify({ level: null, version: 1 }) }])
})

test("a model changes no number: families are not told again", async () => {
  await publishPeriod(school)
  const messages = () => school.school.db.selectFrom("outbox").select("id").execute()
  const told = (await messages()).length
  await choose((model) => {
    model.note = "Rentrée le 5 janvier."
  })
  await publishPeriod(school, "T1", "une phrase au bas")
  assert.is((await bulletinOf("moussa")).changed, 0)
  assert.is((await messages()).length, told)
})

test("a level may have its own model, and go back to the school's; who signs follows the cycle", async () => {
  await choose((model) => {
    model.heads.lycee = { title: "Le Directeur des études", name: "M. Bakary KEÏTA" }
  })
  await choose((model) => {
    model.title = "Bulletin de 10e"
  }, "10")
  const dean = await school.as("censeur")
  assert.match((await dean.open(`${EDITOR}?level=10`)).body, 'value="BULLETIN DE 10E"')
  assert.match((await dean.open(`${EDITOR}?level=11`)).body, "Ce niveau suit le modèle de l’école")
  assert.match((await dean.open(EDITOR)).body, 'value="M. Bakary KEÏTA"')
  await dean.open(`${EDITOR}?level=10`)
  assert.is((await dean.post(`${EDITOR}/inherit`)).status, 303)
  assert.match((await dean.open(`${EDITOR}?level=10`)).body, 'value="BULLETIN DE NOTES"')
  await publishPeriod(school)
  const { content } = await bulletinOf("moussa")
  assert.equal(content.signatory, { title: "Le Directeur des études", name: "M. Bakary KEÏTA" })
  assert.is(content.model?.heads.lycee.name, "", "a name is not frozen where it is not printed")
})

test("beside the form stands a real student's bulletin, as a picture and as a PDF; nothing is written", async () => {
  const dean = await school.as("censeur")
  const page = await dean.open(EDITOR)
  assert.ok(page.bytes <= 8_000, `${page.bytes} bytes`)
  assert.ok(page.queries <= 12, `${page.queries} queries`)
  const { moussa } = school.ids.students as { moussa: number }
  const asked = new URLSearchParams(
    typed(
      (model) => {
        model.title = "À l’essai"
        model.columns.rank = false
      },
      { student: String(moussa) },
    ),
  )
  const { db } = school.school
  const count = async () => (await db.selectFrom("audit").select("id").execute()).length
  const before = await count()
  const svg = await dean.get(`${EDITOR}/preview.svg?${asked}`)
  assert.is(svg.headers.get("content-type"), "image/svg+xml; charset=utf-8")
  for (const words of ["À L’ESSAI – 1er TRIMESTRE", "SPÉCIMEN", "14,33", "Moussa"])
    assert.match(svg.body, words)
  const pdf = await dean.get(`${EDITOR}/preview.pdf?${asked}`)
  assert.is(pdf.headers.get("content-type"), "application/pdf")
  assert.is(pdf.headers.get("cache-control"), "private, no-store")
  const shown = await dean.open(`${EDITOR}?${asked}`)
  assert.match(shown.body, 'value="À l’essai"')
  assert.match(shown.body, `preview.svg?`)
  assert.is(await count(), before)
  assert.is((await db.selectFrom("bulletin_model").select("id").execute()).length, 0)
})

test("the preview shows only students of the class named, and what is wrong changes nothing of it", async () => {
  const dean = await school.as("censeur")
  const salif = school.ids.students.salif as number
  const ask = (more: Record<string, string>) =>
    dean.get(`${EDITOR}/preview.svg?${new URLSearchParams(typed(() => {}, more))}`)
  const other = await ask({ class: String(school.ids.classes[CLASS]), student: String(salif) })
  assert.is(other.status, 200)
  assert.not.match(other.body, "Salif")
  const WRONG: Record<string, string>[] = [
    { class: "x" },
    { student: "-1" },
    { period: "999999" },
    { title: "" },
    { level: "99" },
  ]
  for (const wrong of WRONG) {
    assert.is((await ask(wrong)).status, 200, JSON.stringify(wrong))
  }
  for (const key of ["maths", "secretaire", "parent"]) {
    const other = await school.as(key)
    assert.is((await other.get(`${EDITOR}/preview.svg`)).status, 403, key)
  }
})

test("a model that cannot be is refused with what was typed; two deans do not overwrite each other", async () => {
  const [one, two] = [await school.as("censeur"), await school.as("proviseur")]
  await one.open(EDITOR)
  await two.open(EDITOR)
  const wrong = await one.post(
    EDITOR,
    typed((model) => (model.title = " "), { note: "Gardé." }),
  )
  assert.is(wrong.status, 422)
  assert.match(wrong.body, "Remplissez ce champ.")
  assert.match(wrong.body, "Gardé.")
  assert.is(
    (
      await one.post(
        EDITOR,
        typed((model) => (model.title = "Le premier")),
      )
    ).status,
    303,
  )
  const late = await two.post(
    EDITOR,
    typed((model) => (model.title = "Le second")),
  )
  assert.is(late.status, 422)
  assert.match(late.body, "enregistrée entre-temps")
  assert.match(late.body, 'value="Le second"')
  const kept = await school.school.db.selectFrom("bulletin_model").select("config").execute()
  assert.is(kept.length, 1)
})

test("in the last period the paper says the whole year, subject by subject, from what was published", async () => {
  await choose((model) => {
    model.columns.year = true
  })
  await publishPeriod(school, "T1")
  assert.is((await bulletinOf("moussa")).content.yearColumns, undefined, "only in the last period")
  await makeFiles(school.school, school.now)
  school.now = new Date("2027-07-02T09:00:00.000Z")
  await enterMarks(school, "T3", 100)
  await publishPeriod(school, "T3")
  const { content } = await bulletinOf("moussa")
  assert.equal(content.yearColumns?.earlier, ["T1"])
  const [line] = content.lines
  assert.equal([line?.average, line?.year], ["15,33", { earlier: ["14,33"], annual: "14,83" }])
  assert.equal(content.yearColumns?.general, { earlier: ["14,33"], annual: "14,83" })
  const [page] = await fileText("single", 0, "moussa")
  assert.match((page as string).replaceAll("\n", " "), "TRIMESTRE ET ANNÉE")
})

test("photos where the school prints them, as on the day: they are never frozen", async () => {
  const red = { create: { width: 240, height: 320, channels: 3 as const, background: "#b3261e" } }
  const whose = { person: "student" as const, id: school.ids.students.moussa as number }
  const jpeg = await sharp(red).jpeg().toBuffer()
  await keepPortrait(school.school, { by: { id: 1 }, whose, jpeg, now: school.now })
  await choose((model) => {
    model.photo = true
  })
  await publishPeriod(school)
  assert.is((await bulletinOf("moussa")).content.student.photo, undefined)
  await makeFiles(school.school, school.now)
  const pictures = async (key: string) => {
    const { path } = await school.school.db
      .selectFrom("bulletin_file")
      .select("path")
      .where("student_id", "=", school.ids.students[key] as number)
      .executeTakeFirstOrThrow()
    const pdf = await readFile(join(school.school.folder, path as string))
    return pdf.toString("latin1").split("/DCTDecode").length - 1
  }
  assert.equal([await pictures("moussa"), await pictures("issa")], [1, 0])
})

test("the class's file in another look: each kept beside the others, asked once", async () => {
  await publishPeriod(school)
  await makeFiles(school.school, school.now)
  const desk = await school.as("secretaire")
  await desk.open(path())
  for (const look of ["double-economy", "single-economy", "double-economy"]) {
    assert.is((await desk.post(`${path()}/files`, { look })).status, 303)
    await Promise.allSettled(school.school.background)
  }
  const files = await school.school.db
    .selectFrom("bulletin_file")
    .select(["layout", "economy", "path"])
    .where("student_id", "is", null)
    .orderBy("id")
    .execute()
  assert.equal(
    files.map(({ layout, economy }) => [layout, economy]),
    [
      ["single", 0],
      ["double", 1],
      ["single", 1],
    ],
  )
  assert.is(new Set(files.map((file) => file.path)).size, 3)
  const page = await desk.open(path())
  assert.match(page.body, "Deux exemplaires par feuille (A4 paysage, économie d’encre)")
  assert.match(page.body, '<option value="double">')
  assert.is((await desk.post(`${path()}/files`, { look: "triple" })).status, 400)
})

test("a duplicate is asked with a reason, counted, and says its number; a family's own reading is none", async () => {
  await publishPeriod(school)
  const { id } = await bulletinOf("moussa")
  const desk = await school.as("secretaire")
  assert.match((await desk.open(path())).body, `/bulletin/${id}/duplicate`)
  const form = await desk.open(`/bulletin/${id}/duplicate`)
  assert.match(form.body, "Faire le duplicata n° 1")
  assert.is((await desk.post(`/bulletin/${id}/duplicate`, { reason: " " })).status, 422)
  assert.is((await desk.get("/bulletin-duplicates/1")).status, 404)
  for (const reason of ["Original perdu", "Perdu de nouveau"]) {
    await desk.open(`/bulletin/${id}/duplicate`)
    await desk.submit(`/bulletin/${id}/duplicate`, { reason })
  }
  const page = await desk.open(`/bulletin/${id}/duplicate`)
  for (const words of ["Duplicata n° 2", "Perdu de nouveau", "BERTHÉ"]) assert.match(page.body, words)
  const file = page.body.match(/\/bulletin-duplicates\/\d+/)?.[0] as string
  const pdf = async (address: string) => {
    const answer = await fetch(new URL(address, school.url), { headers: { cookie: desk.cookies() } })
    return textOf(new Uint8Array(await answer.arrayBuffer()))[0] as string
  }
  const second = await pdf(file)
  assert.match(second, "DUPLICATA n° 2")
  assert.match(second, "Duplicata n° 2, délivré le 10/12/2026.")
  assert.not.match(await pdf(`/bulletin/${id}`), "DUPLICATA n°")
  const trail = await school.school.db
    .selectFrom("audit")
    .select(["after", "reason"])
    .where("action", "=", "duplicated")
    .execute()
  assert.equal(trail.at(-1), { after: JSON.stringify({ number: 2 }), reason: "Perdu de nouveau" })
  const parent = await school.as("parent")
  assert.is((await parent.get(file)).status, 403)
})

test("of a bulletin that was replaced no duplicate is made", async () => {
  await publishPeriod(school)
  const { id } = await bulletinOf("moussa")
  const desk = await school.as("secretaire")
  await desk.open(`/bulletin/${id}/duplicate`)
  await publishPeriod(school, "T1", "note corrigée")
  assert.is((await desk.post(`/bulletin/${id}/duplicate`, { reason: "perdu" })).status, 409)
  assert.match((await desk.open(`/bulletin/${id}/duplicate`)).body, "a été remplacé")
})

test("the next year begins with the models of this one", async () => {
  await choose((model) => {
    model.title = "Relevé"
  })
  const admin = await school.as("admin")
  const { body } = await admin.open("/years/new")
  const value = (name: string) => body.match(new RegExp(`name="${name}"[^>]*? value="([^"]*)"`))?.[1] ?? ""
  const names = [...body.matchAll(/<input [^>]*name="(\w+)"/g)].map(([, name]) => name as string)
  const fields = names.filter((name) => !name.startsWith("_"))
  await admin.submit("/years", Object.fromEntries(fields.map((name) => [name, value(name)])))
  const rows = await school.school.db
    .selectFrom("bulletin_model")
    .select(["school_year_id", "version", "config"])
    .orderBy("id")
    .execute()
  assert.equal(
    rows.map(({ version, config }) => [version, JSON.parse(config ?? "").title]),
    [
      [1, "RELEVÉ"],
      [1, "RELEVÉ"],
    ],
  )
  assert.is(new Set(rows.map((row) => row.school_year_id)).size, 2)
})

test.run()
