// For tests: a list of one candidate, signed by the dean and the head without their seeing it.
import type { Db } from "../../db/index.ts"
import { sha256 } from "../../web/signing.ts"
import type { AverageListContent } from "./contract.ts"
import { sampleAverages } from "./papers.fixture.ts"

const AT = "2027-07-02T10:00:00.000Z"

export async function signedList(
  db: Db,
  yearId: number,
  { id, label, student }: { id: number; label: string; student: number },
): Promise<{ id: number; code: string }> {
  const { content } = sampleAverages(1)
  const lines = content.lines.map((line) => ({ ...line, studentId: student }))
  const own: AverageListContent = { ...content, classes: [{ id, label, publications: [] }], lines }
  const json = JSON.stringify(own)
  const as = JSON.stringify({ name: "Oumou DIALLO", role: "Proviseur", at: "le 02/07/2027 à 10:00" })
  const code = "M3STE-MY2C9"
  const row = {
    school_year_id: yearId,
    state: "signed",
    exam: own.exam,
    content: json,
    hash: sha256(json),
    made_at: AT,
    made_by: 1,
    checked_at: AT,
    checked_by: 1,
    checked_as: as,
    signed_at: AT,
    signed_by: 2,
    signed_as: as,
    number: 1,
    reference: "LM-2026-0001",
    code,
  } as const
  const made = await db.insertInto("average_list").values(row).returning("id").executeTakeFirstOrThrow()
  await db.insertInto("average_list_class").values({ list_id: made.id, class_id: id }).execute()
  const line = { list_id: made.id, position: 1, student_id: student, average: lines[0]?.annual ?? "–" }
  await db.insertInto("average_list_line").values(line).execute()
  return { id: made.id, code }
}
