import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { openTestSchool, root, type TestSchool } from "../../../test/school.ts"
import { features } from "../index.ts"
import { EXPLAINED, GUIDES, helpFor } from "./guides.ts"
import { anchorOf, pageOf, pictureNamed } from "./reading.ts"

let school: TestSchool
test.before(async () => {
  school = await openTestSchool()
})
test.after(() => school.close())

const hrefs = (body: string) =>
  [...body.matchAll(/ (?:href|src)="([^"]+)"/g)].map(([, href]) => href as string)

test("the « Aide » of a page leads to the section that explains it, in one's own guide where there is one", async () => {
  const secretary = await school.as("secretaire")
  const page = await secretary.open(`/students/${school.ids.students.moussa}`)
  assert.match(page.body, '<a class="help" href="/help/secretaire#trouver-un-eleve">Aide</a>')
  assert.is(helpFor("/grades", ["dean"]), "/help/proviseur#suivre-la-saisie")
  assert.is(helpFor("/grades", ["teacher"]), "/help/professeur#ses-matieres")
  assert.is(helpFor("/bulletins/3/1", ["secretary"]), "/help/secretaire#imprimer-les-bulletins")
  assert.is(helpFor("/", ["administrator"]), "/help/administrateur")
  assert.is(helpFor("/account", ["accountant"]), "/help/secretaire")
  assert.is(helpFor("/enrolment/settings/fees", ["head"]), "/help/administrateur#reglages-des-inscriptions")
  assert.is(helpFor("/students/9/papers", ["secretary"]), "/help/secretaire#certificats")
  assert.is(helpFor("/classes/3/slips", ["administrator"]), "/help/administrateur#comptes")
  assert.is(helpFor("/students/9/links", []), "/help/secretaire#liens-envoyes-a-la-famille")
})

test("every page of the menu has its section, and every section that is named exists", () => {
  const unexplained = features
    .flatMap(({ menu }) => menu)
    .filter(({ path }) => !["/", "/account", "/family"].includes(path))
    .filter(({ path }) => !EXPLAINED.some(([page]) => page.test(path)))
  assert.equal(unexplained, [])
  const missing = EXPLAINED.flatMap(([, sections]) => sections).filter((section) => {
    const [name, anchor] = section.split("#")
    const guide = GUIDES.find((one) => one.name === name)
    return !guide || !pageOf(guide).sections.some((one) => one.anchor === anchor)
  })
  assert.equal(missing, [])
})

test("every guide opens for staff, its links and pictures lead somewhere", async () => {
  const teacher = await school.as("maths")
  const list = await teacher.open("/help")
  for (const { name } of GUIDES) {
    assert.match(list.body, `href="/help/${name}"`)
    const page = await teacher.open(`/help/${name}`)
    assert.is(page.status, 200)
    for (const href of hrefs(page.body).filter((one) => one.startsWith("/help/pictures/"))) {
      const picture = await teacher.get(href)
      assert.is(picture.status, 200, href)
      assert.is(picture.headers.get("content-type"), "image/png")
      assert.is(picture.headers.get("cache-control"), "public, max-age=31536000, immutable")
    }
    const sections = new Set([...page.body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
    for (const href of hrefs(page.body).filter((one) => one.startsWith("#"))) {
      assert.ok(sections.has(href.slice(1)), `${name} leads to its own ${href}`)
    }
    for (const href of hrefs(page.body).filter((one) => /^\/help\/\w+#/.test(one))) {
      const [path, anchor] = href.split("#") as [string, string]
      assert.match((await teacher.get(path)).body, `id="${anchor}"`, href)
    }
  }
})

test("one's own guide stands first in the list", async () => {
  const first = async (key: string) => {
    const page = await (await school.as(key)).open("/help")
    return hrefs(page.body.slice(page.body.indexOf('<ul class="links">')))[0]
  }
  assert.is(await first("proviseur"), "/help/proviseur")
  assert.is(await first("admin"), "/help/administrateur")
})

test("a parent reads the parents' guide without an account, and no other", async () => {
  const visitor = school.visitor()
  const signIn = await visitor.open("/sign-in")
  assert.match(signIn.body, '<a href="/help/parent">Aide</a>')
  const page = await visitor.open("/help/parent")
  assert.match(page.body, '<body class="site">')
  assert.match(page.body, "année de naissance de l’enfant")
  const other = await visitor.get("/help/administrateur")
  assert.match(other.location ?? "", "/sign-in")
  const parent = await school.as("parent")
  assert.is((await parent.get("/help")).location, "/help/parent")
})

test("the way to the guide costs a family's page less than 60 bytes", async () => {
  const page = await (await school.as("parent")).open("/family")
  const link = page.body.match(/<p><a href="\/help\/parent">Aide<\/a><\/p>\n/)?.[0] ?? ""
  assert.ok(link.length > 0 && link.length < 60, `${link.length} bytes`)
})

test("a picture asked for under an old version is not kept", async () => {
  const visitor = school.visitor()
  const picture = await visitor.get("/help/pictures/grid.png?v=00000000")
  assert.is(picture.status, 200)
  assert.is(picture.headers.get("cache-control"), "public, no-cache")
  assert.is((await visitor.get("/help/pictures/..%2F..%2Fpackage.json")).status, 404)
})

test("every picture of docs is shown somewhere, every one that is shown exists and is light", () => {
  const files = [...GUIDES.map(({ file }) => join("docs", file)), "README.md"]
  const shown = files.flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(/pictures\/([\w-]+\.png)/g)].map(
      ([, name]) => name as string,
    ),
  )
  const there = readdirSync(join(root, "docs", "pictures"))
  assert.equal(
    shown.filter((name) => !there.includes(name)),
    [],
    "missing: npm run pictures",
  )
  assert.equal(
    there.filter((name) => !shown.includes(name)),
    [],
    "not shown",
  )
  const heavy = there.filter((name) => readFileSync(join(root, "docs", "pictures", name)).length > 60_000)
  assert.equal(heavy, [])
  assert.is(pictureNamed("grid.png")?.width, 1366)
})

test("an anchor is what a title says, without accents or signs", () => {
  assert.is(anchorOf("D’où vient une moyenne"), "d-ou-vient-une-moyenne")
  assert.is(anchorOf("Déverrouiller ou corriger"), "deverrouiller-ou-corriger")
})

test.run()
