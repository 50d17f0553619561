// A class mark and a composition in every subject of 10ème CG 1: the two TRAORÉ have the same, Issa has no composition.
import type { TestSchool } from "../../../test/school.ts"

export const CLASS = "10ème CG 1"
const SUBJECTS = ["MATHS", "FR", "ANG", "EPS"]
const MARKS: Record<string, [number, number | null]> = {
  moussa: [1400, 1450],
  aminata1: [1200, 1300],
  aminata2: [1200, 1300],
  issa: [800, null],
}

export async function enterMarks({ school, ids, now }: TestSchool, period = "T1", more = 0): Promise<void> {
  const at = now.toISOString()
  for (const code of SUBJECTS) {
    for (const [n, category] of ["CLASSE", "COMPO"].entries()) {
      const { id } = await school.db
        .insertInto("assessment")
        .values({
          class_subject_id: ids.classSubjects[`${CLASS}/${code}`] as number,
          period_id: ids.periods[period] as number,
          category,
          label: category === "COMPO" ? "Composition" : "Devoir 1",
          max: 2000,
          weight: 100,
          position: n,
          created_at: at,
        })
        .returning("id")
        .executeTakeFirstOrThrow()
      const rows = Object.entries(MARKS).map(([key, marks]) => {
        const value = marks[n] === null ? null : (marks[n] as number) + more
        const status = value === null ? ("ABS_J" as const) : null
        return { assessment_id: id, student_id: ids.students[key] as number, value, status, updated_at: at }
      })
      await school.db.insertInto("mark").values(rows).execute()
    }
  }
}

/** The dean checks and the head publishes a period of the class. */
export async function publishPeriod(test: TestSchool, period = "T1", reason = ""): Promise<void> {
  const path = `/bulletins/${test.ids.classes[CLASS]}/${test.ids.periods[period]}`
  if (!reason) {
    const dean = await test.as("censeur")
    await dean.open(path)
    await dean.post(`${path}/check`, { anyway: "1" })
  }
  const head = await test.as("proviseur")
  await head.open(`${path}/publish`)
  const answer = await head.post(`${path}/publish`, { reason })
  if (answer.status !== 303) throw new Error(`not published: ${answer.status} ${answer.body.slice(0, 2000)}`)
}
