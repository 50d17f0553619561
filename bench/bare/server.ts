// The reference for pages: plain Express, a prepared statement, an Eta template with the same table as ours, brotli
// at the same quality. No session, no rights, no frame around the table, no form numbers, no log.
import { join } from "node:path"
import { brotliCompressSync, constants } from "node:zlib"
import Database from "better-sqlite3"
import { Eta } from "eta"
import express, { type Response } from "express"
import { root } from "../../src/root.ts"

const db = new Database(join(process.env.ARDOISE_DATA ?? "", "school", "school.sqlite"), { readonly: true })
const eta = new Eta({ views: join(root, "bench", "bare"), cache: true, autoTrim: false })

const students = db.prepare(`
  select s.id, s.matricule, s.surname, s.given_names, s.sex, s.birth_date, s.birth_year, c.id as class_id,
    c.label as class_label
  from student s join enrolment e on e.student_id = s.id and e.ends_on is null join class c on c.id = e.class_id
  order by s.sort_name, s.id limit 50`)
const total = db.prepare("select count(*) as n from enrolment where ends_on is null")

const assessments = db.prepare(`
  select id, label, category, held_on, max from assessment where class_subject_id = ? and period_id = ? order by position`)
const roll = db.prepare(`
  select s.id, s.surname, s.given_names, s.matricule, s.birth_date from class_subject cs
  join enrolment e on e.class_id = cs.class_id and e.ends_on is null join student s on s.id = e.student_id
  where cs.id = ? order by s.sort_name, s.id`)
const marks = db.prepare(`
  select m.student_id, m.assessment_id, m.value, m.status from mark m
  join assessment a on a.id = m.assessment_id where a.class_subject_id = ? and a.period_id = ?`)

type Assessment = { id: number; label: string; category: string; held_on: string; max: number }
type Mark = { student_id: number; assessment_id: number; value: number | null; status: string | null }

function send(res: Response, html: string): void {
  const bytes = Buffer.from(html)
  const params = { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  res.setHeader("Content-Type", "text/html; charset=utf-8")
  res.setHeader("Content-Encoding", "br")
  res.end(brotliCompressSync(bytes, { params }))
}

const app = express()

app.get("/students", (_req, res) => {
  send(res, eta.render("/students", { students: students.all(), total: (total.get() as { n: number }).n }))
})

app.get("/grades/:classSubject/:period", (req, res) => {
  const asked = [req.params.classSubject, req.params.period]
  const columns = assessments.all(...asked) as Assessment[]
  const byStudent = new Map<number, Map<number, Mark>>()
  for (const mark of marks.all(...asked) as Mark[]) {
    const own = byStudent.get(mark.student_id) ?? new Map<number, Mark>()
    byStudent.set(mark.student_id, own.set(mark.assessment_id, mark))
  }
  const mean = (own: Map<number, Mark> | undefined, category: string) => {
    const counted = columns
      .filter((column) => column.category === category)
      .map(({ id, max }) => ({ value: own?.get(id)?.value, max }))
      .filter((mark): mark is { value: number; max: number } => typeof mark.value === "number")
    if (counted.length === 0) return null
    return counted.reduce((sum, { value, max }) => sum + (value / max) * 20, 0) / counted.length
  }
  const rows = (roll.all(asked[0]) as { id: number }[]).map((student) => {
    const own = byStudent.get(student.id)
    const [classwork, composition] = [mean(own, "CLASSE"), mean(own, "COMPO")]
    const average =
      classwork === null ? composition : composition === null ? classwork : (classwork + 2 * composition) / 3
    return { ...student, marks: own ?? new Map(), classwork, composition, average }
  })
  const words: Record<string, string> = { ABS_J: "abs j", ABS_NJ: "abs nj", DISP: "disp", NE: "" }
  const number = (value: number | null) => (value === null ? "–" : value.toFixed(2).replace(".", ","))
  const typed = (mark?: Mark) =>
    mark
      ? mark.value === null
        ? words[mark.status ?? "NE"]
        : String(mark.value / 100).replace(".", ",")
      : ""
  send(res, eta.render("/grid", { columns, rows, number, typed, path: req.path }))
})

app.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("listening"))
