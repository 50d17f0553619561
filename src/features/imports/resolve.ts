import type { Customs } from "./customs.ts"
import { readGuardian } from "./guardians.ts"
import { readCell } from "./marks.ts"
import type { Outcome, Reference } from "./outcomes.ts"
import type { Roster } from "./roster.ts"
import type { Role } from "./spellings.ts"
import { readStaffRow } from "./staff.ts"
import { readStudent, type StudentContext } from "./students.ts"

/** What a person decided about one `review` line. */
export type Answer =
  /** create nothing from it */
  | { as: "left_out" }
  /** somebody of its own, with the cells a person typed again, by column */
  | { as: "new"; typed?: Partial<Record<Role, string>> }
  /** this student of the school: the same person, or the one a guardian's line or a line of marks is about */
  | { as: "student"; student: Reference; typed?: Partial<Record<Role, string>> }
  /** the person of an earlier line of the same file, whom it may tell more of */
  | { as: "line"; line: number }

export type Resolution = { ok: true; outcome: Outcome } | { ok: false; reasons: string[] }

/** The stored outcome of a line once answered; `ok: false` when what was typed again cannot be read either. */
export function resolveStudent(outcome: Outcome, answer: Answer, context: StudentContext): Resolution {
  if (answer.as === "left_out") return leftOut(outcome)
  if (answer.as !== "new") return { ok: false, reasons: ["student_not_found"] }
  const row = again(STUDENT_CELLS, outcome, answer.typed, context.className)
  const { values, warnings, problems } = readStudent(row, context)
  if (problems.length > 0) return { ok: false, reasons: problems.map(({ reason }) => reason) }
  return { ok: true, outcome: { ...cleared(outcome), action: "create", warnings, canonical: { ...values } } }
}

export function resolveGuardian(outcome: Outcome, answer: Answer, roster: Roster): Resolution {
  if (answer.as === "left_out") return leftOut(outcome)
  if (answer.as === "line") return { ok: false, reasons: ["student_not_found"] }
  // the child of somebody known is found already
  const child = outcome.action === "duplicate" ? outcome.student : undefined
  const id = answer.as === "student" ? answer.student : child
  const chosen = id === undefined ? null : roster.byId(id)
  if (id !== undefined && !chosen) return { ok: false, reasons: ["student_not_found"] }
  const row = again(GUARDIAN_CELLS, outcome, answer.typed)
  const { values, warnings, reasons, student } = readGuardian(row, roster, chosen)
  if (reasons.length > 0) return { ok: false, reasons }
  return {
    ok: true,
    outcome: { ...cleared(outcome), action: "create", warnings, canonical: { ...values }, student },
  }
}

export function resolveStaff(outcome: Outcome, answer: Answer & { as: "new" }, customs: Customs): Resolution {
  const row = again(STAFF_CELLS, outcome, answer.typed)
  const { values, warnings, problems } = readStaffRow(row, customs)
  if (problems.length > 0) return { ok: false, reasons: problems }
  const enseigne = values.enseigne || outcome.canonical?.enseigne === true
  const canonical = { ...values, enseigne }
  return { ok: true, outcome: { ...cleared(outcome), action: "create", warnings, canonical } }
}

/** A line of marks given to a student; its held cells may be typed again too. `max` in hundredths. */
export function resolveMarks(outcome: Outcome, answer: Answer, roster: Roster, max: number): Resolution {
  if (answer.as === "left_out") return leftOut(outcome)
  if (answer.as === "line") return { ok: false, reasons: ["student_not_found"] }
  const id = answer.as === "student" ? answer.student : outcome.student
  const student = id === undefined ? null : roster.byId(id)
  if (!student) return { ok: false, reasons: ["student_not_found"] }
  const cells = { ...outcome.cells }
  for (const [role, typed] of Object.entries(answer.typed ?? {})) {
    if (role.startsWith("mark:")) cells[role.slice("mark:".length)] = readCell(typed ?? "", max)
  }
  const settled = { matricule: student.matricule, student: student.id, cells }
  return { ok: true, outcome: { ...cleared(outcome), action: "marks", ...settled } }
}

export const leftOut = ({ line, raw }: Outcome): Resolution => ({
  ok: true,
  outcome: { line, action: "ignore", reason: "left_out", raw },
})

/** What made the line one to review is settled and goes. */
function cleared(outcome: Outcome): Outcome {
  const { reason, suggestion, conflicts_with, differs, ...kept } = outcome
  return kept
}

const STUDENT_CELLS: [Role, string][] = [
  ["matricule", "matricule"],
  ["surname", "nom"],
  ["given_names", "prenom"],
  ["sex", "sexe"],
  ["birth_date", "naissance"],
  ["birth_place", "lieu"],
  ["class", "classe"],
  ["phone", "telephone"],
  ["phone2", "telephone2"],
]

const GUARDIAN_CELLS: [Role, string][] = [
  ["guardian", "tuteur"],
  ["link", "lien"],
  ["phone", "telephone"],
  ["phone2", "telephone2"],
  ["full_name", "eleve"],
  ["class", "classe"],
  ["matricule", "matricule"],
  ["consent", "sms"],
]

const STAFF_CELLS: [Role, string][] = [
  ["matricule", "matricule"],
  ["surname", "nom"],
  ["given_names", "prenom"],
  ["sex", "sexe"],
  ["position", "fonction"],
  ["phone", "telephone"],
  ["email", "email"],
  ["grade", "grade"],
  ["diplomas", "diplomes"],
  ["specialities", "specialites"],
]

/** The values that were read, as cells, under those typed again: canonical values read as themselves. */
function again(
  fields: [Role, string][],
  outcome: Outcome,
  typed: Partial<Record<Role, string>> = {},
  className?: string | null,
) {
  const cells = new Map<Role, string>()
  for (const [role, field] of fields) {
    const value = outcome.canonical?.[field]
    const text = typeof value === "boolean" ? (value ? "oui" : "non") : (value ?? "")
    cells.set(role, (typed[role] ?? text).trim())
  }
  const cell = (role: Role) => cells.get(role) ?? ""
  return { cell, has: (role: Role) => cells.has(role), classe: className ?? null }
}
