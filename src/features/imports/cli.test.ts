// The terminal verb with a school in its data folder.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { seedCast } from "../../demo/seedCast.ts"
import { openSchool, type School } from "../../school.ts"
import { importVerb } from "./cli.ts"

const NOW = new Date("2026-12-10T09:00:00.000Z")
const HEAD = "MATRICULE;NOM;PRENOMS;SEXE;DATE DE NAISSANCE;LIEU;CONTACT"

let folder: string
let env: NodeJS.ProcessEnv
test.before.each(async () => {
  folder = mkdtempSync(join(tmpdir(), "ardoise-cli-"))
  env = { ARDOISE_DATA: join(folder, "data"), ARDOISE_DEMO: "0" }
})
test.after.each(() => rmSync(folder, { recursive: true }))

const open = () => openSchool(join(folder, "data", "school"))

async function withSchool<T>(work: (school: School) => Promise<T>): Promise<T> {
  const school = await open()
  try {
    return await work(school)
  } finally {
    await school.close()
  }
}

const seeded = () => withSchool(({ db }) => seedCast(db, "no password"))

function file(name: string, ...lines: string[]): string {
  const path = join(folder, name)
  writeFileSync(path, lines.join("\n"))
  return path
}

const run = (...args: string[]) => importVerb(args, { now: NOW, env })
const count = (table: "student" | "mark" | "guardian") =>
  withSchool(async ({ db }) => {
    const row = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as("n"))
      .executeTakeFirstOrThrow()
    return Number(row.n)
  })

test("--commit writes a list into the school of the data folder; the same list again changes nothing", async () => {
  await seeded()
  const before = await count("student")
  const list = file(
    "liste.csv",
    HEAD,
    "RC15CG26Z8001F;DAO;Awa;F;03/02/2012;Kita;",
    "RC15CG26Z8002M;BA;Ali;M;31/02/2012;San;",
  )
  const options = [list, "--class", "10 CG 1", "--school-year", "2026-2027"]
  const { output, exitCode } = await run("students", ...options, "--commit")
  assert.is(exitCode, 0, output)
  assert.match(output, "Import n° 1 enregistré : 1 élève créé et inscrit.")
  assert.match(output, "1 ligne attend une réponse sur /imports/1")
  assert.is(await count("student"), before + 1)
  const again = JSON.parse((await run("students", ...options, "--commit", "--json")).output)
  assert.equal(again.written, [])
  assert.equal(again.counts, { header: 1, duplicate: 1, review: 1 })
  assert.is(await count("student"), before + 1)
})

test("a dry run with ARDOISE_DATA is compared with that school's students and writes nothing", async () => {
  await seeded()
  const before = await count("student")
  const list = file("liste.csv", HEAD, "RC15CG26Z9001M;KEÏTA;Moussa;M;04/03/2011;Bamako;")
  const { output } = await run(
    "students",
    list,
    "--class",
    "10ème CG 1",
    "--school-year",
    "2026-2027",
    "--json",
  )
  assert.equal(JSON.parse(output).outcomes[1], {
    line: 2,
    action: "duplicate",
    duplicate_of: "RC15CG26Z9001M",
  })
  assert.is(await count("student"), before)
})

test("marks and guardians find their students in the school, and are written with --commit", async () => {
  await seeded()
  const marks = file("notes.csv", "NOM ET PRENOMS;MATHS CL", "KEÏTA Moussa;12,5")
  const inClass = ["--class", "10ème CG 1"]
  assert.is((await run("marks", marks)).exitCode, 2, "which class?")
  assert.match((await run("marks", marks, ...inClass, "--json")).output, '"RC15CG26Z9001M"')
  assert.is((await run("marks", marks, ...inClass, "--commit")).exitCode, 1, "which period?")
  assert.match((await run("marks", marks, ...inClass, "--period", "T1", "--commit")).output, "1 note écrite")
  assert.is(await count("mark"), 1)
  const parents = file(
    "parents.csv",
    "Nom du parent;Lien;Téléphone;Élève;Classe",
    "Oumar TRAORÉ;Père;70000091;TRAORÉ Salif;11 SES 1",
  )
  const before = await count("guardian")
  assert.match((await run("guardians", parents, "--commit")).output, "1 tuteur créé, 1 lien avec un élève")
  assert.is(await count("guardian"), before + 1)
})

test("without a school a dry run makes none, and --commit says so", async () => {
  const list = file("liste.csv", HEAD, "RC15CG26Z8001F;DAO;Awa;F;03/02/2012;Kita;")
  const options = [list, "--class", "10 CG 1", "--school-year", "2026-2027"]
  assert.match((await run("students", ...options)).output, "À créer : 1")
  const refused = await run("students", ...options, "--commit")
  assert.is(refused.exitCode, 1)
  assert.match(refused.output, "Aucune école dans ce dossier de données")
  assert.is((await run("students", ...options, "--commit", "--roster", list)).exitCode, 2)
})

test.run()
