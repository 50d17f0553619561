import { fold, hasMarks, isCapitals, splitFullName, upperCase } from "../people/naming.ts"
import type { Mappings } from "./columns.ts"
import { type Customs, MALIAN, readClass } from "./customs.ts"
import { Identities } from "./identities.ts"
import { type Row, type Sorted, sortLines } from "./lines.ts"
import { readDate } from "./normalise/date.ts"
import { readMatricule } from "./normalise/matricule.ts"
import { readPhones } from "./normalise/phone.ts"
import { readRepeating, readSex } from "./normalise/words.ts"
import { countOutcomes, type ImportResult, type Outcome, type Reference } from "./outcomes.ts"
import type { Table } from "./reading/table.ts"
import type { Enrolled } from "./roster.ts"
import type { Role } from "./spellings.ts"

/** A student as stored; `naissance` is AAAA-MM-JJ, or AAAA when only the year is known; phones are E.164. */
export interface StudentValues {
  nom: string
  prenom: string
  sexe: "M" | "F" | null
  naissance: string | null
  lieu: string | null
  matricule: string | null
  classe: string | null
  telephone: string | null
  telephone2?: string
}

export interface StudentContext {
  /** the class chosen before the import, in any spelling; a class in the file comes first */
  className?: string | null
  /** « 2026-2027 » */
  schoolYear: string
  /** everyone the school already has, so that the same file twice changes nothing */
  existing?: readonly Enrolled[]
  mappings?: Mappings
  /** how the school writes; without one, as in Mali */
  customs?: Customs
}

interface ReadingContext extends StudentContext {
  /** folded family names seen where nothing can be mistaken, to read names typed all in capitals */
  surnames?: ReadonlySet<string>
}

export interface Problem {
  reason: string
  suggestion?: string
}

export interface StudentReading {
  values: StudentValues
  warnings: string[]
  problems: Problem[]
  extra: Record<string, string>
}

/** Whole files of students, in one class or in class blocks: one outcome per physical line. */
export function readStudents(table: Table, context: StudentContext): ImportResult {
  const { sorted, columns } = sortLines(table, { kind: "students", ...context })
  const identities = new Identities(context.existing ?? [], context.customs)
  const surnames = surnamesOf(sorted, context.existing ?? [])
  const outcomes = sorted.map((one) =>
    "outcome" in one ? one.outcome : studentOutcome(one.row, { ...context, surnames }, identities),
  )
  return { counts: countOutcomes(outcomes), outcomes, columns }
}

function studentOutcome(row: Row, context: ReadingContext, identities: Identities): Outcome {
  const { values, warnings, problems, extra } = readStudent(row, context)
  const line = row.line.number
  const raw = row.line.cells
  const verdict = identities.meet(values, line, problems)
  if (verdict.kind === "same") return sameAgain(row, verdict, { values, extra })
  const canonical = { ...values }
  const [problem, ...others] = verdict.kind === "conflict" ? [verdict.problem, ...problems] : problems
  const told: Outcome = {
    line,
    action: "create",
    warnings: [...warnings, ...row.line.warnings],
    canonical,
    raw,
  }
  if (Object.keys(extra).length > 0) told.extra = extra
  if (!problem) return told
  const review: Outcome = { ...told, action: "review", reason: problem.reason }
  review.warnings?.push(...others.map(({ reason }) => reason))
  if (problem.suggestion) review.suggestion = problem.suggestion
  if (verdict.kind === "conflict") {
    review.conflicts_with = verdict.with
    review.differs = verdict.differs
    review.student = verdict.student
  }
  return review
}

/** Somebody the school has keeps what the line says: it may tell more than the card, or the class of this year. */
function sameAgain(
  { line: { number: line, cells: raw } }: Row,
  { of, student }: { of: Reference; student?: Reference },
  { values, extra }: Pick<StudentReading, "values" | "extra">,
): Outcome {
  const outcome: Outcome = { line, action: "duplicate", duplicate_of: of, student, raw }
  if (student === undefined) return outcome
  outcome.read = { ...values }
  outcome.extra = values.classe === null ? extra : { ...extra, class: values.classe }
  return outcome
}

export const LONGEST_NAME = 60

/** The cells of one line, without a look at any other line. */
export function readStudent(
  row: Pick<Row, "cell" | "has" | "classe">,
  context: ReadingContext,
): StudentReading {
  const warnings: string[] = []
  const problems: Problem[] = []
  const review = (reason: string, suggestion?: string) =>
    void problems.push(suggestion ? { reason, suggestion } : { reason })

  const matricule = readMatricule(row.cell("matricule"))
  if (matricule.kind === "missing") warnings.push("matricule_missing")
  if (matricule.kind === "matricule") warnings.push(...matricule.warnings)
  if (matricule.kind === "unreadable") review(matricule.reason, matricule.suggestion)

  const { nom, prenom, ordered } = readName(row, context.surnames)
  if (nom === "") review("surname_missing")
  else if (prenom === "") review("given_names_missing")
  if (!ordered) warnings.push("name_order_inferred")
  if (nom.length > LONGEST_NAME || prenom.length > LONGEST_NAME) review("name_too_long")
  else if (/\d/.test(nom + prenom)) review("name_with_digits")
  if (inPlainCapitals(nom, prenom)) warnings.push("no_accents_in_source")

  const sexe = readSex(row.cell("sex"))
  if (sexe === undefined) review("sex_unreadable")
  if (sexe === null && row.has("sex")) warnings.push("sex_missing")

  const birth = splitBirth(row)
  const naissance = readDate(birth.date)
  if (naissance.kind === "missing") warnings.push("birth_date_missing")
  else if (naissance.kind === "unreadable") review(naissance.reason, naissance.suggestion)
  else {
    warnings.push(...naissance.warnings)
    const age = Number(context.schoolYear.slice(0, 4)) - Number(naissance.iso.slice(0, 4))
    if (age < 2) review("birth_date_in_future")
    else if (age < 9 || age > 35) warnings.push("age_unusual")
  }

  const customs = context.customs ?? MALIAN
  const classe = row.cell("class") === "" ? row.classe : readClass(row.cell("class"), customs)
  if (classe === null) review(row.cell("class") === "" ? "class_missing" : "class_unknown")

  const phone = readPhones(
    [row.cell("phone"), row.cell("phone2")].filter(Boolean).join(" / "),
    customs.phones,
  )
  if (phone.kind === "missing" && row.has("phone")) warnings.push("phone_missing")
  if (phone.kind === "unreadable") review(phone.reason)
  if (phone.kind === "number" && phone.foreign) warnings.push("foreign_number")
  if (phone.kind === "number" && phone.secondProblem) warnings.push("second_phone_unreadable")

  const values: StudentValues = {
    nom,
    prenom,
    sexe: sexe ?? null,
    naissance: naissance.kind === "date" || naissance.kind === "year" ? naissance.iso : null,
    lieu: birth.place || null,
    matricule: matricule.kind === "matricule" ? matricule.value : null,
    classe,
    telephone: phone.kind === "number" ? phone.e164 : null,
  }
  if (phone.kind === "number" && phone.second) values.telephone2 = phone.second
  return { values, warnings, problems, extra: readExtra(row) }
}

function surnamesOf(sorted: readonly Sorted[], existing: readonly Enrolled[]): Set<string> {
  const surnames = new Set(existing.map(({ nom }) => fold(nom)))
  for (const one of sorted) {
    if (!("row" in one)) continue
    const { cell } = one.row
    const split = splitFullName(cell("full_name") || cell("full_name_given_first"))
    if (cell("given_names") !== "") surnames.add(fold(cell("surname")))
    else if (split.certain) surnames.add(fold(split.surname))
  }
  return surnames
}

/** Family name in capitals and given names, from two columns or from one in either order. */
export function readName(
  row: Pick<Row, "cell" | "has">,
  surnames?: ReadonlySet<string>,
): { nom: string; prenom: string; ordered: boolean } {
  const surname = row.cell("surname")
  if (surname !== "" && row.cell("given_names") !== "") {
    return { nom: upperCase(surname), prenom: row.cell("given_names"), ordered: true }
  }
  if (surname === "" && row.cell("given_names") !== "")
    return { nom: "", prenom: row.cell("given_names"), ordered: true }
  const givenFirst = row.cell("full_name_given_first")
  const text = row.cell("full_name") || givenFirst || surname
  let split = splitFullName(text, givenFirst ? "given_first" : "surname_first")
  // « PRENOMS ET NOM » over capitals that all begin with a family name: the head is wrong, not the names.
  if (givenFirst && !split.certain && !surnames?.has(fold(split.surname))) {
    const turned = splitFullName(text, "surname_first")
    if (surnames?.has(fold(turned.surname))) split = turned
  }
  // « Nom » beside an empty « Prénoms » may hold both; only capitals tell them apart.
  if (row.has("given_names") && !split.certain) return { nom: upperCase(surname), prenom: "", ordered: true }
  const ordered = split.certain || isCapitals(split.surname)
  return { nom: upperCase(split.surname), prenom: split.givenNames, ordered }
}

/** A block typed in capitals without accents: stored as written, accents are not added (rule 6). */
export const inPlainCapitals = (nom: string, prenom: string) =>
  prenom !== "" &&
  isCapitals(nom) &&
  prenom === upperCase(prenom) &&
  isCapitals(prenom.replaceAll(" ", "")) &&
  !hasMarks(nom + prenom)

/** « 03/02/2012 à Bougouni » of one column, or date and place of two. */
function splitBirth(row: Pick<Row, "cell">): { date: string; place: string } {
  const both = row.cell("birth_date_and_place")
  if (both === "") return { date: row.cell("birth_date"), place: row.cell("birth_place") }
  const dated =
    /^((?:n[ée](?:\(?e\)?)? )?(?:le |vers |en )?(?:\d[\d/.\- ]{2,9}\d|\d{1,2}(?:er)? \p{L}+\.? \d{2,4}))(?:\s*[,àÀ-]\s*|\s+a\s+|\s+)(\p{L}.*)$/iu.exec(
      both,
    )
  return dated ? { date: dated[1] as string, place: dated[2] as string } : { date: both, place: "" }
}

const EXTRA: Role[] = ["father", "mother", "regime", "address", "nationality", "remark"]

function readExtra(row: Pick<Row, "cell">): Record<string, string> {
  const extra: Record<string, string> = {}
  for (const role of EXTRA) if (row.cell(role) !== "") extra[role] = row.cell(role)
  const repeating = readRepeating(row.cell("repeating"))
  if (typeof repeating === "boolean") extra.repeating = repeating ? "1" : "0"
  return extra
}
