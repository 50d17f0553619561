// Telling families that bulletins are out.
import type { Db } from "../../db/index.ts"
import type { School } from "../../school.ts"
import { linkUrl, makeLinks } from "../links/queries.ts"
import { queueMessages } from "../messages/queries.ts"

export type Announced = {
  studentId: number
  /** « KEÏTA Moussa » */
  name: string
  average: string | null
  rank: string | null
  outOf: number
}

/**
 * Tells families that bulletins are out: one SMS for each guardian who agreed, with a link of its own for each
 * child. Inside the publication's transaction; the same publication never tells anybody twice.
 */
export async function announceBulletins(
  trx: Db,
  school: School,
  publication: { id: number; periodLabel: string; students: Announced[] },
  now: Date,
): Promise<number> {
  const byStudent = new Map(publication.students.map((student) => [student.studentId, student]))
  if (byStudent.size === 0) return 0
  const told = await trx
    .selectFrom("guardianship as gs")
    .innerJoin("guardian as g", "g.id", "gs.guardian_id")
    .where("gs.student_id", "in", [...byStudent.keys()])
    .where("gs.informed", "=", 1)
    .where("gs.may_see", "=", 1)
    .where("g.sms_consent", "=", 1)
    .where("g.phone", "is not", null)
    .select(["g.id as guardian_id", "g.phone", "gs.student_id"])
    .orderBy("g.id")
    .orderBy("gs.student_id")
    .execute()
  if (told.length === 0) return 0
  const links = await makeLinks(trx, school, told, now)
  const guardians = new Map<number, { phone: string; children: { studentId: number; url: string }[] }>()
  for (const [n, { guardian_id, phone, student_id }] of told.entries()) {
    const guardian = guardians.get(guardian_id) ?? { phone: phone as string, children: [] }
    guardian.children.push({ studentId: student_id, url: linkUrl(school, links[n] as number) })
    guardians.set(guardian_id, guardian)
  }
  const messages = [...guardians].map(([guardianId, { phone, children }]) => ({
    recipient: phone,
    guardianId,
    studentId: (children[0] as { studentId: number }).studentId,
    event: "bulletin.published",
    uniqueKey: `bulletin:${publication.id}:${guardianId}`,
    body: bulletinSms({
      school: school.settings.shortName || school.settings.name,
      period: publication.periodLabel,
      children: children.map(({ studentId, url }) => ({ ...(byStudent.get(studentId) as Announced), url })),
    }),
  }))
  return queueMessages(trx, messages, now.toISOString())
}

/** What the SMS of a publication says; one SMS a guardian, whatever the number of children it is about. */
export function bulletinSms(said: {
  school: string
  period: string
  children: { name: string; average: string | null; rank: string | null; outOf: number; url: string }[]
}): string {
  const children = said.children.map(({ name, average, rank, outOf, url }) => {
    const figures = average ? `, moyenne ${average}${rank ? `, rang ${rank}/${outOf}` : ""}` : ""
    return `${name}${figures} : ${url}`
  })
  return `${said.school} : bulletin du ${said.period}. ${children.join(" ; ")}`
}
