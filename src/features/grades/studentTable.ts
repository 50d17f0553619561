// The columns of a class's table beside the marks, and what became of a whole form of them. No I/O.
import { short } from "../../web/french.ts"
import type { GradingProfile } from "./profile.ts"
import {
  type Column,
  fieldKey,
  type Reading,
  seenFields,
  settle,
  type TypedField,
  tokenOf,
} from "./tableForm.ts"

const number = (name: string, label: string, most: number): Column<number | null> & Labelled => ({
  name,
  label,
  show: (value) => (value === null ? "" : String(value)),
  read: (typed) => {
    if (typed === "") return { ok: true, value: null }
    if (/^\d{1,4}$/.test(typed) && Number(typed) <= most) return { ok: true, value: Number(typed) }
    return { ok: false, why: `Un nombre entier de 0 à ${most}.` }
  },
})

const text = (name: string, label: string, most: number): Column<string | null> & Labelled => ({
  name,
  label,
  long: true,
  show: (value) => value ?? "",
  read: (typed) =>
    typed.length > most
      ? { ok: false, why: `${most} caractères au plus.` }
      : { ok: true, value: typed || null },
})

/** A column as a table shows it. */
export type Labelled = { label: string; long?: true }

/** Conduct on the profile's scale, in hundredths. */
function conduct(max: string): Column<number | null> & Labelled {
  const most = Number(max) * 100
  const why = `Un nombre de 0 à ${max}, avec deux décimales au plus.`
  const read = (typed: string): Reading<number | null> => {
    if (typed === "") return { ok: true, value: null }
    const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(typed)
    const value = match ? Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0")) : Number.NaN
    return value <= most ? { ok: true, value } : { ok: false, why }
  }
  return { name: "conduct", label: "Conduite", show: (value) => (value === null ? "" : short(value)), read }
}

/** The columns of `student_period` that a person fills in, conduct only where the profile has it. */
export function toldColumns(
  profile: GradingProfile,
  may: { conduct: boolean; appreciation: boolean },
): (Column<never> & Labelled)[] {
  const columns = [
    ...(may.conduct && profile.conduct.mode !== "none" ? [conduct(profile.scale.max)] : []),
    ...(may.conduct
      ? [
          number("absent_justified", "Abs. just. (h)", 999),
          number("absent_unjustified", "Abs. non just. (h)", 999),
          number("late_count", "Retards", 999),
        ]
      : []),
    ...(may.appreciation ? [text("appreciation", "Appréciation générale", 300)] : []),
  ]
  return columns as unknown as (Column<never> & Labelled)[]
}

export const remarkColumn = text("remark", "Appréciation", 120)

export type FieldProblem = { typed: string; seen: string } & (
  | { kind: "kept" }
  | { kind: "refused"; why: string }
  | { kind: "conflict"; by: string | null }
)

/** What became of a form: how many fields were written, and what is wrong with the others, by field key. */
export class TableOutcome {
  saved = 0
  readonly problems = new Map<string, FieldProblem>()
  readonly #fields: readonly TypedField[]
  constructor(fields: readonly TypedField[]) {
    this.#fields = fields
  }

  /** Nothing was tried, for a reason of the whole form: every field keeps what was typed. */
  static untried(fields: readonly TypedField[]): TableOutcome {
    const outcome = new TableOutcome(fields)
    for (const { typed, seen, column, student } of fields) {
      outcome.problems.set(fieldKey(column, student), { kind: "kept", typed, seen })
    }
    return outcome
  }

  /** How many fields were not saved, each for a reason of its own. */
  get wrong(): number {
    return [...this.problems.values()].filter(({ kind }) => kind !== "kept").length
  }

  /** Somebody else wrote a student's row in the meantime: what was typed is shown beside it. */
  missed(student: number, columns: string[]): void {
    for (const { typed, seen, column, student: of } of this.#fields) {
      if (of !== student || !columns.includes(column)) continue
      this.problems.set(fieldKey(column, student), { kind: "conflict", typed, seen, by: null })
    }
  }
}

/** Settles every field; `writes` holds the new values by student and column. */
export function settleAll(
  fields: readonly TypedField[],
  columns: readonly Column<unknown>[],
  storedOf: (student: number, column: string) => unknown,
  authorOf: (student: number) => string | null,
) {
  const outcome = new TableOutcome(fields)
  const writes = new Map<number, Record<string, unknown>>()
  const known = new Map(columns.map((column) => [column.name, column]))
  for (const field of fields) {
    const column = known.get(field.column)
    if (!column) continue
    const settled = settle(field, column, storedOf(field.student, field.column))
    const { typed, seen } = field
    const key = fieldKey(field.column, field.student)
    if (settled.kind === "write") {
      const row = writes.get(field.student) ?? {}
      row[field.column] = settled.value
      writes.set(field.student, row)
    } else if (settled.kind === "refused") {
      outcome.problems.set(key, { kind: "refused", why: settled.why, typed, seen })
    } else if (settled.kind === "conflict") {
      outcome.problems.set(key, { kind: "conflict", by: authorOf(field.student), typed, seen })
    }
  }
  return { outcome, writes }
}

export type FieldView = {
  name: string
  key: string
  label: string
  text: string
  long: boolean
  state: "" | "refused" | "conflict"
  why: string
  choices: { value: string; label: string }[]
}

/** One field as the table shows it: what is stored, or what was typed with what is wrong with it. */
export function viewField(
  { name, label, long, show }: Column<never> & Labelled,
  student: number,
  stored: unknown,
  problem: FieldProblem | undefined,
): FieldView {
  const key = fieldKey(name, student)
  const kept = show(stored as never)
  const view: FieldView = {
    name,
    key,
    label,
    text: kept,
    long: long === true,
    state: "",
    why: "",
    choices: [],
  }
  if (!problem) return view
  if (problem.kind === "kept") return { ...view, text: problem.typed }
  const asked = { ...view, text: problem.typed, state: problem.kind }
  if (problem.kind === "refused") return { ...asked, why: problem.why }
  const theirs = kept || "une case vide"
  return {
    ...asked,
    why: `${problem.by ?? "Quelqu’un d’autre"} a mis ${theirs}.`,
    choices: [
      { value: "theirs", label: `garder ${theirs}` },
      { value: `mine.${tokenOf(kept)}`, label: `mettre ${problem.typed || "une case vide"}` },
    ],
  }
}

/** The hidden field of the table; a field that was not saved keeps what its page had shown. */
export function seenOf(
  columns: readonly { name: string }[],
  rows: readonly { student: number; fields: readonly FieldView[] }[],
  problems?: ReadonlyMap<string, FieldProblem>,
): string {
  return seenFields(
    columns.map(({ name }) => name),
    rows.map(({ student, fields }) => ({
      student,
      tokens: fields.map(({ key, text }) => problems?.get(key)?.seen ?? tokenOf(text)),
    })),
  )
}
