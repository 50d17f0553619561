// For each row an import wrote: can it be taken back, and if not, why. Pure.
import type { ChangeRow } from "../queries/lines.ts"
import type { Current } from "./written.ts"

export type Verdict = {
  change: ChangeRow
  key: number[]
  before: Record<string, unknown> | null
  after: Record<string, unknown>
  /** null: it can be undone */
  why: string | null
}

export const keyOf = ({ row_key }: Pick<ChangeRow, "row_key">): number[] => [JSON.parse(row_key)].flat()

/** What hangs on a student or guardian, in the words of a sentence. */
const USES: Record<string, [one: string, many: string]> = {
  mark: ["une note", "des notes"],
  bulletin: ["un bulletin publié", "des bulletins publiés"],
  guardianship: ["un lien entre tuteur et élève", "des liens entre tuteur et élève"],
  account: ["un compte", "des comptes"],
  page_link: ["un lien envoyé à la famille", "des liens envoyés à la famille"],
  outbox: ["un message", "des messages"],
  exemption: ["une dispense", "des dispenses"],
  subject_remark: ["une appréciation", "des appréciations"],
  student_period: ["une conduite ou une décision", "des conduites ou des décisions"],
  enrolment: ["une autre inscription", "d’autres inscriptions"],
  bulletin_file: ["un bulletin préparé", "des bulletins préparés"],
  paper: ["un certificat", "des certificats"],
  student_contact: ["un contact d’urgence", "des contacts d’urgence"],
  student_consent: ["une réponse de la famille", "des réponses de la famille"],
  class: ["une classe dont elle est professeur principal", "des classes dont elle est professeur principal"],
  class_subject: ["une matière enseignée", "des matières enseignées"],
}

const OTHER: [string, string] = ["autre chose", "d’autres choses"]

const GONE = "n’existe plus"
const CHANGED = "a changé depuis l’import"

/** One verdict a row, in the order in which the rows were written. */
export function verdictsOn(changes: readonly ChangeRow[], now: Current): Verdict[] {
  const verdicts = changes.map(verdictOf)
  const of = (table: string) => verdicts.filter(({ change }) => change.table_name === table)
  for (const one of of("mark")) one.why = markWhy(one, now)
  for (const one of of("assessment")) one.why = assessmentWhy(one, now, of("mark"))
  for (const one of of("guardianship")) one.why = linkWhy(one, now)
  for (const one of of("guardian")) one.why = guardianWhy(one, now, of("guardianship"))
  for (const one of of("staff")) one.why = staffWhy(one, now)
  for (const one of of("enrolment")) one.why = enrolmentWhy(one, now)
  keepMovesTogether(of("enrolment"))
  for (const one of of("student")) one.why = studentWhy(one, now, of("enrolment"))
  keepTogether(of("student"), of("enrolment"))
  for (const one of of("class")) one.why = classWhy(one, now, of("enrolment"))
  return verdicts
}

/** A row as it was written; nothing is in the way of it yet. */
export const verdictOf = (change: ChangeRow): Verdict => ({
  change,
  key: keyOf(change),
  before: change.before && JSON.parse(change.before),
  after: JSON.parse(change.after),
  why: null,
})

const first = ({ key }: Verdict) => key[0] as number

function markWhy({ change, after }: Verdict, { marks }: Current): string | null {
  const mark = marks.get(change.row_key)
  if (!mark) return GONE
  if (mark.version !== after.version) return CHANGED
  return mark.closed ? "la période est verrouillée ou publiée" : null
}

function assessmentWhy(one: Verdict, { assessments }: Current, marks: readonly Verdict[]): string | null {
  const assessment = assessments.get(first(one))
  if (!assessment) return GONE
  const { after } = one
  const same = (["label", "max", "weight", "category"] as const).every(
    (field) => assessment[field] === after[field],
  )
  if (!same) return CHANGED
  const undone = marks.filter((mark) => first(mark) === first(one) && mark.why === null).length
  return Number(assessment.marks) > undone ? "des notes y restent" : null
}

function linkWhy(
  { change, before, after, key }: Verdict,
  { guardianships, dependents }: Current,
): string | null {
  const link = guardianships.get(change.row_key)
  if (!link) return GONE
  const informed = after.informed ?? link.informed
  // a restriction written since must not go with the link: the next import would make the link anew without it
  if (link.link !== after.link || link.informed !== informed || link.may_see === 0) return CHANGED
  if (before) return null
  const sent = dependents.get(`guardian.${key[0]}`)?.page_link
  return sent ? "un lien vers le bulletin a été envoyé à ce tuteur" : null
}

function guardianWhy(
  one: Verdict,
  { guardians, dependents }: Current,
  links: readonly Verdict[],
): string | null {
  const guardian = guardians.get(first(one))
  if (!guardian) return GONE
  if (one.before) return stillSays(guardian, one)
  if (guardian.version !== one.after.version) return CHANGED
  const own = links.filter((link) => first(link) === first(one) && link.why === null).length
  return usesOf(dependents.get(`guardian.${first(one)}`), { guardianship: own })
}

/** A correction is taken back as long as the card says what it wrote; what else was changed meanwhile stays. */
function stillSays(row: Record<string, unknown>, { before, after }: Verdict): string | null {
  const other = Object.keys(before ?? {}).some((column) => (row[column] ?? null) !== (after[column] ?? null))
  return other ? CHANGED : null
}

function staffWhy(one: Verdict, { staff, dependents }: Current): string | null {
  const row = staff.get(first(one))
  if (!row) return GONE
  if (one.before) return stillSays(row, one)
  if (row.version !== one.after.version) return CHANGED
  return usesOf(dependents.get(`staff.${first(one)}`), {})
}

function enrolmentWhy(one: Verdict, { enrolments }: Current): string | null {
  const enrolment = enrolments.get(first(one))
  if (!enrolment) return GONE
  if (one.before) {
    const asLeft = enrolment.ends_on === one.after.ends_on && enrolment.end_reason === one.after.end_reason
    return asLeft ? null : CHANGED
  }
  if (enrolment.ends_on !== null || enrolment.class_id !== one.after.class_id) {
    return "l’élève a changé de classe ou est parti depuis"
  }
  return Number(enrolment.uses) > 0 ? "l’élève a des notes ou un bulletin dans cette classe" : null
}

function studentWhy(
  one: Verdict,
  { students, dependents }: Current,
  enrolments: readonly Verdict[],
): string | null {
  const student = students.get(first(one))
  if (!student) return GONE
  if (one.before) return stillSays(student, one)
  if (student.version !== one.after.version) return CHANGED
  const own = enrolments.filter(({ after }) => after.student_id === first(one))
  return (
    own.find(({ why }) => why !== null)?.why ??
    usesOf(dependents.get(`student.${first(one)}`), { enrolment: own.length })
  )
}

/** The class somebody left is theirs again only when the one they entered can be left. */
function keepMovesTogether(enrolments: readonly Verdict[]): void {
  for (const left of enrolments.filter(({ before }) => before !== null)) {
    const entered = enrolments.find(
      ({ before, after }) => before === null && after.student_id === left.after.student_id,
    )
    const why = left.why ?? entered?.why ?? null
    left.why = why
    if (entered) entered.why = why
  }
}

/** A student that stays keeps the enrolment. */
function keepTogether(students: readonly Verdict[], enrolments: readonly Verdict[]): void {
  const made = new Map(students.filter(({ before }) => !before).map((one) => [first(one), one]))
  for (const enrolment of enrolments) {
    const student = made.get(enrolment.after.student_id as number)
    if (student?.why && !enrolment.why) enrolment.why = `l’élève reste : ${student.why}`
  }
}

function classWhy(one: Verdict, { classes }: Current, enrolments: readonly Verdict[]): string | null {
  const found = classes.get(first(one))
  if (!found) return GONE
  if (found.label !== one.after.label) return CHANGED
  if (found.uses > 0) return "un professeur ou des évaluations y sont attachés"
  const undone = enrolments.filter(({ after, why }) => after.class_id === first(one) && why === null).length
  return Number(found.enrolments) > undone ? "des élèves y restent" : null
}

/** « en dépendent : des notes, un compte », counting only what this import did not bring itself. */
function usesOf(uses: Record<string, number> = {}, own: Record<string, number>): string | null {
  const left = Object.entries(uses).flatMap(([what, n]) => {
    const others = n - (own[what] ?? 0)
    return others > 0 ? [(USES[what] ?? OTHER)[others > 1 ? 1 : 0]] : []
  })
  if (left.length === 0) return null
  return `en dépendent : ${[...new Set(left)].join(", ")}`
}
