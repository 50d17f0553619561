import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { suite } from "uvu"
import * as assert from "uvu/assert"
import { importVerb } from "./cli.ts"

const EXAMPLES = fileURLToPath(new URL("../../../test/examples/import/", import.meta.url))
const test = suite<{ folder: string }>("the example files, one outcome per physical line")

test.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "ardoise-imports-"))
})
test.after((context) => rmSync(context.folder, { recursive: true }))

const expectedOf = (name: string) => JSON.parse(readFileSync(join(EXAMPLES, `${name}.expected.json`), "utf8"))

async function imported(...args: string[]) {
  const { output, exitCode } = await importVerb([...args, "--json"])
  assert.is(exitCode, 0, output)
  return JSON.parse(output)
}

const EXPECTED = [
  {
    name: "01_liste_10CG3",
    kind: "students",
    options: ["--class", "10EME CG 3", "--school-year", "2026-2027"],
  },
  { name: "03_notes_T1_11S1", kind: "marks", roster: "class_list" },
  { name: "05_contacts_parents", kind: "guardians", roster: "roster" },
  { name: "11_ecole_par_blocs", kind: "students", options: ["--school-year", "2026-2027"] },
]

for (const { name, kind, options = [], roster } of EXPECTED) {
  test(`${name}: every line as expected`, async ({ folder }) => {
    const expected = expectedOf(name)
    const rosterFile = join(folder, `${name}.roster.json`)
    if (roster) writeFileSync(rosterFile, JSON.stringify(expected[roster]))
    const more = roster ? ["--roster", rosterFile] : options
    const result = await imported(kind, join(EXAMPLES, `${name}.csv`), ...more)
    assert.is(result.outcomes.length, expected.physical_lines)
    for (const [at, outcome] of expected.outcomes.entries()) assert.equal(result.outcomes[at], outcome)
    assert.equal(result.counts, expected.counts)
    assert.equal(Object.keys(result), ["counts", "outcomes"])
  })
}

test("the same list a second time changes nothing: every student is already there", async ({ folder }) => {
  const file = join(EXAMPLES, "01_liste_10CG3.csv")
  const options = ["--class", "10ème CG 3", "--school-year", "2026-2027"]
  const first = await imported("students", file, ...options)
  const known = first.outcomes.flatMap((outcome: { canonical?: object }) => outcome.canonical ?? [])
  const roster = join(folder, "known.json")
  writeFileSync(roster, JSON.stringify(known))
  const second = await imported("students", file, ...options, "--roster", roster)
  assert.equal(second.counts, { header: 1, duplicate: 20, ignore: 2 })
  assert.is(second.outcomes[1].duplicate_of, "RC14CG26Z0105F")
})

test("without --json the report is for a person: counts, then what needs one", async () => {
  const file = join(EXAMPLES, "11_ecole_par_blocs.csv")
  const { output } = await importVerb(["students", file, "--school-year", "2026-2027"])
  assert.match(output, "467 lignes lues (windows-1252, séparateur « ; »)")
  assert.match(output, "À créer : 326")
  assert.match(output, /Ligne 14 · À vérifier · Le numéro de téléphone a 7 chiffres\./)
  assert.not.match(output, /undefined|\[object/)
})

test("what cannot be read is refused in French, with a code that a script can see", async ({ folder }) => {
  const pdf = join(folder, "liste.csv")
  writeFileSync(pdf, "%PDF-1.7\n…")
  const refused = await importVerb(["students", pdf, "--school-year", "2026-2027"])
  assert.is(refused.exitCode, 1)
  assert.match(refused.output, "Ce fichier est un PDF, pas un tableau")
  assert.is(
    (await importVerb(["students", join(folder, "absent.csv"), "--school-year", "2026-2027"])).exitCode,
    1,
  )
  assert.is((await importVerb(["students", pdf])).exitCode, 2)
  assert.is(
    (await importVerb(["students", pdf, "--school-year", "2026-2027", "--class", "Salle bleue"])).exitCode,
    2,
  )
  assert.is((await importVerb(["marks", pdf])).exitCode, 2)
  assert.is((await importVerb(["cats", pdf])).exitCode, 2)
  assert.is((await importVerb(["students", pdf, "--unknown"])).exitCode, 2)
})

test.run()
