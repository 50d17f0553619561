// Photos as the school takes them: one at the desk, a class in the courtyard, on cards and lists; and what is no photo.
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import sharp from "sharp"
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { NOW, openTestSchool, type TestSchool } from "../../../test/school.ts"
import { stopWorker } from "../../documents/pool.ts"
import { keepPortrait } from "./files.ts"
import { sweep } from "./jobs.ts"
import { bomb, NO_PHOTOS, noise, phonePhoto } from "./photos.fixture.ts"

let school: TestSchool
let secretary: Client

test.before.each(async () => {
  school = await openTestSchool()
  secretary = await school.as("secretaire")
})
test.after.each(() => school.close())
test.after(() => stopWorker())

const file = (content: string | Uint8Array<ArrayBuffer>, name = "IMG_0001.jpg") => ({
  field: "photo",
  name,
  content,
})
const cardOf = (key: string) => `/students/${school.ids.students[key]}`
const filesKept = () => {
  const folder = join(school.school.folder, "photos")
  return existsSync(folder) ? readdirSync(folder) : []
}
const pictureOf = (page: string) => page.match(/src="([^"]+photo\.jpg\?[^"]+)"/)?.[1]

async function bytesOf(client: Client, path: string): Promise<Buffer> {
  const answer = await fetch(new URL(path, school.url), { headers: { cookie: client.cookies() } })
  assert.is(answer.status, 200)
  return Buffer.from(await answer.arrayBuffer())
}

/** The photo chosen on a person's page. */
async function choose(content: string | Uint8Array<ArrayBuffer>, name?: string, at = cardOf("moussa")) {
  await secretary.get(`${at}/photo`)
  return secretary.post(`${at}/photo`, {}, file(content, name))
}

test("the secretary chooses a photo; it stands upright on the card, small and without a word of where it was taken", async () => {
  const at = cardOf("moussa")
  assert.match((await secretary.get(at)).body, "Ajouter une photo")
  const photo = await phonePhoto()
  assert.match(Buffer.from(photo).toString("latin1"), /Exif\0[\s\S]*Tecno/)
  const answer = await choose(photo)
  assert.is(answer.location, at)
  const card = (await secretary.open(at)).body
  assert.match(card, "La photo de KEÏTA Moussa est enregistrée.")
  assert.match(card, 'alt="Photo de KEÏTA Moussa"')
  const jpeg = await bytesOf(secretary, pictureOf(card) as string)
  assert.ok(jpeg.length <= 15_000, `${jpeg.length} bytes`)
  const { width, height, format, exif, icc, orientation } = await sharp(jpeg).metadata()
  assert.equal(
    { width, height, format, exif, icc, orientation },
    {
      ...{ width: 240, height: 320, format: "jpeg" },
      ...{ exif: undefined, icc: undefined, orientation: undefined },
    },
  )
  assert.not.match(jpeg.toString("latin1"), /Exif\0|Tecno|Appareil de/)
  // turned as EXIF said: the mark of the left edge is at the top
  const { data } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true })
  assert.ok((data[2] as number) > (data[0] as number), "blue at the top left")
  assert.ok((data.at(-3) as number) > (data.at(-1) as number), "red at the bottom right")
})

test("a picture of nothing but noise weighs no more than the others", async () => {
  assert.is((await choose(await noise())).status, 303)
  const jpeg = await bytesOf(secretary, `${cardOf("moussa")}/photo.jpg`)
  assert.ok(jpeg.length <= 15_000, `${jpeg.length} bytes`)
  assert.is((await sharp(jpeg).metadata()).width, 240)
})

test("what is no photo is refused beside the field, whatever its name; nothing is kept", async () => {
  for (const [name, content, said] of NO_PHOTOS) {
    const answer = await choose(content, name)
    assert.is(answer.status, 422, said)
    assert.match(answer.body, said)
    assert.match(answer.body, 'aria-describedby="f-photo-hint f-photo-problem"')
  }
  const empty = await choose("", "")
  assert.is(empty.status, 422)
  assert.match(empty.body, "Choisissez une photo.")
  assert.equal(filesKept(), [])
})

test("a picture that is spoilt, cut off, far too large or too small is refused in a sentence", async () => {
  const photo = await phonePhoto()
  const cut = await choose(photo.slice(0, photo.length / 2))
  assert.match(cut.body, "abîmée ou incomplète")
  const spoilt = new Uint8Array(2000).fill(7)
  spoilt.set(photo.slice(0, 200))
  assert.match((await choose(spoilt)).body, "abîmée ou incomplète")
  for (const [width, height] of [
    [20_000, 20_000],
    [60_000, 60_000],
    [1_000_000_000, 1],
  ] as const) {
    const packed = bomb(width, height)
    assert.ok(packed.length < 200_000)
    const answer = await choose(packed, "photo.png")
    assert.is(answer.status, 422)
    assert.match(answer.body, /trop de points|abîmée/)
  }
  assert.match((await choose(bomb(60, 80), "photo.png")).body, "trop petite")
  assert.equal(filesKept(), [])
})

test("a page in the skin of a photo leaves its skin at the door", async () => {
  const photo = await phonePhoto()
  const both = new Uint8Array([...photo, ...Buffer.from("<script>alert(1)</script>")])
  assert.is((await choose(both, "photo.html")).status, 303)
  const answer = await fetch(new URL(`${cardOf("moussa")}/photo.jpg`, school.url), {
    headers: { cookie: secretary.cookies() },
  })
  assert.is(answer.headers.get("content-type"), "image/jpeg")
  assert.is(answer.headers.get("x-content-type-options"), "nosniff")
  assert.not.match(Buffer.from(await answer.arrayBuffer()).toString("latin1"), "script")
})

test("a file of 30 MB is refused while it is still on its way", async () => {
  await secretary.get(`${cardOf("moussa")}/photo`)
  const answer = await secretary.post(`${cardOf("moussa")}/photo`, {}, file(new Uint8Array(30_000_000)))
  assert.is(answer.status, 413)
  assert.match(answer.body, "Ce fichier est trop lourd : 12 Mo au plus. Rien n’a été enregistré.")
  assert.equal(filesKept(), [])
})

test("under its own name a photo is kept by the browser; without it, asked for again and answered with 304", async () => {
  await choose(await phonePhoto())
  const at = `${cardOf("moussa")}/photo.jpg`
  const named = pictureOf((await secretary.get(cardOf("moussa"))).body) as string
  const kept = await secretary.get(named)
  assert.match(kept.headers.get("cache-control") ?? "", /^private, max-age=\d+, immutable$/)
  const plain = await secretary.get(at)
  assert.is(plain.headers.get("cache-control"), "private, no-cache")
  const again = await secretary.get(at, { "if-none-match": plain.headers.get("etag") as string })
  assert.is(again.status, 304)
  assert.is((await secretary.get(`${at}?${"x".repeat(12)}`)).status, 404, "a name that there is not")
  assert.is((await secretary.get(`${at}?..%2F..%2Fsecret`)).status, 404, "a name that is a path")
})

test("a photo is shown to who may see the student, and to nobody else", async () => {
  await choose(await phonePhoto())
  await choose(await phonePhoto(), undefined, cardOf("salif"))
  const moussa = `${cardOf("moussa")}/photo.jpg`
  const salif = `${cardOf("salif")}/photo.jpg`
  const teacher = await school.as("maths")
  assert.is((await teacher.get(moussa)).status, 200, "a student of the teacher's class")
  assert.is((await teacher.get(salif)).status, 404, "another's")
  const named = pictureOf((await secretary.get(cardOf("salif"))).body) as string
  const name = named.split("?")[1]
  assert.is((await teacher.get(`${moussa}?${name}`)).status, 404, "another's name under one's own address")
  assert.is((await teacher.get(`${cardOf("moussa")}/photo`)).status, 403, "a teacher changes none")
  assert.is((await school.visitor().get(moussa)).status, 303)
  assert.is((await (await school.as("parent")).get(moussa)).status, 403)
  assert.is((await secretary.get("/photos")).status, 200)
  const [file] = filesKept()
  for (const path of [`/photos/${file}`, `/school/photos/${file}`, `/..%2fphotos%2f${file}`])
    assert.is((await secretary.get(path)).status, 404, path)
})

test("a replaced photo can be taken back until the next day; then it is gone from the disk", async () => {
  const at = cardOf("moussa")
  await choose(await phonePhoto())
  const first = pictureOf((await secretary.get(at)).body)
  await choose(await noise())
  const second = pictureOf((await secretary.get(at)).body)
  assert.is.not(first, second)
  assert.match((await secretary.get(`${at}/photo`)).body, "Photo précédente")
  assert.is((await secretary.submit(`${at}/photo/restore`)).status, 200)
  assert.is(pictureOf((await secretary.get(at)).body), first)
  assert.is(filesKept().length, 2)
  await sweep(school.school, NOW)
  assert.is(filesKept().length, 2, "not yet")
  const report = await sweep(school.school, new Date(NOW.getTime() + 25 * 3_600_000))
  assert.match(report, /^1 former photos/)
  assert.equal(filesKept(), [`${first?.split("?")[1]}.jpg`])
  assert.is((await secretary.get(`${second}`)).status, 404)
})

test("removing asks once, and two desks that remove leave one trace", async () => {
  const at = cardOf("moussa")
  assert.is((await secretary.get(`${at}/photo/remove`)).status, 409, "there is none")
  await choose(await phonePhoto())
  const other = await school.as("proviseur")
  await other.get(`${at}/photo/remove`)
  assert.match((await secretary.get(`${at}/photo/remove`)).body, "Retirer la photo de KEÏTA Moussa ?")
  assert.match((await secretary.submit(`${at}/photo/remove`)).body, "est retirée")
  assert.is((await other.post(`${at}/photo/remove`)).status, 409)
  assert.match((await secretary.get(at)).body, "Ajouter une photo")
  assert.match((await secretary.get(`${at}/history`)).body, /Photo retirée[\s\S]*Photo enregistrée/)
})

test("two desks that send a photo at once leave one shown, and the other to be taken back", async () => {
  const at = `${cardOf("moussa")}/photo`
  const other = await school.as("proviseur")
  await Promise.all([secretary.get(at), other.get(at)])
  const [one, two] = [await phonePhoto(), await noise(300, 400)]
  const answers = await Promise.all([secretary.post(at, {}, file(one)), other.post(at, {}, file(two))])
  assert.equal(
    answers.map(({ status }) => status),
    [303, 303],
  )
  const rows = await school.school.db.selectFrom("photo").select(["name", "removed_at"]).execute()
  assert.is(rows.length, 2)
  assert.is(rows.filter(({ removed_at }) => removed_at === null).length, 1)
  const { photo } = await school.school.db
    .selectFrom("student")
    .select("photo")
    .where("id", "=", school.ids.students.moussa as number)
    .executeTakeFirstOrThrow()
  assert.is(photo, rows.find(({ removed_at }) => removed_at === null)?.name)
})

test("the same form sent twice on a slow line makes one photo", async () => {
  const at = `${cardOf("moussa")}/photo`
  await secretary.get(at)
  const photo = await phonePhoto()
  const answers = await Promise.all([
    secretary.post(at, {}, file(photo)),
    secretary.post(at, {}, file(photo)),
  ])
  assert.equal(
    answers.map(({ status }) => status),
    [303, 303],
  )
  assert.is(filesKept().length, 1)
})

test("the file is on the disk before the row; a row that cannot be written leaves no file", async () => {
  const { db, folder } = school.school
  const jpeg = Buffer.from("\xff\xd8\xff", "latin1")
  const found: boolean[] = []
  const watched = db.withPlugin({
    transformQuery: ({ node }) => {
      if (node.kind === "InsertQueryNode" && JSON.stringify(node.into).includes('"photo"'))
        found.push(
          filesKept().length === 1 &&
            readFileSync(join(folder, "photos", filesKept()[0] as string)).equals(jpeg),
        )
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const kept = {
    by: { id: 1 },
    whose: { person: "student" as const, id: school.ids.students.moussa as number },
  }
  await keepPortrait({ db: watched, folder }, { ...kept, jpeg, now: NOW })
  assert.equal(found, [true])
  const nobody = { ...kept, whose: { person: "student" as const, id: 99_999 } }
  try {
    await keepPortrait(school.school, { ...nobody, jpeg, now: NOW })
    assert.unreachable("there is no such student")
  } catch (problem) {
    assert.match(String(problem), /foreign key/i)
  }
  assert.is(filesKept().length, 1)
})

test("what a power cut left is swept at night: files without a row, halves of files, cards that name no photo", async () => {
  await choose(await phonePhoto())
  const folder = join(school.school.folder, "photos")
  const [real] = filesKept()
  for (const name of ["orphan.jpg", "half.jpg.abc.part", "young.jpg"]) writeFileSync(join(folder, name), "x")
  const night = new Date(Date.now() + 600_000)
  const longAgo = new Date(night.getTime() - 2 * 3_600_000)
  for (const name of ["orphan.jpg", "half.jpg.abc.part", real as string])
    utimesSync(join(folder, name), longAgo, longAgo)
  const { db } = school.school
  await db
    .updateTable("student")
    .set({ photo: "gone" })
    .where("id", "=", school.ids.students.salif as number)
    .execute()
  assert.match(await sweep(school.school, night), /2 files without a row deleted, 1 cards put right/)
  assert.equal(filesKept().sort(), [real as string, "young.jpg"].sort())
  assert.match((await secretary.get(cardOf("salif"))).body, "Ajouter une photo")
})

test("of two photos that a merge of cards brought together, the one chosen stays; both stay on the disk", async () => {
  const { db } = school.school
  const [moussa, salif] = [school.ids.students.moussa as number, school.ids.students.salif as number]
  await choose(await phonePhoto())
  const chosen = (await secretary.get(cardOf("moussa"))).body
  await choose(await noise(), undefined, cardOf("salif"))
  await db.updateTable("photo").set({ student_id: moussa }).where("student_id", "=", salif).execute()
  await sweep(school.school, new Date(NOW.getTime() + 3 * 24 * 3_600_000))
  assert.is(pictureOf((await secretary.get(cardOf("moussa"))).body), pictureOf(chosen))
  assert.match((await secretary.get(cardOf("salif"))).body, "Ajouter une photo")
  assert.is(filesKept().length, 2)
})

test("the day of photos: one student of the class after the other, those passed over come again", async () => {
  const supervisor = await school.as("surveillant")
  const at = `/classes/${school.ids.classes["10ème CG 1"]}/photos`
  const first = await supervisor.get(`${at}/take`)
  const sizes = Number(first.body.match(/encore (\d+) élève/)?.[1])
  assert.ok(sizes >= 2)
  const taken: string[] = []
  const skip = (page: string) => page.match(/href="([^"]+)">Passer cet élève/)?.[1]?.replace(/&amp;/g, "&")
  const formOf = (page: string) => page.match(/<form method="post" action="([^"]+\/photo)"/)?.[1] as string
  const passed = formOf(first.body)
  let page = await supervisor.open(skip(first.body) as string)
  for (let n = 1; n < sizes; n++) {
    const to = formOf(page.body)
    taken.push(to)
    if (n === 1) {
      const wrong = await supervisor.post(to, {}, file("no photo"))
      assert.is(wrong.status, 422)
      assert.match(wrong.body, "Enregistrer et passer au suivant")
    }
    page = await supervisor.submit(to, {}, file(await noise(120, 160)))
  }
  assert.is(new Set(taken).size, sizes - 1)
  assert.match(page.body, "1 élève reste sans photo")
  page = await supervisor.get(`${at}/take`)
  assert.is(formOf(page.body), passed)
  await supervisor.submit(passed, {}, file(await noise(120, 160)))
  page = await supervisor.get(`${at}/take`)
  assert.match(page.body, "Tous les élèves de la classe ont leur photo.")
  const faces = await supervisor.get(at)
  assert.is(faces.body.match(/<img class="photo"/g)?.length, sizes)
  assert.match((await supervisor.get(`${at}/print`)).body, "Trombinoscope de la 10ème CG 1")
  assert.match((await supervisor.get("/photos")).body, "complet")
  const list = `/classes/${school.ids.classes["10ème CG 1"]}/list`
  assert.not.match((await supervisor.get(list)).body, "<img")
  assert.is((await supervisor.get(`${list}?photos=1`)).body.match(/<img/g)?.length, sizes)
})

test("a teacher sees the faces of the classes taught, and may take none", async () => {
  const teacher = await school.as("maths")
  const page = (await teacher.get("/photos")).body
  assert.match(page, "10ème CG 1")
  assert.not.match(page, "11ème SES 1")
  assert.not.match(page, "Prendre les photos")
  const at = `/classes/${school.ids.classes["10ème CG 1"]}/photos`
  assert.not.match((await teacher.get(at)).body, "/take")
  assert.is((await teacher.get(`${at}/take`)).status, 403)
  assert.is((await teacher.get(`/classes/${school.ids.classes["11ème SES 1"]}/photos`)).status, 404)
})

test("school cards carry the photo of whoever has one", async () => {
  const at = cardOf("moussa")
  const pdf = async () => (await bytesOf(secretary, `${at}/card`)).toString("latin1")
  const images = (text: string) => text.match(/\/Filter \/DCTDecode/g)?.length ?? 0
  assert.is(images(await pdf()), 0)
  await choose(await phonePhoto())
  assert.is(images(await pdf()), 1)
})

test("a member of staff has a photo too", async () => {
  const at = `/staff/${school.ids.staff.maths}`
  const answer = await choose(await phonePhoto(), undefined, at)
  assert.is(answer.location, at)
  assert.match((await secretary.open(at)).body, /Photo de [^"]+" ?>/)
  assert.match((await choose("no photo", "cv.jpg", at)).body, "n’est pas une photo")
  await secretary.get(`${at}/photo/remove`)
  assert.match((await secretary.submit(`${at}/photo/remove`)).body, "Photo précédente")
  assert.is((await secretary.post(`${at}/photo/restore`)).location, at)
  const dean = await school.as("censeur")
  assert.is((await dean.get(`${at}/photo.jpg`)).status, 200)
  assert.is((await dean.get(`${at}/photo`)).status, 403)
})

test.run()
