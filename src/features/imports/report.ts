import { date } from "../../web/french.ts"
import type { CellOutcome, ImportResult, Outcome } from "./outcomes.ts"
import type { Table } from "./reading/table.ts"
import { ACTIONS, sentenceOf } from "./words.ts"

/** What is told of one outcome: its reason, what it points at, its warnings, the cells that need a person. */
export function remarksOn(outcome: Outcome): string[] {
  const said: string[] = []
  if (outcome.reason) said.push(sentenceOf(outcome.reason))
  if (outcome.duplicate_of !== undefined) said.push(`Même contenu que ${place(outcome.duplicate_of)}.`)
  if (outcome.conflicts_with !== undefined) said.push(`À comparer avec ${place(outcome.conflicts_with)}.`)
  if (outcome.suggestion) said.push(`Proposition : ${suggestionText(outcome.suggestion)}.`)
  said.push(...(outcome.warnings ?? []).map(sentenceOf))
  for (const [column, cell] of Object.entries(outcome.cells ?? {})) {
    const problem = cellProblem(cell)
    if (problem) said.push(`${column} : ${problem}`)
  }
  return said
}

/** A day is proposed as one writes it. */
export const suggestionText = (suggestion: string) =>
  /^\d{4}-\d\d-\d\d$/.test(suggestion) ? date(suggestion) : suggestion

const place = (reference: number | string) =>
  typeof reference === "number" ? `la ligne ${reference}` : reference

const CELL_REASONS: Record<string, string> = {
  absence_kind_unknown: "absence justifiée ou non ?",
  above_max: "au-dessus du maximum",
  negative: "note négative",
  letter_o: "lettre O à la place de zéro",
  too_many_decimals: "trop de décimales",
  unreadable: "illisible",
}

export function cellProblem(cell: CellOutcome): string | null {
  if (!("reason" in cell)) return null
  const said = CELL_REASONS[cell.reason] ?? cell.reason
  return "suggestion" in cell && cell.suggestion
    ? `${said} (peut-être ${cell.suggestion.replace(".", ",")})`
    : said
}

/** A report one reads in a terminal: what was read, the counts, then each line that is not simply taken. */
export function reportText(table: Table, { counts, outcomes }: ImportResult): string {
  const lines = [
    `${outcomes.length} lignes lues (${table.encoding}${table.separator ? `, séparateur ${separatorName(table.separator)}` : ""}).`,
    ...Object.entries(counts).map(
      ([action, count]) => `  ${ACTIONS[action as Outcome["action"]]} : ${count}`,
    ),
  ]
  for (const outcome of outcomes) {
    const remarks = remarksOn(outcome)
    if (outcome.action === "header" || outcome.reason === "blank" || remarks.length === 0) continue
    lines.push(`Ligne ${outcome.line} · ${ACTIONS[outcome.action]} · ${remarks.join(" ")}`)
    if (outcome.action === "review") lines.push(`    ${outcome.raw.filter(Boolean).join(" | ")}`)
  }
  lines.push("Essai seulement : rien n’a été enregistré.")
  return lines.join("\n")
}

const separatorName = (separator: string) => (separator === "\t" ? "tabulation" : `« ${separator} »`)
