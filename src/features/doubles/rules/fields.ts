// Two cards side by side: which fields differ, which value is proposed, what the kept card becomes. Pure.
import type { Person } from "../../../personal.ts"
import type { Row } from "../../people/conflict.ts"

export type Side = "kept" | "other"

/** Columns that nobody chooses: they follow from others, or say where the row itself stands. */
const APART = new Set([
  ...["id", "folded", "sort_name", "home", "version", "created_at", "updated_at", "merged_into"],
  ...["status", "active", "money_phone"],
])

/** Columns that say one thing together; the first tells whether it was said. */
const TOGETHER: Record<Person, readonly string[][]> = {
  student: [["birth_date", "birth_year", "birth_approximate"]],
  guardian: [
    ["sms_consent", "consent_at", "consent_source"],
    ["email_consent", "email_consent_at", "email_consent_source"],
    ["whatsapp_consent", "whatsapp_consent_at", "whatsapp_consent_source"],
  ],
  staff: [],
}

/** An answer is a fact of its day: the later one is the person's. */
const DATED: Record<string, string> = {
  sms_consent: "consent_at",
  email_consent: "email_consent_at",
  whatsapp_consent: "whatsapp_consent_at",
}

export type FieldPair = {
  /** the first of its columns: the name of its choice in the form */
  name: string
  columns: readonly string[]
  same: boolean
  suggested: Side
}

export function fieldPairs(kind: Person, kept: Row, other: Row): FieldPair[] {
  const groups = TOGETHER[kind].filter(([first]) => (first as string) in kept)
  const grouped = new Set(groups.flat())
  const single = Object.keys(kept).filter((column) => !APART.has(column) && !grouped.has(column))
  const fields = [...single.map((column) => [column]), ...groups]
  const order = Object.keys(kept)
  return fields
    .sort((a, b) => order.indexOf(a[0] as string) - order.indexOf(b[0] as string))
    .map((columns) => {
      const name = columns[0] as string
      const compared = name in DATED ? [name] : columns
      const same = compared.every((column) => empty(kept[column]) === empty(other[column]))
      return { name, columns, same, suggested: same ? "kept" : suggestion(name, columns, kept, other) }
    })
}

const empty = (value: Row[string] | undefined) => (value === undefined || value === "" ? null : value)

function suggestion(name: string, columns: readonly string[], kept: Row, other: Row): Side {
  const filled = (row: Row) => columns.findIndex((column) => empty(row[column]) !== null)
  const [mine, theirs] = [filled(kept), filled(other)]
  if (mine !== theirs) {
    if (mine === -1) return "other"
    return theirs === -1 || mine < theirs ? "kept" : "other"
  }
  const dated = DATED[name]
  if (dated) return String(other[dated] ?? "") > String(kept[dated] ?? "") ? "other" : "kept"
  return older(kept, other)
}

/** The card that was made first; the lower number where both came at once. */
export function older(kept: Row, other: Row): Side {
  const [mine, theirs] = [String(kept.created_at), String(other.created_at)]
  if (mine !== theirs) return mine < theirs ? "kept" : "other"
  return Number(kept.id) < Number(other.id) ? "kept" : "other"
}

const STATUSES = ["active", "pending", "withdrawn"]

/** The columns of the kept card as they become; those that follow from them are the caller's. */
export function keptCard(kind: Person, kept: Row, other: Row, chosen: Readonly<Record<string, Side>>): Row {
  const row: Row = {}
  for (const { name, columns, same, suggested } of fieldPairs(kind, kept, other)) {
    const from = !same && (chosen[name] ?? suggested) === "other" ? other : kept
    for (const column of columns) row[column] = from[column] ?? null
  }
  if (kind === "student") {
    row.status = STATUSES.find((status) => kept.status === status || other.status === status) ?? "active"
  }
  if (kind === "staff") row.active = kept.active || other.active ? 1 : 0
  if (kind === "guardian" && "money_phone" in kept) row.money_phone = moneyPhone(row, kept, other)
  return row
}

/** Which of the kept numbers holds mobile money: the number said on the kept card, else on the other. */
function moneyPhone(row: Row, kept: Row, other: Row): number | null {
  const numberOf = (card: Row) =>
    card.money_phone === 1 ? card.phone : card.money_phone === 2 ? card.phone2 : null
  for (const number of [numberOf(kept), numberOf(other)]) {
    if (number && number === row.phone) return 1
    if (number && number === row.phone2) return 2
  }
  return null
}
