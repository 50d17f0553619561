// For tests: assessments in the cast's classes, and a grid's form filled in as a browser without scripts sends it.
import type { Answer } from "../../../test/client.ts"
import type { TestSchool } from "../../../test/school.ts"
import type { Db } from "../../db/index.ts"
import { cellKey } from "./cells.ts"

const AT = "2026-10-01T08:00:00.000Z"

/** An assessment of a class subject (« 10ème CG 1/MATHS ») in the first trimester; a category's first by default. */
export async function giveAssessment(
  { school, ids }: TestSchool,
  classSubject: string,
  {
    label = "Devoir 1",
    category = "CLASSE",
    max = 2000,
    weight = 100,
    held_on = "2026-10-12",
    period = "T1",
  } = {},
): Promise<number> {
  const row = {
    class_subject_id: ids.classSubjects[classSubject] as number,
    period_id: ids.periods[period] as number,
    category,
    label,
    held_on,
    max,
    weight,
    position: 1,
    created_at: AT,
  }
  return (await school.db.insertInto("assessment").values(row).returning("id").executeTakeFirstOrThrow()).id
}

/** Marks as they would have been entered, in hundredths, without a trace. */
export const giveMarks = (db: Db, assessment: number, marks: Record<number, number>) =>
  db
    .insertInto("mark")
    .values(
      Object.entries(marks).map(([student, value]) => ({
        assessment_id: assessment,
        student_id: Number(student),
        value,
        updated_at: AT,
      })),
    )
    .execute()

const FAMILIES = "TRAORÉ COULIBALY DIARRA KEÏTA DIALLO KONÉ SANGARÉ TOURÉ MAÏGA SISSOKO DEMBÉLÉ CAMARA".split(
  " ",
)
const GIVEN = "Moussa Aminata Fatoumata Ibrahim Oumar Mariam Seydou Awa Modibo Kadiatou Adama Rokia".split(
  " ",
)

/** Enrols so many more students in a class, with names and matricules as varied as real ones; gives their numbers. */
export async function enrolMany({ school: { db }, ids }: TestSchool, className: string, n: number) {
  const made: number[] = []
  for (let i = 0; i < n; i++) {
    const surname = FAMILIES[(i * 7) % FAMILIES.length] as string
    const given_names = GIVEN[(i * 5 + Math.floor(i / 12)) % GIVEN.length] as string
    const name = `${surname} ${given_names}`
    const row = {
      matricule: `RC1${5 + (i % 3)}CG26${"ABCXYZ"[i % 6]}${1000 + ((i * 7919) % 9000)}${i % 2 ? "M" : "F"}`,
      surname,
      given_names,
      folded: name.toLowerCase(),
      sort_name: name.toLowerCase(),
      sex: i % 2 ? ("M" as const) : ("F" as const),
      birth_date: `2010-${String((i % 12) + 1).padStart(2, "0")}-11`,
      created_at: AT,
      updated_at: AT,
    }
    const { id } = await db.insertInto("student").values(row).returning("id").executeTakeFirstOrThrow()
    const enrolment = {
      student_id: id,
      class_id: ids.classes[className] as number,
      school_year_id: ids.year,
      starts_on: "2026-10-01",
    }
    await db.insertInto("enrolment").values(enrolment).execute()
    made.push(id)
  }
  return made
}

/** The grid's form as it stands on a page, with some cells typed over: `typed` is by cell key. */
export function filled({ body }: Answer, typed: Record<string, string>): Record<string, string | string[]> {
  const seen = /name="seen" value="([^"]*)"/.exec(body)?.[1] ?? ""
  const [head = "", ...rows] = seen.split("|")
  const columns = head.split(".")
  const values = new Map(columns.map((column) => [column, valuesOf(body, `m${column}`)]))
  const fields: Record<string, string | string[]> = { seen }
  for (const column of columns) {
    const list: string[] = []
    for (const row of rows) {
      const [student = "", versions = ""] = row.split(":")
      if (versions.split(".")[columns.indexOf(column)] === "x") continue
      const shown = values.get(column)?.shift() ?? ""
      list.push(typed[cellKey(Number(column), Number(student))] ?? shown)
    }
    fields[`m${column}`] = list
  }
  return fields
}

const valuesOf = (body: string, name: string) =>
  [...body.matchAll(new RegExp(`<input name="${name}"[^>]* value="([^"]*)"`, "g"))].map(
    ([, value]) => value as string,
  )

/** What the row of a student shows, as text cells. */
export function rowOf({ body }: Answer, name: string): string[] {
  const row = body.split("<tr").find((one) => one.includes(name)) ?? ""
  return [...row.matchAll(/<t[hd]\b[^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell]) => {
    const value = /<input name="m[^>]* value="([^"]*)"/.exec(cell as string)?.[1]
    return value ?? (cell as string).replace(/<[^>]+>/g, "").trim()
  })
}
