// The pages about one student, whichever feature they are of.
import type { Request } from "express"

const PAGES = [
  { page: "card", label: "Fiche", path: "", access: "people.see" },
  { page: "scans", label: "Pièces", path: "/scans", access: "scans.see" },
  { page: "medical", label: "Santé", path: "/medical", access: "medical.see" },
  { page: "consents", label: "Autorisations", path: "/consents", access: "people.guardians" },
  { page: "papers", label: "Certificats", path: "/papers", access: "papers.see" },
  { page: "history", label: "Historique", path: "/history", access: "people.change" },
  { page: "data", label: "Données", path: "/data", access: "privacy.see" },
] as const

/** The tabs of a student's pages that this person may open; none where there is only one. */
export function studentTabs(req: Request, studentId: number, current: (typeof PAGES)[number]["page"]) {
  const open = PAGES.filter(({ access }) => req.can(access))
  if (open.length < 2) return []
  return open.map(({ page, label, path }) => ({
    label,
    path: `/students/${studentId}${path}`,
    current: page === current,
  }))
}
