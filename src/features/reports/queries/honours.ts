import type { Db } from "../../../db/index.ts"
import type { BulletinData } from "../../bulletins/contract.ts"
import { profileIn } from "../../grades/profiles.ts"

/** The awards of the profiles that these publications were made under, with a minimum or without one. */
export async function awardsOf(
  db: Db,
  profileIds: readonly number[],
): Promise<{ label: string; positive: boolean }[]> {
  const rows = await db
    .selectFrom("grading_profile")
    .where("id", "in", [...new Set(profileIds), -1])
    .select("config")
    .execute()
  const awards = new Map<string, boolean>()
  for (const { config } of rows) {
    for (const { label, min } of profileIn(config).awards) awards.set(label, min !== undefined)
  }
  return [...awards].map(([label, positive]) => ({ label, positive }))
}

export type HonouredBulletin = {
  studentId: number
  publicationId: number
  name: string
  content: BulletinData
}

/** The bulletins of these students in these publications. */
export async function bulletinsOfStudents(
  db: Db,
  of: readonly { publicationId: number; studentId: number }[],
): Promise<HonouredBulletin[]> {
  if (of.length === 0) return []
  const wanted = new Set(of.map(({ publicationId, studentId }) => `${publicationId} ${studentId}`))
  const rows = await db
    .selectFrom("bulletin")
    .where("publication_id", "in", [...new Set(of.map(({ publicationId }) => publicationId))])
    .where("student_id", "in", [...new Set(of.map(({ studentId }) => studentId))])
    .select(["publication_id", "student_id", "content"])
    .execute()
  return rows
    .filter(({ publication_id, student_id }) => wanted.has(`${publication_id} ${student_id}`))
    .map(({ publication_id, student_id, content }) => {
      const read = JSON.parse(content) as BulletinData
      const { surname, givenNames } = read.student
      return {
        studentId: student_id,
        publicationId: publication_id,
        name: `${surname} ${givenNames}`,
        content: read,
      }
    })
}

export type DiplomaRow = {
  id: number
  reference: string
  student_id: number
  issued_at: string
  cancelled_at: string | null
  content: string
}

/** The diplomas in force of these students, the last first. */
export const diplomasOf = (db: Db, studentIds: readonly number[], yearId: number): Promise<DiplomaRow[]> =>
  db
    .selectFrom("paper")
    .where("kind", "=", "diploma")
    .where("school_year_id", "=", yearId)
    .where("student_id", "in", [...studentIds, -1])
    .select(["id", "reference", "student_id", "issued_at", "cancelled_at", "content"])
    .orderBy("id", "desc")
    .execute()

/** The cards of these students, as a paper names them. */
export const studentsNamed = (db: Db, ids: readonly number[]) =>
  db
    .selectFrom("student")
    .where("id", "in", [...ids, -1])
    .selectAll()
    .orderBy("sort_name")
    .orderBy("id")
    .execute()
