// What families are told by SMS: what is missing, and that the child is enrolled. Pure.
import type { Message } from "../messages/queries.ts"

/** Whoever is told: a guardian of the file who agreed to SMS and has a number. */
export type Told = { name: string; phone: string | null; sms_consent: number | null }

const reachable = (guardians: readonly Told[]) => [
  ...new Set(guardians.flatMap(({ phone, sms_consent }) => (phone && sms_consent === 1 ? [phone] : []))),
]

export const canBeTold = (guardians: readonly Told[]) => reachable(guardians).length > 0

/** « Il manque : … »; the same list is told once, a shorter one is another message. */
export function missingMessages(
  said: {
    school: string
    file: { id: number; reference: string }
    missing: readonly { id: number; label: string }[]
    url: string
  },
  guardians: readonly Told[],
): Message[] {
  const { school, file, missing, url } = said
  if (missing.length === 0) return []
  const list = missing.map(({ label }) => label).join(", ")
  const ids = missing.map(({ id }) => id).sort((one, other) => one - other)
  return reachable(guardians).map((recipient) => ({
    recipient,
    guardianId: null,
    studentId: null,
    event: "enrolment.missing",
    uniqueKey: `enrolment:missing:${file.id}:${ids.join("-")}:${recipient}`,
    body: `${school} : dossier ${file.reference}. Il manque : ${list}. ${url}`,
  }))
}

/** « … est inscrit(e) en 10ème CG 1 »: once for the event that made the student active. */
export function enrolledMessages(
  said: {
    school: string
    event: number
    student: { id: number; name: string; number: string | null }
    className: string
    /** « 15 000 F CFA »; null where nothing is due */
    fee: string | null
  },
  guardians: readonly (Told & { guardianId: number })[],
): Message[] {
  const { school, event, student, className, fee } = said
  const number = student.number ? `, numéro ${student.number}` : ""
  const due = fee ? ` Droits d’inscription : ${fee}.` : ""
  return reachable(guardians).map((recipient) => ({
    recipient,
    guardianId: guardians.find(({ phone }) => phone === recipient)?.guardianId ?? null,
    studentId: student.id,
    event: "enrolment.active",
    uniqueKey: `enrolment:active:${event}:${recipient}`,
    body: `${school} : ${student.name} est inscrit(e) en ${className}${number}.${due}`,
  }))
}
