// Lines about people the school has: whom each is about, and what it says otherwise than the card. Pure.
import { fold } from "../people/naming.ts"
import { type CardValues, type Difference, differencesOf, lineValues } from "./cards.ts"
import type { Columns } from "./columns.ts"
import type { Canonical } from "./outcomes.ts"
import type { Known } from "./preview.ts"
import type { KnownLink, SchoolStaff, SchoolStudent } from "./queries/school.ts"
import { columnsAbove } from "./rows.ts"
import { UNKNOWN_POSITION } from "./staff.ts"
import { CLASS_NOT_IN_SCHOOL, type Settled } from "./stored.ts"

/** One matricule and one name are one person: only what the card says is in question. */
const SAME_STUDENT = new Set([
  "same_matricule_other_birth_date",
  "same_matricule_other_class",
  "same_matricule_other_sex",
  "same_matricule_other_birth_place",
  "same_matricule_other_phone",
])

const indexes = new WeakMap<readonly SchoolStudent[], Map<number, SchoolStudent>>()

/** The student of this key, among those that the file is compared with. */
export function studentOf({ students }: Pick<Known, "students">, id: unknown): SchoolStudent | undefined {
  const there = indexes.get(students) ?? new Map(students.map((one) => [one.id, one]))
  indexes.set(students, there)
  return there.get(id as number)
}

export const cardOfStudent = (one: SchoolStudent): CardValues => ({
  nom: one.nom,
  prenom: one.prenom,
  matricule: one.matricule,
  naissance: one.naissance ?? null,
  lieu: one.lieu ?? null,
  sexe: one.sexe ?? null,
  classe: one.classe ?? null,
  telephone: one.telephone ?? null,
  adresse: one.adresse,
  nationalite: one.nationalite,
  pere: one.pere,
  mere: one.mere,
})

/**
 * A student goes into a class that the school has; one it has and who is in no class this year is enrolled. Of one
 * it has under the same matricule and name, the line says what the card should perhaps say.
 */
export function placeStudent(outcome: Settled, known: Known): Settled {
  if (outcome.action === "create") {
    const label = outcome.canonical?.classe
    if (typeof label !== "string" || known.classes.placeOf(label) !== null) return outcome
    return { ...outcome, action: "review", reason: CLASS_NOT_IN_SCHOOL }
  }
  const student = studentOf(known, outcome.student)
  const same = outcome.action === "duplicate" || SAME_STUDENT.has(outcome.reason ?? "")
  return student && same ? meetStudent(outcome, student, known) : outcome
}

/** The line as one about this student, whatever made it doubtful. */
export function meetStudent(outcome: Settled, student: SchoolStudent, { classes }: Known): Settled {
  const { line, raw, canonical, read = canonical, duplicate_of, conflicts_with } = outcome
  const reference = duplicate_of ?? conflicts_with ?? student.matricule ?? `${student.nom} ${student.prenom}`
  const extra = { ...outcome.extra }
  if (typeof canonical?.classe === "string") extra.class = canonical.classe
  const met: Settled = { line, action: "duplicate", duplicate_of: reference, student: student.id, extra, raw }
  met.named = `${student.nom} ${student.prenom}`
  const label = extra.class
  const place = label ? classes.placeOf(label) : null
  if (label && student.class_id === null) {
    if (place === null) return { ...met, action: "review", reason: CLASS_NOT_IN_SCHOOL }
    met.enrol = label
    if (student.status === "withdrawn") met.warnings = ["withdrawn_before"]
  }
  const moves = student.class_id !== null && place !== null && place !== student.class_id
  if (label && student.class_id !== null && place === null) met.warnings = ["class_kept"]
  const fields = differencesOf(lineValues(read, extra), cardOfStudent(student)).filter(
    ({ field }) => field !== "classe" || moves,
  )
  return fields.length > 0 ? { ...met, fields } : met
}

export const cardOfGuardian = (one: KnownLink): CardValues => ({
  telephone: one.phone,
  telephone2: one.phone2,
  lien: one.link,
  sms: one.sms_consent === null ? null : one.sms_consent === 1 ? "oui" : "non",
})

/**
 * A guardian of this name whom the child has already is the same person, whatever number or answer the line brings:
 * nobody is made twice beside the child. An empty cell of « Lien » says nothing against the link.
 */
export function meetGuardian(outcome: Settled, known: Known, columns: readonly Columns[]): Settled {
  const { canonical, student, line, raw } = outcome
  const doubtful = outcome.action === "review" && outcome.reason !== "guardian_already_linked"
  if (doubtful || outcome.action === "duplicate" || !canonical || typeof student !== "number") return outcome
  // a contradiction inside the file is told of its two lines
  if (typeof outcome.conflicts_with === "number") return outcome
  const card = guardianOf(known, student, canonical)
  if (!card) return outcome
  const values = lineValues(canonical)
  if (!cellUnder(columns, outcome, "link")) values.lien = null
  const fields = differencesOf(values, cardOfGuardian(card))
  const met: Settled = { line, action: "duplicate", duplicate_of: card.name, student, card: card.id, raw }
  if (fields.length === 0) return met
  // kept: it may turn out to be somebody of its own
  return { ...met, canonical, fields, named: `${card.name}, pour ${canonical.eleve}` }
}

function guardianOf({ links = [] }: Known, student: number, { tuteur, telephone }: Canonical) {
  const name = fold(String(tuteur))
  const named = links.filter((one) => one.student_id === student && fold(one.name) === name)
  return named.find((one) => one.phone === telephone) ?? named[0]
}

function cellUnder(columns: readonly Columns[], { line, raw }: Settled, role: "link"): string {
  const at = columnsAbove(columns, line)?.roles.indexOf(role) ?? -1
  return raw[at] ?? ""
}

export const cardOfStaff = (one: SchoolStaff): CardValues => ({
  nom: one.nom,
  prenom: one.prenom,
  matricule: one.matricule,
  sexe: one.sexe,
  fonction: one.fonction === UNKNOWN_POSITION ? null : one.fonction,
  telephone: one.telephone,
  email: one.email,
  grade: one.grade,
  diplomes: one.diplomes,
  specialites: one.specialites,
})

export const staffOf = ({ staff = [] }: Known, id: unknown) => staff.find((one) => one.id === id)

/** A line about somebody of the staff, whatever made it doubtful. */
export function meetStaff(outcome: Settled, one: SchoolStaff): Settled {
  const { line, raw, canonical, read = canonical, duplicate_of, conflicts_with } = outcome
  const reference = duplicate_of ?? conflicts_with ?? `${one.nom} ${one.prenom}`
  const met: Settled = { line, action: "duplicate", duplicate_of: reference, card: one.id, raw }
  met.named = `${one.nom} ${one.prenom}`
  const values = lineValues(read)
  if (values.fonction === UNKNOWN_POSITION) values.fonction = null
  const fields = differencesOf(values, cardOfStaff(one))
  return fields.length > 0 ? { ...met, fields } : met
}

/** The same person under the same number: only the card is in question. */
export function placeStaff(outcome: Settled, known: Known): Settled {
  const one = staffOf(known, outcome.student)
  const same = outcome.action === "duplicate" || outcome.reason === "same_number_other_values"
  return one && same ? meetStaff(outcome, one) : outcome
}

/**
 * Lines about one card, in order: what an earlier line says already is not said again, and what a later one says
 * otherwise is told beside the earlier line. Two lines about one new person are compared with each other.
 */
export function compareLines(outcomes: readonly Settled[]): Settled[] {
  const cards = new Map<string, Map<string, { after: string; line: number }>>()
  const byLine = new Map(outcomes.map((one) => [one.line, one]))
  return outcomes.map((outcome) => {
    const elder = typeof outcome.conflicts_with === "number" && byLine.get(outcome.conflicts_with)
    if (outcome.action === "review" && elder && elder.canonical && outcome.canonical) {
      const fields = differencesOf(valuesOf(outcome), allOf(valuesOf(elder), valuesOf(outcome)))
      return fields.length > 0 ? { ...outcome, fields } : outcome
    }
    const key = keyOf(outcome)
    if (!key || !outcome.fields) return outcome
    const said = cards.get(key) ?? new Map<string, { after: string; line: number }>()
    cards.set(key, said)
    const fields = outcome.fields.flatMap((one): Difference[] => {
      // a link is to one child, a card to one person
      const place = one.field === "lien" ? `${one.field} ${outcome.student}` : one.field
      const earlier = said.get(place)
      if (earlier?.after === one.after) return []
      said.set(place, { after: one.after, line: outcome.line })
      return [earlier ? { ...one, before: earlier.after, line: earlier.line } : one]
    })
    return { ...outcome, fields: fields.length > 0 ? fields : undefined }
  })
}

const valuesOf = ({ canonical, extra }: Settled) => lineValues(canonical, extra)

/** What the other line leaves out is known to be empty. */
const allOf = (values: CardValues, asked: CardValues): CardValues => ({
  ...Object.fromEntries(Object.keys(asked).map((field) => [field, null])),
  ...values,
})

function keyOf({ action, card, student }: Settled): string | null {
  if (action !== "duplicate") return null
  if (card !== undefined) return `card ${card}`
  return student === undefined ? null : `student ${student}`
}
