// For tests: marks of the cast's 10ème CG 1, and its council's session as a browser without scripts runs it.
import type { Answer, Client } from "../../../test/client.ts"
import type { TestSchool } from "../../../test/school.ts"

export const CLASS = "10ème CG 1"
const AT = "2026-12-01T10:00:00.000Z"

/** Marks over 20 in every subject, in hundredths; conduct 16. Moussa first, the two TRAORÉ alike, Issa last. */
export const MARKS = { moussa: 1450, aminata1: 1300, aminata2: 1300, issa: 700 }

export const councilPath = ({ ids }: TestSchool, period = "T1") =>
  `/council/${ids.classes[CLASS]}/${ids.periods[period]}`

/** One composition in each subject. With conduct 16 of coefficient 1 the averages are 14,64 – 13,27 – 13,27 – 7,82. */
export async function giveCouncilMarks(
  { school: { db }, ids }: TestSchool,
  period = "T1",
  marks: Record<string, number> = MARKS,
): Promise<void> {
  for (const code of ["MATHS", "FR", "ANG", "EPS"]) {
    const { id } = await db
      .insertInto("assessment")
      .values({
        class_subject_id: ids.classSubjects[`${CLASS}/${code}`] as number,
        period_id: ids.periods[period] as number,
        category: "COMPO",
        label: "Composition",
        max: 2000,
        weight: 100,
        position: 1,
        created_at: AT,
      })
      .returning("id")
      .executeTakeFirstOrThrow()
    const cells = Object.entries(marks).map(([key, value]) => ({
      assessment_id: id,
      student_id: ids.students[key] as number,
      value,
      updated_at: AT,
    }))
    await db.insertInto("mark").values(cells).execute()
  }
  const rows = Object.keys(marks).map((key) => ({
    student_id: ids.students[key] as number,
    class_id: ids.classes[CLASS] as number,
    period_id: ids.periods[period] as number,
    conduct: 1600,
    updated_at: AT,
  }))
  await db.insertInto("student_period").values(rows).execute()
}

/** Opens the session; gives the page it leads to. */
export async function openCouncil(client: Client, path: string): Promise<Answer> {
  await client.get(path)
  return client.submit(path, {
    go: "open",
    held_on: "2026-12-10",
    held_at: "16h30",
    place: "Salle des professeurs",
    president: "Mme Oumou DIALLO",
    secretary: "Awa SANOGO",
    others: "Mme Rokia TRAORÉ, parents d’élèves",
    reason: "",
  })
}

/** What the council has of a student, as it is kept. */
export const keptOf = ({ school: { db }, ids }: TestSchool, key: string, period = "T1") =>
  db
    .selectFrom("student_period")
    .selectAll()
    .where("student_id", "=", ids.students[key] as number)
    .where("period_id", "=", ids.periods[period] as number)
    .executeTakeFirst()

export const words = ({ body }: Answer) =>
  body
    .replace(/<[^>]+>/g, " ")
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, " ")
