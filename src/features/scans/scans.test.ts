// Papers as the secretary scans them: what is asked for, handed in, missing, deleted, taken back; and what is no paper.
import { existsSync, readdirSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import sharp from "sharp"
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { NOW, openTestSchool, type TestSchool } from "../../../test/school.ts"
import { stopWorker } from "../../documents/pool.ts"
import { refresh } from "../../school.ts"
import { bomb, noise, phonePhoto } from "../photos/photos.fixture.ts"
import { keepScan } from "./files.ts"
import { sweep } from "./jobs.ts"
import { fileName } from "./rules.ts"

const PDF = "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
const BIRTH = "Extrait d’acte de naissance"
const DAY = 86_400_000

let school: TestSchool
let secretary: Client

test.before.each(async () => {
  school = await openTestSchool()
  secretary = await school.as("secretaire")
})
test.after.each(() => school.close())
test.after(() => stopWorker())

const cardOf = (key: string) => `/students/${school.ids.students[key]}`
const filesKept = () => {
  const folder = join(school.school.folder, "scans")
  return existsSync(folder) ? readdirSync(folder) : []
}
const file = (content: string | Uint8Array<ArrayBuffer>, name = "scan.pdf") => ({
  field: "file",
  name,
  content,
})

async function documentNamed(label: string): Promise<string> {
  const { id } = await school.school.db
    .selectFrom("enrolment_document")
    .select("id")
    .where("label", "=", label)
    .executeTakeFirstOrThrow()
  return String(id)
}

async function add(
  fields: Record<string, string>,
  content: string | Uint8Array<ArrayBuffer> = PDF,
  at = `${cardOf("moussa")}/scans`,
) {
  await secretary.get(at)
  return secretary.post(at, fields, file(content))
}

const linkOf = (page: string) => page.match(/href="((?:\/staff\/\d+)?\/scans\/\d+)"/)?.[1] as string

const fetched = (client: Client, path: string) =>
  fetch(new URL(path, school.url), { headers: { cookie: client.cookies() } })

test("the tab says what the level asks for and what is missing; a scan fills its line", async () => {
  const at = `${cardOf("moussa")}/scans`
  const before = (await secretary.get(at)).body
  assert.match(
    before,
    `Il manque : ${BIRTH}, Bulletins de l’année précédente, Attestation du DEF, 4 photos d’identité.`,
  )
  const answer = await add({ document: await documentNamed(BIRTH) })
  assert.is(answer.location, at)
  const after = (await secretary.open(at)).body
  assert.match(after, `« ${BIRTH} » est dans les pièces de KEÏTA Moussa.`)
  assert.match(after, "Il manque : Bulletins de l’année précédente, Attestation du DEF, 4 photos d’identité.")
  assert.match(after, /PDF, 1 ko/)
  assert.not.match(
    (await secretary.get(`${cardOf("salif")}/scans`)).body,
    "Attestation du DEF, ",
    "not of his level",
  )
})

test("a paper of any other name, and a second page of one of the list", async () => {
  const at = `${cardOf("moussa")}/scans`
  await add({ document: "other", label: "Jugement supplétif" })
  await add({ document: await documentNamed(BIRTH), label: "verso" })
  await add({ document: "", label: "extrait d'acte de naissance" })
  const rows = await school.school.db
    .selectFrom("scan")
    .select(["label", "document_id"])
    .orderBy("id")
    .execute()
  const birth = Number(await documentNamed(BIRTH))
  assert.equal(rows, [
    { label: "Jugement supplétif", document_id: null },
    { label: `${BIRTH} – verso`, document_id: birth },
    { label: BIRTH, document_id: birth },
  ])
  const page = (await secretary.get(at)).body
  assert.match(page, "Jugement supplétif")
  assert.match(page, "verso")
  assert.match((await add({ document: "", label: "" })).body, "Choisissez la pièce dans la liste.")
  assert.match((await add({ document: "other", label: " " })).body, "Écrivez ce que c’est.")
  assert.match((await add({ document: "999", label: "" })).body, "Choisissez la pièce dans la liste.")
})

test("a photo of the page is made smaller and loses what the phone wrote into it", async () => {
  await add({ document: "other", label: "Carnet" }, await phonePhoto())
  await add({ document: "other", label: "Bruit" }, await noise(1700, 1500))
  const page = (await secretary.get(`${cardOf("moussa")}/scans`)).body
  const links = [...page.matchAll(/href="(\/scans\/\d+)"/g)].map(([, link]) => link as string)
  assert.is(links.length, 2)
  for (const link of links) {
    const answer = await fetched(secretary, link)
    assert.is(answer.headers.get("content-type"), "image/jpeg")
    const jpeg = Buffer.from(await answer.arrayBuffer())
    const { width, height, exif } = await sharp(jpeg).metadata()
    assert.ok(Math.max(width, height) <= 1600, `${width} × ${height}`)
    assert.ok(jpeg.length <= 400_000, `${jpeg.length} bytes`)
    assert.is(exif, undefined)
    assert.not.match(jpeg.toString("latin1"), /Exif\0|Tecno|Appareil de/)
  }
})

test("a file that is neither PDF nor photo is refused beside the field, and what was typed stays", async () => {
  const wrong: [content: string | Uint8Array<ArrayBuffer>, said: string][] = [
    ["", "Ce fichier est vide"],
    ["%PDF-1.4\n", "Ce PDF est incomplet"],
    [`${PDF}${" ".repeat(5000)}`, "Ce PDF est incomplet"],
    [` ${PDF}`, "n’est ni un PDF ni une photo"],
    ["<html><!-- %PDF-1.4 %%EOF --></html>", "une page web"],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', "un dessin SVG"],
    ["PK\x03\x04word/document.xml", "un document Office"],
    [(await phonePhoto()).slice(0, 3000), "abîmée ou incomplète"],
    [bomb(20_000, 20_000), "trop de points"],
  ]
  for (const [content, said] of wrong) {
    const answer = await add({ document: "other", label: "Jugement" }, content)
    assert.is(answer.status, 422, said)
    assert.match(answer.body, said)
    assert.match(answer.body, 'value="Jugement"')
  }
  assert.equal(filesKept(), [])
  const heavy = await add({ document: "other", label: "Jugement" }, new Uint8Array(10_100_000))
  assert.is(heavy.status, 413)
  assert.match(heavy.body, "10 Mo au plus")
  assert.equal(filesKept(), [])
})

test("a PDF is handed over as a file, never opened in the school's name", async () => {
  await add({ document: "other", label: 'Jugement / supplétif\r\nX: y; "..\\œuvre' }, PDF)
  const link = linkOf((await secretary.get(`${cardOf("moussa")}/scans`)).body)
  const answer = await fetched(secretary, link)
  assert.is(await answer.text(), PDF)
  assert.is(answer.headers.get("content-type"), "application/pdf")
  assert.is(
    answer.headers.get("content-disposition"),
    'attachment; filename="Jugement-suppletif-X-y-oeuvre-KEITA-Moussa.pdf"',
  )
  assert.is(answer.headers.get("content-security-policy"), "sandbox; default-src 'none'")
  assert.is(answer.headers.get("x-content-type-options"), "nosniff")
  assert.is(answer.headers.get("cache-control"), "private, no-store")
})

test("names of files hold nothing that a system would take for more than a name", () => {
  assert.is(fileName("../../etc/passwd", "X", "pdf"), "etc-passwd-X.pdf")
  assert.is(fileName('\u202e"<>|', "شهادة", "jpeg"), "piece.jpg")
  assert.ok(fileName("a".repeat(500), "b", "pdf").length <= 84)
})

test("another's scan does not exist, by any number", async () => {
  await add({ document: "other", label: "Jugement" }, PDF, `${cardOf("salif")}/scans`)
  const link = linkOf((await secretary.get(`${cardOf("salif")}/scans`)).body)
  const teacher = await school.as("maths")
  assert.is((await teacher.get(link)).status, 403, "a teacher has not the right")
  // the school gives it to teachers: each sees the papers of the own students, and of no others
  for (const permission of ["scans.see", "scans.change"])
    await school.school.db
      .insertInto("role_permission")
      .values({ role: "teacher", permission, granted: 1 })
      .execute()
  await refresh(school.school)
  assert.is((await teacher.get(`${cardOf("moussa")}/scans`)).status, 200)
  for (const path of [link, `${link}/delete`, `${cardOf("salif")}/scans`])
    assert.is((await teacher.get(path)).status, 404, path)
  await teacher.get(`${cardOf("moussa")}/scans`)
  assert.is((await teacher.post(`${link}/delete`, { reason: "x" })).status, 404)
  await secretary.get(`/staff/${school.ids.staff.maths}/scans`)
  const staff = await secretary.get(`/staff/${school.ids.staff.maths}${link}`)
  assert.is(staff.status, 404, "a student's scan under a member of staff's address")
  const [kept] = filesKept()
  for (const path of [`/scans/${kept}`, `/scans/..%2Fscans%2F${kept}`])
    assert.is((await secretary.get(path)).status, 404)
})

test("deleting asks for a reason and is taken back from the bin; after thirty days the file is gone", async () => {
  const at = `${cardOf("moussa")}/scans`
  await add({ document: "other", label: "Jugement" })
  const link = linkOf((await secretary.get(at)).body)
  assert.match((await secretary.get(`${link}/delete`)).body, "Supprimer « Jugement »")
  const without = await secretary.post(`${link}/delete`, { reason: " " })
  assert.is(without.status, 422)
  const gone = await secretary.submit(`${link}/delete`, { reason: "Pièce d’un autre élève" })
  assert.match(gone.body, "Corbeille")
  assert.match(gone.body, "Pièce d’un autre élève")
  assert.is((await secretary.get(link)).status, 404, "not to be opened from the bin")
  assert.is((await secretary.get(`${link}/delete`)).status, 409)
  await secretary.get(at)
  assert.match((await secretary.submit(`${link}/restore`)).body, "est de nouveau dans les pièces")
  assert.is((await secretary.get(link)).status, 200)
  const history = (await secretary.get(`${cardOf("moussa")}/history`)).body
  assert.match(history, /reprise de la corbeille[\s\S]*mise à la corbeille[\s\S]*Pièce numérisée ajoutée/)

  await secretary.get(`${link}/delete`)
  await secretary.post(`${link}/delete`, { reason: "Illisible" })
  await sweep(school.school, new Date(NOW.getTime() + 29 * DAY))
  assert.is(filesKept().length, 1)
  assert.match(await sweep(school.school, new Date(NOW.getTime() + 31 * DAY)), /^1 scans/)
  assert.equal(filesKept(), [])
  await secretary.get(at)
  assert.is((await secretary.post(`${link}/restore`)).status, 404)
})

test("two desks: one deletes, the other is told; the same paper sent twice is kept once", async () => {
  const at = `${cardOf("moussa")}/scans`
  await secretary.get(at)
  const twice = await Promise.all(
    [1, 2].map(() => secretary.post(at, { document: "other", label: "CNI" }, file(PDF))),
  )
  assert.equal(
    twice.map(({ status }) => status),
    [303, 303],
  )
  assert.is(filesKept().length, 1)
  const link = linkOf((await secretary.get(at)).body)
  const head = await school.as("proviseur")
  await Promise.all([secretary.get(`${link}/delete`), head.get(`${link}/delete`)])
  const answers = await Promise.all([
    secretary.post(`${link}/delete`, { reason: "Double" }),
    head.post(`${link}/delete`, { reason: "Trop vieux" }),
  ])
  assert.equal(answers.map(({ status }) => status).sort(), [303, 409])
})

test("handing a paper in ticks it in the file of enrolment that waits for it, unless the box is cleared", async () => {
  const { db } = school.school
  const student = school.ids.students.moussa as number
  const [birth, photos] = [await documentNamed(BIRTH), await documentNamed("4 photos d’identité")]
  const { id } = await db
    .insertInto("application")
    .values({
      ...{
        reference: "D-2026-0099",
        code: "K7QM2-XRDTF",
        school_year_id: school.ids.year,
        state: "numbered",
      },
      ...{
        source: "desk",
        surname: "KEÏTA",
        given_names: "Moussa",
        sort_name: "keita moussa",
        folded: "keita",
      },
      ...{ level_code: "10", series_code: "CG", student_id: student },
      ...{ created_at: NOW.toISOString(), updated_at: NOW.toISOString() },
    })
    .returning("id")
    .executeTakeFirstOrThrow()
  const at = `${cardOf("moussa")}/scans`
  assert.match((await secretary.get(at)).body, "dans le dossier d’inscription D-2026-0099")
  await secretary.post(at, { document: birth, tick: "1" }, file(PDF))
  assert.match((await secretary.open(at)).body, "cochée « remise » dans le dossier D-2026-0099")
  await secretary.post(at, { document: photos }, file(PDF))
  const given = await db
    .selectFrom("application_document")
    .select(["document_id", "given_on"])
    .where("application_id", "=", id)
    .execute()
  assert.equal(given, [{ document_id: Number(birth), given_on: "2026-12-10" }])
  const line = (await secretary.get(at)).body
  assert.match(line, "le 10/12/2026")
})

test("a member of staff's CV is kept apart from the students' papers, for fewer eyes", async () => {
  const at = `/staff/${school.ids.staff.maths}/scans`
  assert.match((await secretary.get(`/staff/${school.ids.staff.maths}`)).body, `href="${at}"`)
  assert.match((await add({ label: "" }, PDF, at)).body, "Remplissez ce champ.")
  await add({ label: "CV" }, PDF, at)
  const link = linkOf((await secretary.get(at)).body)
  assert.match(link, at)
  const answer = await fetched(secretary, link)
  assert.match(answer.headers.get("content-disposition") ?? "", /^attachment; filename="CV-/)
  const dean = await school.as("censeur")
  assert.is((await dean.get(at)).status, 403)
  assert.is((await dean.get(link)).status, 403)
  const number = link.split("/").at(-1)
  assert.is((await secretary.get(`/staff/${school.ids.staff.francais}/scans/${number}`)).status, 404)
  assert.is((await secretary.get(`/scans/${number}`)).status, 404, "not under the students' address")
  await secretary.get(`${link}/delete`)
  assert.match((await secretary.submit(`${link}/delete`, { reason: "Ancien" })).body, "Corbeille")
  assert.match((await secretary.submit(`${link}/restore`)).body, "de nouveau")
})

test("a row that cannot be written leaves no file; a file that no row names goes after a month", async () => {
  const page = { format: "pdf" as const, bytes: Buffer.from(PDF) }
  const asked = { whose: { person: "student" as const, id: 99_999 }, page, tick: null, now: NOW }
  try {
    await keepScan(school.school, { id: 1 }, { ...asked, kept: { document_id: null, label: "X" } })
    assert.unreachable("there is no such student")
  } catch (problem) {
    assert.match(String(problem), /foreign key/i)
  }
  assert.equal(filesKept(), [])
  await add({ document: "other", label: "Jugement" })
  const [kept] = filesKept()
  const folder = join(school.school.folder, "scans")
  writeFileSync(join(folder, "orphan.pdf"), PDF)
  const long = new Date(Date.now() - 40 * DAY)
  for (const name of ["orphan.pdf", kept as string]) utimesSync(join(folder, name), long, long)
  await sweep(school.school, new Date())
  assert.equal(filesKept(), [kept])
})

test("switched off, papers are gone from the tabs and kept on the disk", async () => {
  await add({ document: "other", label: "Jugement" })
  await school.school.db
    .insertInto("setting")
    .values({ key: "off", value: "scans" })
    .onConflict((oc) => oc.column("key").doUpdateSet({ value: "scans" }))
    .execute()
  await refresh(school.school)
  assert.is((await secretary.get(`${cardOf("moussa")}/scans`)).status, 404)
  assert.not.match((await secretary.get(cardOf("moussa"))).body, "Pièces")
  assert.is(filesKept().length, 1)
})

test.run()
