// What the measures ask of the demonstration school.
import { join } from "node:path"
import Database from "better-sqlite3"

/** The mathematics grid of 10ème CG 1, its class and period, and the student Moussa: numbers of their rows. */
export function places(dataFolder: string) {
  const db = new Database(join(dataFolder, "school", "school.sqlite"), { readonly: true })
  const grid = db
    .prepare(
      `select cs.id as classSubject, c.id as class, p.id as period, m.id as student from class c
       join class_subject cs on cs.class_id = c.id join subject s on s.id = cs.subject_id
       join period p on p.school_year_id = c.school_year_id and p.code = 'T1'
       join student m on m.matricule = 'RC15CG26Z9001M'
       where c.label = '10ème CG 1' and s.code = 'MATHS'`,
    )
    .get() as { classSubject: number; class: number; period: number; student: number }
  const checked = db.prepare("select id from class where label = '12ème TSE'").get() as { id: number }
  db.close()
  return { ...grid, checkedClass: checked.id }
}
