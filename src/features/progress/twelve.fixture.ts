// For tests: a class of twelve with ordinary marks, and what its controls say.
import type { TestSchool } from "../../../test/school.ts"
import { enrolMany, giveAssessment, giveMarks } from "../grades/grid.fixture.ts"

export const CLASS = "10ème CG 1"
const AT = "2026-11-20T10:00:00.000Z"

/** Twelve marks of one assessment, in points, with nothing odd about them. */
export const ORDINARY = [9, 10, 11, 12, 13, 8, 10.5, 11.5, 12.5, 9.5, 14, 13.5]
const OTHERS = [10, 11, 12, 13, 14, 9, 11.5, 12.5, 13.5, 10.5, 8, 7.5]

/** The cast's class with eight students more, all with a conduct mark. */
export class Twelve {
  readonly roll: number[]
  readonly #test: TestSchool

  private constructor(test: TestSchool, roll: number[]) {
    this.#test = test
    this.roll = roll
  }

  static async of(test: TestSchool): Promise<Twelve> {
    const more = await enrolMany(test, CLASS, 8)
    const { moussa, aminata1, aminata2, issa } = test.ids.students as Record<string, number>
    const roll = [moussa, aminata1, aminata2, issa, ...more] as number[]
    const about = { class_id: test.ids.classes[CLASS] as number, period_id: test.ids.periods.T1 as number }
    const rows = roll.map((student_id) => ({ ...about, student_id, conduct: 1600, updated_at: AT }))
    await test.school.db.insertInto("student_period").values(rows).execute()
    return new Twelve(test, roll)
  }

  /** An assessment with marks in the order of the roll, in points. */
  async column(code: string, points: (number | null)[], given: Parameters<typeof giveAssessment>[2] = {}) {
    const id = await giveAssessment(this.#test, `${CLASS}/${code}`, given)
    const marks = points.flatMap((point, n) =>
      point === null ? [] : [[this.roll[n] as number, Math.round(point * 100)]],
    )
    if (marks.length > 0) await giveMarks(this.#test.school.db, id, Object.fromEntries(marks))
    return id
  }

  /** Every subject with a teacher and an ordinary column, so that only what a story adds is found. */
  async ordinary(): Promise<void> {
    const { school, ids } = this.#test
    await school.db
      .updateTable("class_subject")
      .set({ teacher_id: ids.staff.maths as number })
      .execute()
    for (const [n, code] of ["MATHS", "FR", "ANG", "EPS"].entries()) {
      await this.column(code, [...OTHERS.slice(n), ...OTHERS.slice(0, n)], { label: "Interrogation" })
    }
  }
}

export const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, " ")
    .replace(/&#39;/g, "’")
    .replace(/\s+/g, " ")
    .trim()

/** What a page of controls lists: « ✗ … » to be settled, « ! … » to be looked at. */
export const sentencesIn = (body: string) =>
  [...body.matchAll(/<tr><td><label>[\s\S]*?<\/td><td>([\s\S]*?)<\/td>[\s\S]*?<\/tr>/g)].map(
    ([row, sentence]) => `${row?.includes("à régler") ? "✗" : "!"} ${plain(sentence as string)}`,
  )
