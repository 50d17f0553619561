// A line beside whom it resembles, field by field, with what may be chosen of each. Pure.
import { fold } from "../people/naming.ts"
import type { PhonePlan } from "../people/phone.ts"
import {
  CARD_FIELDS,
  type CardField,
  type CardValues,
  lineValues,
  type Takes,
  takenByItself,
} from "./cards.ts"
import { cardOfStaff, cardOfStudent, meetStaff, meetStudent, staffOf, studentOf } from "./meeting.ts"
import type { Asked } from "./resolution.ts"
import { valueText } from "./rows.ts"
import type { Settled, StoredLine } from "./stored.ts"

export type SideRow = {
  field: CardField
  label: string
  /** as each says it; empty when it says nothing */
  card: string
  file: string
  differs: boolean
  /** one of both may be chosen, and the file's is unless somebody says otherwise */
  choice: boolean
  taken: boolean
}

export type Sides = {
  /** the answer that these choices belong to: « student:12 », « line:5 » */
  beside: string
  /** the line or the card beside which the line stands */
  line: number | null
  path: string | null
  rows: SideRow[]
}

type Beside = {
  /** the line of the file that this one conflicts with */
  other?: Settled
  /** the student or member of the staff to compare with, when another one than usual was asked for */
  chosen?: number
  plan: PhonePlan
}

/** Null when the line resembles nobody. */
export function sidesOf(asked: Asked, stored: StoredLine, { other, chosen, plan }: Beside): Sides | null {
  const { outcome } = stored
  const { kind, known } = asked
  const takes = takesOf(stored)
  const read = lineValues(outcome.canonical, outcome.extra)
  const told = { asked, takes, plan }
  if (outcome.action === "duplicate") {
    const id = outcome.card ?? outcome.student
    const rows = rowsOf({ ...told, outcome, said: saidBy(outcome), card: saidBefore(outcome) })
    return outcome.fields
      ? { beside: `student:${id}`, line: null, path: pathOf(asked, outcome, id), rows }
      : null
  }
  if (other?.canonical && outcome.canonical) {
    const card = lineValues(other.canonical, other.extra)
    const rows = rowsOf({ ...told, outcome, said: read, card })
    return { beside: `line:${other.line}`, line: other.line, path: null, rows }
  }
  if (kind === "guardians" || kind === "marks" || !outcome.canonical) return null
  const id = chosen ?? (outcome.conflicts_with === undefined ? undefined : outcome.student)
  const student = studentOf(known, id)
  const staff = staffOf(known, id)
  const card = student ? cardOfStudent(student) : staff && cardOfStaff(staff)
  const met = student ? meetStudent(outcome, student, known) : staff && meetStaff(outcome, staff)
  if (!card || !met) return null
  const rows = rowsOf({ ...told, outcome: met, said: read, card })
  return { beside: `student:${id}`, line: null, path: pathOf(asked, outcome, id), rows }
}

const takesOf = ({ answer }: StoredLine): Takes => (answer && "takes" in answer && answer.takes) || {}

const saidBy = ({ fields = [] }: Settled): CardValues =>
  Object.fromEntries(fields.map(({ field, after }) => [field, after]))

const saidBefore = ({ fields = [] }: Settled): CardValues =>
  Object.fromEntries(fields.map(({ field, before }) => [field, before]))

function pathOf({ kind }: Asked, { card }: Settled, id: unknown): string {
  if (kind === "guardians") return `/guardians/${card}`
  return kind === "staff" ? `/staff/${id}` : `/students/${id}`
}

type Told = {
  asked: Asked
  outcome: Settled
  said: CardValues
  card: CardValues
  takes: Takes
  plan: PhonePlan
}

function rowsOf({ asked, outcome, said, card, takes, plan }: Told): SideRow[] {
  const { context, known, kind } = asked
  const fields = outcome.fields ?? []
  const shown = (Object.keys(CARD_FIELDS) as CardField[]).filter((field) => said[field] || card[field])
  return shown.map((field) => {
    const difference = fields.find((one) => one.field === field)
    const [here, there] = [card[field], said[field]].map((value) => valueText(field, value, plan))
    // what the file leaves out contradicts nothing
    const differs = there !== "" && fold(here as string) !== fold(there as string)
    const corrected = field === "matricule" && difference?.before && kind === "students"
    return {
      field,
      label: CARD_FIELDS[field],
      card: here as string,
      file: there as string,
      differs,
      choice: difference !== undefined && !(corrected && !known.correctsMatricules),
      taken: difference !== undefined && (takes[field] ?? takenByItself(difference, context.replace)),
    }
  })
}
