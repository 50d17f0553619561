// Telling families that bulletins are out.
import type { Db } from "../../db/index.ts"
import type { School } from "../../school.ts"
import { dateTime } from "../../web/french.ts"
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

export type Announcement = {
  /** of the publication */
  id: number
  periodLabel: string
  /** families were told of an earlier version */
  correction: boolean
  students: Announced[]
}

/**
 * Tells families that bulletins are out: one SMS for each guardian who agreed, with a link of its own for each
 * child. Inside the publication's transaction; the same publication never tells anybody twice.
 */
export async function announceBulletins(
  trx: Db,
  school: School,
  publication: Announcement,
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
      correction: publication.correction,
      children: children.map(({ studentId, url }) => ({ ...(byStudent.get(studentId) as Announced), url })),
    }),
  }))
  return queueMessages(trx, messages, now.toISOString())
}

/** What the SMS of a publication says; one SMS a guardian, whatever the number of children it is about. */
export function bulletinSms(said: {
  school: string
  period: string
  correction?: boolean
  children: { name: string; average: string | null; rank: string | null; outOf: number; url: string }[]
}): string {
  const children = said.children.map(({ name, average, rank, outOf, url }) => {
    const figures = average ? `, moyenne ${average}${rank ? `, rang ${rank}/${outOf}` : ""}` : ""
    return `${name}${figures} : ${url}`
  })
  const what = said.correction ? "bulletin corrigé du" : "bulletin du"
  return `${said.school} : ${what} ${said.period}. ${children.join(" ; ")}`
}

type Warning = {
  id: number
  formTeacherId: number | null
  className: string
  periodLabel: string
  /** « 8 », on 20 */
  below: string
  low: number
  visibleAt: string
}

/**
 * Tells the form teacher, before the families see anything, how many students are below the school's threshold; no
 * name goes into an SMS. Gives how many messages were written.
 */
export async function warnFormTeacher(trx: Db, school: School, about: Warning, now: Date): Promise<number> {
  if (about.low === 0 || about.formTeacherId === null) return 0
  const teacher = await trx
    .selectFrom("staff")
    .select("phone")
    .where("id", "=", about.formTeacherId)
    .where("active", "=", 1)
    .executeTakeFirst()
  if (!teacher?.phone) return 0
  const { shortName, name, timeZone } = school.settings
  const students = about.low === 1 ? "1 élève a" : `${about.low} élèves ont`
  const body = `${shortName || name} : en ${about.className}, ${students} moins de ${about.below}/20 au ${about.periodLabel}. Les familles verront les bulletins le ${dateTime(about.visibleAt, timeZone)}. ${school.origin}/bulletins`
  const message = {
    recipient: teacher.phone,
    guardianId: null,
    studentId: null,
    event: "bulletin.low",
    uniqueKey: `bulletin-low:${about.id}`,
    body,
  }
  return queueMessages(trx, [message], now.toISOString())
}
