// A whole school of 1,300 new students in class blocks: read and shown, then written, through the pages of a school of 620.
import { join } from "node:path"
import Database from "better-sqlite3"
import { chance } from "../../src/demo/chance.ts"
import { CLASSES } from "../../src/demo/classes.ts"
import { givenNames, PLACES, surname } from "../../src/demo/names.ts"
import { Browser } from "../browser.ts"
import type { Line } from "../measure.ts"
import { start } from "../server.ts"

const LINES = 1300
const ROUNDS = 3

export async function importing(dataFolder: string): Promise<Line[]> {
  const server = await start("ardoise", dataFolder)
  try {
    const browser = new Browser(server.url)
    await browser.signIn("secretaire")
    const rounds: { shown: number; written: number; raw: number }[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const csv = listOf(round)
      rounds.push({ ...(await imported(browser, dataFolder, csv)), raw: rawInsert(csv) })
    }
    browser.close()
    const quickest = (of: (round: (typeof rounds)[number]) => number) => Math.min(...rounds.map(of))
    const reference = { what: "split and prepared inserts, in memory", value: quickest(({ raw }) => raw) }
    const line = (what: string, value: number, target: Line["target"]): Line => ({
      what: `import of ${LINES} students${what}`,
      value,
      unit: "ms",
      reference,
      target,
    })
    return [
      line(
        ": read and shown",
        quickest(({ shown }) => shown),
        { most: 1000, of: "value" },
      ),
      line(
        ": written",
        quickest(({ written }) => written),
        { most: 500, of: "value" },
      ),
    ]
  } finally {
    await server.stop()
  }
}

const HEAD = "N°;MATRICULE;NOM;PRENOMS;SEXE;DATE DE NAISSANCE;LIEU"

/** Another school each round, or the second would change nothing: a block a class, under its name and its heads. */
function listOf(round: number): string {
  const by = chance(round + 1)
  const blocks = CLASSES.map(({ level, label }, at) => {
    const size = Math.floor((LINES * (at + 1)) / CLASSES.length) - Math.floor((LINES * at) / CLASSES.length)
    const rows = Array.from({ length: size }, (_, n) => {
      const sex = by.percent(50) ? "F" : "M"
      const day = `${by.whole(10, 28)}/${by.whole(10, 12)}/${2021 - Number(level)}`
      const matricule = `RC15CG26Y${1000 + round * 2000 + at * 100 + n}${sex}`
      return [n + 1, matricule, surname(by), givenNames(by, sex), sex, day, by.weighted(PLACES)].join(";")
    })
    return [`CLASSE : ${label};;;Effectif : ${size}`, HEAD, ...rows, `TOTAL;${size};;;;;`]
  })
  return blocks.flat().join("\r\n")
}

async function imported(browser: Browser, dataFolder: string, csv: string) {
  const before = studentsOf(dataFolder)
  const file = new File([csv], "liste.csv", { type: "text/csv" })
  const started = performance.now()
  const read = await browser.post("/imports/new?kind=students", "/imports/new", { from: "year" }, file)
  const path = read.headers.location ?? ""
  const page = await browser.get(path)
  const shown = performance.now() - started
  if (read.status !== 303 || page.status !== 200) throw new Error(`the list was answered with ${read.status}`)
  const agreeing = performance.now()
  const done = await browser.post(`${path}/commit`, `${path}/commit`, {})
  const written = performance.now() - agreeing
  const made = studentsOf(dataFolder) - before
  // a homonym born the same day is held for a person to decide
  if (done.status !== 303 || made < LINES * 0.98) throw new Error(`${made} students of ${LINES} were written`)
  return { shown, written }
}

function studentsOf(dataFolder: string): number {
  const db = new Database(join(dataFolder, "school", "school.sqlite"), { readonly: true })
  const { n } = db.prepare("select count(*) as n from student").get() as { n: number }
  db.close()
  return n
}

/** The same cells without reading them: no encoding, no names, no doubles, no account of what was done. */
function rawInsert(csv: string): number {
  const db = new Database(":memory:")
  db.exec(`create table student (id integer primary key, matricule text unique, surname text, given_names text, sex text,
    birth_date text, birth_place text); create table enrolment (student int, class text)`)
  const started = performance.now()
  const student = db.prepare("insert into student values (null, ?, ?, ?, ?, ?, ?)")
  const enrolment = db.prepare("insert into enrolment values (?, ?)")
  db.transaction(() => {
    let label = ""
    for (const line of csv.split("\r\n")) {
      const [first, matricule, family, given, sex, day, place] = line.split(";")
      if (first?.startsWith("CLASSE")) label = first
      if (!place || place === "LIEU") continue
      const { lastInsertRowid } = student.run(matricule, family, given, sex, day, place)
      enrolment.run(lastInsertRowid, label)
    }
  })()
  const ms = performance.now() - started
  db.close()
  return ms
}
