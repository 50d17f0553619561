import { fold, upperCase } from "../people/naming.ts"
import type { Mappings } from "./columns.ts"
import { type Customs, MALIAN } from "./customs.ts"
import { type Row, sortLines } from "./lines.ts"
import { isMissing } from "./normalise/missing.ts"
import { readPhones } from "./normalise/phone.ts"
import { readSex } from "./normalise/words.ts"
import { countOutcomes, type ImportResult, type Outcome } from "./outcomes.ts"
import type { Table } from "./reading/table.ts"
import { StaffIdentities } from "./staffIdentities.ts"
import { inPlainCapitals, LONGEST_NAME, readName } from "./students.ts"

/** Somebody of the staff as stored; `matricule` is the employee number. */
export interface StaffValues {
  nom: string
  prenom: string
  sexe: "M" | "F" | null
  matricule: string | null
  fonction: string
  telephone: string | null
  email: string | null
  grade: string | null
  diplomes: string | null
  specialites: string | null
  /** told to teach, by the function or by subjects */
  enseigne: boolean
}

/** Somebody the school has. */
export type KnownStaff = Omit<StaffValues, "enseigne"> & { id: number }

export interface StaffContext {
  existing?: readonly KnownStaff[]
  mappings?: Mappings
  customs?: Customs
}

/** A list of the staff, teachers or not: one outcome per physical line. */
export function readStaff(table: Table, context: StaffContext = {}): ImportResult {
  const { sorted, columns } = sortLines(table, { kind: "staff", ...context })
  const identities = new StaffIdentities(context.existing ?? [])
  const outcomes = sorted.map((one) =>
    "outcome" in one ? one.outcome : staffOutcome(one.row, identities, context.customs),
  )
  return { counts: countOutcomes(outcomes), outcomes, columns }
}

function staffOutcome(row: Row, identities: StaffIdentities, customs?: Customs): Outcome {
  const { number: line, cells: raw } = row.line
  const { values, warnings, problems } = readStaffRow(row, customs)
  const met = identities.meet(values, line, problems.join(" "))
  if (met.kind === "same") {
    const known: Outcome = { line, action: "duplicate", duplicate_of: met.of, student: met.id, raw }
    return met.id === undefined ? known : { ...known, read: { ...values } }
  }
  const told = [...warnings, ...row.line.warnings]
  if (met.kind === "new" && met.warning) told.push(met.warning)
  const outcome: Outcome = { line, action: "create", warnings: told, canonical: { ...values }, raw }
  const [reason, ...others] = met.kind === "conflict" ? [met.reason, ...problems] : problems
  if (!reason) return outcome
  const review: Outcome = { ...outcome, action: "review", reason, warnings: [...told, ...others] }
  return met.kind === "conflict" ? { ...review, conflicts_with: met.with, student: met.id } : review
}

export interface StaffReading {
  values: StaffValues
  warnings: string[]
  problems: string[]
}

/** The cells of one line, without a look at any other line. */
export function readStaffRow(row: Pick<Row, "cell" | "has">, { phones }: Customs = MALIAN): StaffReading {
  const warnings: string[] = []
  const problems: string[] = []
  const text = (role: Parameters<Row["cell"]>[0]) => (isMissing(row.cell(role)) ? null : row.cell(role))

  const { title, ...name } = withoutTitle(row)
  const { nom, prenom, ordered } = name
  if (nom === "") problems.push("surname_missing")
  else if (prenom === "") problems.push("given_names_missing")
  if (!ordered) warnings.push("name_order_inferred")
  if (nom.length > LONGEST_NAME || prenom.length > LONGEST_NAME) problems.push("name_too_long")
  else if (/\d/.test(nom + prenom)) problems.push("name_with_digits")
  if (inPlainCapitals(nom, prenom)) warnings.push("no_accents_in_source")

  const sexe = readSex(row.cell("sex"))
  if (sexe === undefined) problems.push("sex_unreadable")

  const phone = readPhones([row.cell("phone"), row.cell("phone2")].filter(Boolean).join(" / "), phones)
  if (phone.kind === "unreadable") problems.push(phone.reason)
  if (phone.kind === "missing" && row.has("phone")) warnings.push("phone_missing")
  if (phone.kind === "number" && phone.foreign) warnings.push("foreign_number")
  if (phone.kind === "number" && (phone.second || phone.secondProblem)) warnings.push("second_phone_left")

  const typedEmail = text("email")
  const email = typedEmail && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typedEmail) ? typedEmail.toLowerCase() : null
  if (typedEmail && !email) warnings.push("email_unreadable")

  const subjects = text("subjects")
  const fonction = text("position") ?? (subjects ? "Professeur" : UNKNOWN_POSITION)
  if (fonction === UNKNOWN_POSITION) warnings.push("position_missing")
  const specialities = [text("specialities"), subjects].filter((one) => one !== null)

  const values: StaffValues = {
    nom,
    prenom,
    sexe: sexe ?? readSex(title) ?? null,
    matricule: employeeNumber(row.cell("matricule")),
    fonction: fonction.slice(0, LONGEST_TEXT),
    telephone: phone.kind === "number" ? phone.e164 : null,
    email,
    ...qualifications(text("grade"), text("diplomas")),
    specialites: [...new Set(specialities)].join(", ") || null,
    enseigne: isTeaching(fonction) || subjects !== null,
  }
  return { values, warnings, problems }
}

const LONGEST_TEXT = 80

/** Nobody is on the staff without a function: this one asks to be corrected. */
export const UNKNOWN_POSITION = "À préciser"

const TEACHES =
  /prof|enseign|ma[iî]tre|ma[iî]tresse|institut|vacataire|charg[ée]e? de cours|formateur|formatrice/i

/** Whether somebody of this function teaches. */
export const isTeaching = (position: string) => TEACHES.test(position)

const DIPLOMA =
  /bac|licence|ma[iî]trise|master|capes|agr[ée]gation|doctorat|d[eu]a\b|dess|\bdut\b|\bbts\b|deug|ing[ée]nieur/i

/** « GRADE/DIPLÔME » is one column of both: a diploma in it is a diploma. */
const qualifications = (grade: string | null, diplomes: string | null) =>
  diplomes === null && grade !== null && DIPLOMA.test(grade)
    ? { grade: null, diplomes: grade }
    : { grade, diplomes }

const employeeNumber = (typed: string) => (isMissing(typed) ? null : upperCase(typed.replace(/[\s'’]+/g, "")))

const TITLE = /^(m\.|mr\.?|mme\.?|mlle\.?|monsieur|madame|mademoiselle|dr\.?|pr\.?)\s+(?=\p{L})/iu

/** « Mme KONÉ Awa »: the title is no part of the name, and says the sex where no column does. */
function withoutTitle(row: Pick<Row, "cell" | "has">) {
  let title = ""
  const cell: Row["cell"] = (role) =>
    row.cell(role).replace(TITLE, (_, said: string) => {
      title = said
      return ""
    })
  const read = readName({ cell, has: row.has })
  return { ...read, title: fold(title) === "m." ? "m" : title }
}
