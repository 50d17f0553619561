// What the pages about persons ask of a request: the year, the school's day, the row named in the address.
import type { Request } from "express"
import { today } from "../../../web/french.ts"
import { Elsewhere, notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { phoneText, planOf } from "../phone.ts"
import { keptInstead } from "../queries/absorbed.ts"
import { guardianSeen } from "../queries/guardians.ts"
import { findStaff } from "../queries/staff.ts"
import { findStudent } from "../queries/students.ts"
import { viewer } from "../scope.ts"

/** The number of the current year; 0, which no year has, before the first one. */
export const yearId = (req: Request) => req.school.year?.id ?? 0

/** What is said where there is no school year yet. */
export const noYear = () =>
  new Refusal(409, "Aucune année scolaire n’est ouverte : créez-la d’abord dans les réglages de l’école.")

/** The year under way, for what cannot be done without one. */
export function yearOf(req: Request) {
  const { year } = req.school
  if (!year) throw noYear()
  return year
}

export const planFor = (req: Request) => planOf(req.school.settings.phonePrefix)

/** A number as the school's country writes it. */
export const phoneFor = (req: Request) => (e164: string | null) => phoneText(e164, planFor(req))

/** The school’s own day. */
export const todayFor = (req: Request) => today(req.now, req.school.settings.timeZone)

/** The day an enrolment made now begins: today, or the first day of the year when it has not begun. */
export function entryDay(req: Request): string {
  const day = todayFor(req)
  const { starts_on } = yearOf(req)
  if (day < starts_on) return starts_on
  return day
}

/** The student in the address, among those this person may see. */
export async function studentFor(req: Request) {
  const student = await findStudent(req.school.db, viewer(req), rowNumber(req.params.student), yearId(req))
  if (!student) throw await missing(req, "student")
  return student
}

export async function guardianFor(req: Request) {
  const guardian = await guardianSeen(req.school.db, viewer(req), rowNumber(req.params.guardian))
  if (!guardian) throw await missing(req, "guardian")
  return guardian
}

export async function staffFor(req: Request) {
  const staff = await findStaff(req.school.db, rowNumber(req.params.staff))
  if (!staff) throw await missing(req, "staff")
  return staff
}

const PLACES = { student: "/students", guardian: "/guardians", staff: "/staff" }

/** A card that is not there: it was absorbed by another one, which this person may see, or it does not exist. */
async function missing(req: Request, kind: keyof typeof PLACES): Promise<Error> {
  const asked = rowNumber(req.params[kind])
  const kept = await keptInstead(req.school.db, viewer(req), kind, asked)
  if (!kept) return notFound()
  if (req.method !== "GET" && req.method !== "HEAD") {
    return new Refusal(
      409,
      "Cette fiche a été fusionnée avec une autre pendant que vous l’aviez ouverte. Rien de ce que vous avez envoyé n’est enregistré : recommencez sur la fiche gardée.",
    )
  }
  return new Elsewhere(req.originalUrl.replace(`${PLACES[kind]}/${asked}`, `${PLACES[kind]}/${kept}`))
}
