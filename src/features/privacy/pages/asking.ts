// What the pages about personal data ask of a request: whose data, which terms hold, which tabs are open.
import type { Request } from "express"
import type { Person } from "../../../personal.ts"
import { guardianFor, staffFor, studentFor, todayFor } from "../../people/pages/asking.ts"
import { studentName } from "../../people/rules.ts"
import { viewer } from "../../people/scope.ts"
import { studentTabs } from "../../people/tabs.ts"
import type { Asking } from "../queries/departures.ts"
import type { Rights } from "../queries/gathering.ts"
import { retentionsIn } from "../queries/settings.ts"

const PAGES = [
  { page: "overview", label: "Vue d’ensemble", path: "/privacy", access: "privacy.see" },
  { page: "consents", label: "Accords", path: "/privacy/consents", access: "privacy.see" },
  { page: "erasure", label: "Effacement", path: "/privacy/erasure", access: "privacy.erase" },
  { page: "kept", label: "Identités gardées", path: "/privacy/kept", access: "privacy.kept" },
  {
    page: "register",
    label: "Registre des traitements",
    path: "/privacy/register",
    access: "privacy.register",
  },
  { page: "settings", label: "Durées et contacts", path: "/privacy/settings", access: "privacy.register" },
] as const

export const tabsOf = (req: Request, current: (typeof PAGES)[number]["page"]) =>
  PAGES.filter(({ access }) => req.can(access)).map(({ page, label, path }) => ({
    label,
    path,
    current: page === current,
  }))

export async function askingOf(req: Request): Promise<Asking> {
  const { db, settings } = req.school
  const retentions = await retentionsIn(db, settings.country)
  return { who: viewer(req), today: todayFor(req), retentions }
}

export const rightsOf = (req: Request): Rights => ({ medical: req.can("medical.see") })

export type Named = {
  person: Person
  id: number
  name: string
  /** the card's address, and the list it is of */
  place: string
  back: { label: string; path: string }
  tabs: { label: string; path: string; current: boolean }[]
}

/** The person in the address, among those whom whoever asks may see. */
export async function personFor(req: Request, person: Person): Promise<Named> {
  if (person === "student") {
    const student = await studentFor(req)
    const tabs = studentTabs(req, student.id, "data")
    const place = `/students/${student.id}`
    const back = { label: "Élèves", path: "/students" }
    return { person, id: student.id, name: studentName(student), place, back, tabs }
  }
  if (person === "guardian") {
    const guardian = await guardianFor(req)
    const place = `/guardians/${guardian.id}`
    const back = { label: "Tuteurs", path: "/guardians" }
    return {
      person,
      id: guardian.id,
      name: guardian.name,
      place,
      back,
      tabs: cardTabs(req, place, "people.guardians_change"),
    }
  }
  const staff = await staffFor(req)
  const place = `/staff/${staff.id}`
  const back = { label: "Personnel", path: "/staff" }
  return {
    person,
    id: staff.id,
    name: studentName(staff),
    place,
    back,
    tabs: cardTabs(req, place, "people.staff_change"),
  }
}

const cardTabs = (req: Request, place: string, changes: string) => [
  { label: "Fiche", path: place, current: false },
  ...(req.can(changes) ? [{ label: "Historique", path: `${place}/history`, current: false }] : []),
  { label: "Données", path: `${place}/data`, current: true },
]
