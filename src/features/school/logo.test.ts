// The school's logo: chosen, made small, printed; what is published keeps its own.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import sharp from "sharp"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { withLogo } from "../../documents/logo.ts"
import { stopWorker } from "../../documents/pool.ts"
import { schoolHead } from "../../documents/schoolHead.ts"
import { NO_PHOTOS, noise, phonePhoto } from "../photos/photos.fixture.ts"

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
})
test.after.each(() => school.close())
test.after(() => stopWorker())

const kept = () =>
  readdirSync(join(school.school.folder, "logo")).map((name) => join(school.school.folder, "logo", name))
const hand = async (key: string, content: string | Uint8Array<ArrayBuffer>, name = "logo.png") => {
  const person = await school.as(key)
  await person.open("/school/logo")
  return { person, answer: await person.post("/school/logo", {}, { field: "logo", name, content }) }
}
const drawing = async (background = "#1f7a4d") => {
  const clear = { r: 0, g: 0, b: 0, alpha: 0 }
  const disc = { create: { width: 300, height: 300, channels: 4 as const, background } }
  const png = await sharp(disc).extend({ top: 50, bottom: 50, left: 50, right: 50, background: clear }).png()
  return new Uint8Array(await png.toBuffer())
}

test("the head adds a logo: small, on white, on the school's page and on papers to come", async () => {
  const { person, answer } = await hand("proviseur", await drawing())
  assert.is(answer.status, 303)
  const page = await person.open("/school")
  const address = page.body.match(/\/school\/logo\.jpg\?[0-9a-f]{16}/)?.[0] as string
  assert.is((await person.get(address)).headers.get("content-type"), "image/jpeg")
  const [file] = kept() as [string]
  const picture = await sharp(readFileSync(file)).metadata()
  assert.equal([picture.format, picture.width, picture.height], ["jpeg", 260, 260])
  const { data } = await sharp(readFileSync(file)).raw().toBuffer({ resolveWithObject: true })
  assert.ok((data[0] as number) > 240, "what was transparent is white")
  const head = await withLogo(school.school.folder, schoolHead(school.school.settings))
  assert.is(head.logoPng, readFileSync(file).toString("base64"))
  assert.match((await person.open("/school/edit")).body, "Lycée Kalanso")
})

test("whatever is sent weighs 20 kB at most, and carries nothing of the file it was", async () => {
  await hand("admin", await noise(), "bruit.png")
  await hand("admin", await phonePhoto(), "photo.jpg")
  assert.is(kept().length, 2)
  for (const file of kept()) {
    const bytes = readFileSync(file)
    assert.ok(bytes.length <= 20_000, `${bytes.length} bytes`)
    assert.is((await sharp(bytes).metadata()).exif, undefined)
    assert.not.ok(bytes.includes("Tecno"))
  }
})

test("what is no picture is refused by its content, and the logo stays", async () => {
  await hand("proviseur", await drawing())
  const before = school.school.settings.logo
  for (const [name, content, said] of NO_PHOTOS) {
    const { answer } = await hand("proviseur", content, name)
    assert.is(answer.status, 422, name)
    assert.match(answer.body.replaceAll("&#39;", "'"), said.replace("une photo", "une image"), name)
  }
  assert.is(school.school.settings.logo, before)
  const tiny = await sharp({ create: { width: 20, height: 20, channels: 3, background: "#000" } })
    .png()
    .toBuffer()
  assert.match((await hand("proviseur", new Uint8Array(tiny))).answer.body, "trop petite")
})

test("a new logo and one taken away leave the former to what was published with it", async () => {
  await hand("proviseur", await drawing())
  const first = schoolHead(school.school.settings)
  await hand("proviseur", await drawing("#b3261e"))
  assert.is.not(school.school.settings.logo, first.logo)
  const head = await school.as("proviseur")
  await head.open("/school/logo")
  assert.is((await head.post("/school/logo/remove")).status, 303)
  assert.is(schoolHead(school.school.settings).logo, undefined)
  assert.is((await head.get("/school/logo.jpg")).status, 404)
  assert.ok((await withLogo(school.school.folder, first)).logoPng, "a paper of before finds its own")
})

test("a name that is none opens no file", async () => {
  const head = { ...schoolHead(school.school.settings), logo: "../../school.sqlite" }
  assert.is((await withLogo(school.school.folder, head)).logoPng, undefined)
})

test.run()
