// 1,200 bulletins of 14 classes published in one go while somebody works with the list of students.
import { cpSync } from "node:fs"
import { join } from "node:path"
import Database from "better-sqlite3"
import { Browser } from "../browser.ts"
import type { Line } from "../measure.ts"
import { start } from "../server.ts"

const LEAST_BULLETINS = 1200
const QUIET_SECONDS = 6
const MOST_SECONDS = 120
/** between two clicks of the person at the list */
const PAUSE_MS = 25

export async function batch(dataFolder: string): Promise<Line[]> {
  const folder = `${dataFolder}-batch`
  cpSync(dataFolder, folder, { recursive: true })
  const file = join(folder, "school", "school.sqlite")
  const { bulletins, period, classes } = grow(file)
  const server = await start("ardoise", folder)
  try {
    const [dean, head] = [new Browser(server.url), new Browser(server.url)]
    await dean.signIn("censeur")
    await head.signIn("proviseur")
    const quiet = await clicks(dean, (elapsed) => elapsed < QUIET_SECONDS)
    const fields = Object.fromEntries(classes.map((id) => [`class-${id}`, "1"]))
    const address = `/bulletins/batches?period=${period}`
    const db = new Database(file, { readonly: true })
    const left = db.prepare(
      "select (select count(*) from bulletin_batch_class where state = 'waiting') + (select count(*) from bulletin_file where student_id is null and state != 'done') as n",
    )
    const began = performance.now()
    await head.post(address, "/bulletins/batches", { ...fields, visible: "now" })
    let highest = 0
    let ended = 0
    const busy = await clicks(dean, (elapsed) => {
      const { n } = left.get() as { n: number }
      if (n === 0 && ended === 0) ended = performance.now()
      void server.meter().then(({ rssMb }) => {
        highest = Math.max(highest, rssMb)
      })
      return n > 0 && elapsed < MOST_SECONDS
    })
    db.close()
    dean.close()
    head.close()
    if (ended === 0) throw new Error(`not ended after ${MOST_SECONDS} s`)
    return [
      {
        what: `${bulletins} bulletins of ${classes.length} classes, published, class files made`,
        value: (ended - began) / 1000,
        unit: "s",
        reference: null,
        target: { most: 15, of: "value" },
      },
      {
        what: "list of students meanwhile, 99th percentile",
        value: percentile(busy, 0.99),
        unit: "ms",
        reference: { what: "the same, nothing else going on", value: percentile(quiet, 0.99) },
        target: { most: 3, of: "ratio" },
      },
      {
        what: "resident memory meanwhile",
        value: highest,
        unit: "MB",
        reference: null,
        target: { most: 200, of: "value" },
      },
    ]
  } finally {
    await server.stop()
  }
}

/** Times of a page asked again and again while a condition on the seconds since the start holds. */
async function clicks(browser: Browser, go: (elapsed: number) => boolean): Promise<number[]> {
  const times: number[] = []
  const began = performance.now()
  while (go((performance.now() - began) / 1000)) {
    const asked = performance.now()
    await browser.get(`/students?page=${1 + (times.length % 8)}`)
    times.push(performance.now() - asked)
    await new Promise((done) => setTimeout(done, PAUSE_MS))
  }
  return times
}

function percentile(times: readonly number[], part: number): number {
  const sorted = [...times].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] as number
}

/** Every student twice until there are enough, with their marks; every class checked. */
function grow(file: string) {
  const db = new Database(file)
  const period = (
    db
      .prepare(
        "select p.id from period p join school_year y on y.id = p.school_year_id and y.current = 1 where p.code = 'T1'",
      )
      .get() as { id: number }
  ).id
  const count = () =>
    (
      db
        .prepare(
          "select count(*) as n from enrolment where ends_on is null and school_year_id in (select id from school_year where current = 1)",
        )
        .get() as { n: number }
    ).n
  while (count() < LEAST_BULLETINS) db.transaction(() => double(db))()
  db.prepare(
    "insert or ignore into class_period (class_id, period_id, state, changed_at, changed_by) select id, ?, 'checked', '2026-12-10T10:00:00.000Z', 1 from class where school_year_id = (select id from school_year where current = 1)",
  ).run(period)
  db.prepare("update class_period set state = 'checked'").run()
  const classes = (
    db
      .prepare("select id from class where school_year_id = (select id from school_year where current = 1)")
      .all() as { id: number }[]
  ).map(({ id }) => id)
  const bulletins = count()
  db.close()
  return { bulletins, period, classes }
}

function double(db: Database.Database): void {
  const shift = (db.prepare("select max(id) as last from student").get() as { last: number }).last
  const copy = (table: string, changed: Record<string, string>) => {
    const columns = (db.prepare(`select name from pragma_table_info('${table}')`).all() as { name: string }[])
      .map(({ name }) => name)
      .filter((name) => changed[name] !== "")
    const values = columns.map((name) => changed[name] ?? name)
    db.exec(`insert into ${table} (${columns.join(", ")}) select ${values.join(", ")} from ${table}`)
  }
  copy("student", { id: `id + ${shift}`, matricule: "null", internal_number: "null" })
  const student_id = `student_id + ${shift}`
  copy("enrolment", { id: "", student_id })
  copy("mark", { student_id })
  copy("student_period", { student_id })
}
