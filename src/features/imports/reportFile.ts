// The report of an import, as a file for Excel: one row a physical line, whatever became of it.
import { csvText, FORMULAS } from "../../documents/csv.ts"
import type { Settlement } from "./resolution.ts"
import { remarksOf, takenNow } from "./rows.ts"
import type { ImportContext, StoredLine } from "./stored.ts"
import type { UndoReport } from "./undo.ts"
import { ACTIONS, sentenceOf } from "./words.ts"

export type Written = { line: number; what: string }

const HEAD = [
  "Ligne",
  "Résultat",
  "Remarques",
  "Réponse",
  "Écrit dans l’école",
  "Annulation",
  "Contenu du fichier",
]

/** `settled`: what an answered line became. */
export function reportFile(
  lines: readonly StoredLine[],
  {
    written,
    settled,
    undo,
    context,
  }: {
    context: ImportContext
    written: readonly Written[]
    settled: ReadonlyMap<number, Settlement>
    undo: UndoReport | null
  },
): string {
  const done = groups(written, ({ what }) => what)
  const kept = groups(undo?.kept ?? [], ({ what, why }) => `${what} : ${why}`)
  const rows = lines.map(({ line, outcome, answer }) => [
    String(line),
    outcome.action === "duplicate" && outcome.fields
      ? "Fiche connue, à mettre à jour"
      : ACTIONS[outcome.action],
    remarksOf(outcome, { taken: takenNow({ context }, { outcome, answer }) }),
    answer ? answerText(settled.get(line)) : outcome.action === "review" ? "sans réponse" : "",
    (done.get(line) ?? []).join(", "),
    undoText(done.get(line), kept.get(line), undo),
    ...outcome.raw,
  ])
  const general = done.get(0)
  const before = general ? [["", "", "", "", general.join(", "), undoText(general, kept.get(0), undo)]] : []
  return csvText([HEAD, ...before, ...rows], FORMULAS)
}

function undoText(done: string[] | undefined, kept: string[] | undefined, undo: UndoReport | null): string {
  if (!undo || !done) return ""
  return kept ? `gardé : ${kept.join(" ; ")}` : "annulé"
}

function answerText(settled: Settlement | undefined): string {
  if (!settled) return ""
  if (!settled.ok) return settled.reasons.map(sentenceOf).join(" ")
  const { action, reason } = settled.outcome
  return reason ? sentenceOf(reason) : ACTIONS[action]
}

function groups<T extends { line: number }>(
  rows: readonly T[],
  told: (row: T) => string,
): Map<number, string[]> {
  const found = new Map<number, string[]>()
  for (const row of rows) found.set(row.line, [...(found.get(row.line) ?? []), told(row)])
  return found
}
