import { fold, fullName } from "../people/naming.ts"
import type { Mappings } from "./columns.ts"
import { type Customs, readClass } from "./customs.ts"
import { type Row, sortLines } from "./lines.ts"
import { readMatricule } from "./normalise/matricule.ts"
import { type PhoneReading, readPhones } from "./normalise/phone.ts"
import { readConsent, readLink } from "./normalise/words.ts"
import { type Canonical, countOutcomes, type ImportResult, type Outcome, type Reference } from "./outcomes.ts"
import type { Table } from "./reading/table.ts"
import { type Enrolled, isNameOf, Roster, type RosterEntry } from "./roster.ts"

/** A guardian's link with one child, as stored; `sms` null means never asked or not answered, which is no yes. */
export interface GuardianValues {
  tuteur: string
  lien: "PERE" | "MERE" | "TUTEUR"
  telephone: string | null
  telephone2: string | null
  eleve: string
  classe: string | null
  matricule: string | null
  sms: boolean | null
}

/** A link the school already has, so that the same file twice changes nothing. */
export interface ExistingLink {
  tuteur: string
  lien: "PERE" | "MERE" | "TUTEUR"
  telephone: string | null
  telephone2: string | null
  sms: boolean | null
  /** the student's key in the roster */
  student: Reference
}

export interface GuardianContext {
  className?: string | null
  existing?: readonly ExistingLink[]
  mappings?: Mappings
  customs?: Customs
}

/** Guardians of students the school already has, one line per guardian and child: one outcome per physical line. */
export function readGuardians(
  table: Table,
  roster: readonly Enrolled[],
  context: GuardianContext = {},
): ImportResult {
  const { sorted, columns } = sortLines(table, { kind: "guardians", ...context })
  const links = new Links(context.existing ?? [])
  const students = new Roster(roster, context.customs)
  const outcomes = sorted.map((one) =>
    "outcome" in one ? one.outcome : guardianOutcome(one.row, students, links),
  )
  return { counts: countOutcomes(outcomes), outcomes, columns }
}

export interface GuardianReading {
  values: GuardianValues
  warnings: string[]
  reasons: string[]
  suggestion?: string
  student?: Reference
}

function guardianOutcome(row: Row, roster: Roster, links: Links): Outcome {
  const line = row.line.number
  const raw = row.line.cells
  const { values, warnings, reasons, suggestion, student } = readGuardian(row, roster)
  const met = links.meet(values, student, line, reasons)
  if (met.duplicateOf !== undefined)
    return { line, action: "duplicate", duplicate_of: met.duplicateOf, student, raw }
  if (met.conflictsWith !== undefined) reasons.unshift("guardian_already_linked")
  const outcome: Outcome = {
    line,
    action: "create",
    warnings: [...warnings, ...row.line.warnings],
    canonical: { ...values } satisfies Canonical,
    same_guardian_as: met.sameGuardianAs,
    student,
    raw,
  }
  const [reason, ...others] = reasons
  if (reason === undefined) return outcome
  outcome.action = "review"
  outcome.reason = reason
  outcome.warnings?.push(...others)
  if (met.conflictsWith !== undefined) outcome.conflicts_with = met.conflictsWith
  if (suggestion !== undefined) outcome.suggestion = suggestion
  return outcome
}

/** The cells of one line, matched with one student of the roster, or with the one a person chose. */
export function readGuardian(
  row: Pick<Row, "cell" | "has" | "classe">,
  roster: Roster,
  chosen: RosterEntry | null = null,
): GuardianReading {
  const warnings: string[] = []
  const reasons: string[] = []
  const tuteur =
    row.cell("guardian") || fullName(row.cell("guardian_given_names"), row.cell("guardian_surname"))
  if (tuteur === "") reasons.push("guardian_name_missing")

  const main = readPhones(row.cell("phone"), roster.customs.phones)
  if (main.kind === "unreadable") reasons.push(main.reason)
  if (main.kind === "missing") warnings.push("phone_missing")
  if (main.kind === "number" && main.foreign) warnings.push("foreign_number")
  const telephone2 = secondNumber(main, readPhones(row.cell("phone2"), roster.customs.phones), warnings)

  const sms = readConsent(row.cell("consent"))
  if (sms === undefined) warnings.push("consent_unreadable")

  const found: FoundStudent = chosen
    ? { student: chosen, classe: null, matricule: null, warnings: [] }
    : findStudent(row, roster)
  warnings.push(...found.warnings)
  if (found.reason) reasons.push(found.reason)
  const { student } = found
  const values: GuardianValues = {
    tuteur,
    lien: readLink(row.cell("link")),
    telephone: main.kind === "number" ? main.e164 : null,
    telephone2,
    eleve: student ? fullName(student.nom, student.prenom) : childName(row),
    classe: student?.classe ?? found.classe,
    matricule: student ? student.matricule : found.matricule,
    sms: sms ?? null,
  }
  return { values, warnings, reasons, suggestion: found.suggestion, student: student?.id }
}

/** The first of the second cell; without one, the second of the first. */
function secondNumber(main: PhoneReading, second: PhoneReading, warnings: string[]): string | null {
  if (second.kind === "number") return second.e164
  const unreadable = second.kind === "unreadable" || (main.kind === "number" && main.secondProblem !== null)
  if (unreadable) warnings.push("second_phone_unreadable")
  return main.kind === "number" ? main.second : null
}

const childName = (row: Pick<Row, "cell">) =>
  row.cell("full_name") ||
  row.cell("full_name_given_first") ||
  fullName(row.cell("surname"), row.cell("given_names"))

interface FoundStudent {
  student?: RosterEntry
  classe: string | null
  matricule: string | null
  warnings: string[]
  reason?: string
  suggestion?: string
}

/** By matricule when the name agrees, else by name within the class; a doubt is a person's to settle (rule 3). */
function findStudent(row: Pick<Row, "cell" | "classe">, roster: Roster): FoundStudent {
  const name = childName(row)
  const typedClass = row.cell("class")
  const classe = typedClass === "" ? row.classe : readClass(typedClass, roster.customs)
  const read = readMatricule(row.cell("matricule"))
  const matricule = read.kind === "missing" ? null : read.value
  const none = { classe, matricule, warnings: [] }
  if (name === "") return { ...none, reason: "student_name_missing" }
  const namesakes = roster.named(name, classe)
  const suggestion = namesakes.length === 1 ? (namesakes[0]?.matricule ?? undefined) : undefined

  if (matricule !== null) {
    const owner = roster.byMatricule(matricule)
    if (owner && !isNameOf(name, owner))
      return { ...none, reason: "matricule_of_another_student", suggestion }
    // A matricule the school does not have yet, beside the only child of that name and class without one.
    if (!owner) return { ...none, reason: "matricule_not_in_roster", suggestion }
    const moved = classe !== null && owner.classe && owner.classe !== classe
    return { ...none, student: owner, warnings: moved ? ["class_differs_from_roster"] : [] }
  }
  if (typedClass !== "" && classe === null) return { ...none, reason: "class_unknown" }
  if (namesakes.length === 1) return { ...none, student: namesakes[0] }
  if (namesakes.length > 1) return { ...none, reason: "several_students_of_that_name" }
  const elsewhere = roster.named(name)
  if (elsewhere.length === 0) return { ...none, reason: "student_not_found" }
  const [other] = elsewhere
  return {
    ...none,
    reason: "student_in_another_class",
    suggestion: elsewhere.length === 1 ? (other?.classe ?? undefined) : undefined,
  }
}

interface Link {
  values: Omit<GuardianValues, "eleve" | "classe" | "matricule">
  line: Reference
  reasons: string
}

/** The guardians and links met so far: first the school's, then the lines of the file in order. */
class Links {
  private readonly guardians = new Map<string, number>()
  private readonly links = new Map<string, Link[]>()

  constructor(existing: readonly ExistingLink[]) {
    for (const { student, ...values } of existing) {
      this.remember(linkKey(values.tuteur, String(student)), { values, line: values.tuteur, reasons: "" })
    }
  }

  meet(values: GuardianValues, student: Reference | undefined, line: number, reasons: readonly string[]) {
    const child =
      student === undefined ? `?${fold(values.eleve)}|${values.classe}|${values.matricule}` : String(student)
    const key = linkKey(values.tuteur, child)
    const known = this.links.get(key) ?? []
    const told = reasons.join(" ")
    const again = known.find(
      (link) => sameAnswers(link.values, values) && (link.reasons === told || typeof link.line === "string"),
    )
    if (again) return { duplicateOf: again.line, sameGuardianAs: null }
    const other = known.find(
      (link) => link.values.telephone === values.telephone || values.telephone === null,
    )
    this.remember(key, { values, line, reasons: told })
    return {
      conflictsWith: reasons.length === 0 ? other?.line : undefined,
      sameGuardianAs: this.guardian(values, line),
    }
  }

  /** The first line with the same name and phone; nobody is linked through a phone that cannot be read. */
  private guardian({ tuteur, telephone }: GuardianValues, line: number): number | null {
    if (telephone === null || tuteur === "") return null
    const key = `${fold(tuteur)}|${telephone}`
    const first = this.guardians.get(key)
    if (first === undefined) this.guardians.set(key, line)
    return first ?? null
  }

  private remember(key: string, link: Link) {
    const there = this.links.get(key)
    if (there) there.push(link)
    else this.links.set(key, [link])
  }
}

const linkKey = (guardian: string, child: string) => `${fold(guardian)}|${child}`

const sameAnswers = (a: Link["values"], b: Link["values"]) =>
  a.lien === b.lien && a.telephone === b.telephone && a.telephone2 === b.telephone2 && a.sms === b.sms
