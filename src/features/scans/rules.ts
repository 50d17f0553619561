// What is decided about scanned papers without asking anybody. Pure.
import { fold } from "../people/naming.ts"

export const MOST_BYTES = 10_000_000

/** A deleted scan can be taken back for so many days. */
export const BIN_DAYS = 30

/** What the school usually keeps of its staff; any other name may be typed. */
export const STAFF_PAPERS = ["CV", "Diplôme", "Contrat", "Pièce d’identité", "Acte de naissance"] as const

type Line = { id: number; label: string; required: number; given_on: string | null }
type Scan = { id: number; document_id: number | null }

/** The checklist of a student with the scans that answer each line; and the scans that answer none. */
export function sorted<L extends Line, S extends Scan>(lines: readonly L[], scans: readonly S[]) {
  const answers = (line: L) => scans.filter(({ document_id }) => document_id === line.id)
  const listed = lines.map((line) => {
    const own = answers(line)
    return { ...line, scans: own, lacking: line.required === 1 && !line.given_on && own.length === 0 }
  })
  const known = new Set(lines.map(({ id }) => id))
  const others = scans.filter(({ document_id }) => document_id === null || !known.has(document_id))
  return { lines: listed, others, lacking: listed.filter(({ lacking }) => lacking) }
}

/** « Acte-de-naissance-KEITA-Moussa.pdf »: letters that every system takes in a file's name, and no other. */
export function fileName(label: string, name: string, format: "pdf" | "jpeg"): string {
  const plain = `${label} ${name}`.normalize("NFD").replace(/\p{M}/gu, "")
  const words = plain.replace(/œ/g, "oe").replace(/[^A-Za-z0-9]+/g, "-")
  const cut = words.replace(/^-+|-+$/g, "").slice(0, 80)
  return `${cut || "piece"}.${format === "pdf" ? "pdf" : "jpg"}`
}

/** The line of the checklist that a name typed by hand means, so that « acte de naissance » answers it too. */
export const lineNamed = <L extends { label: string }>(lines: readonly L[], label: string): L | null =>
  lines.find((line) => fold(line.label) === fold(label)) ?? null

/** « Extrait d’acte de naissance – verso »: the line's own name, and what was typed where it says more. */
export function scanLabel(line: { label: string } | null, typed: string | null): string {
  if (!line) return typed ?? ""
  return typed && fold(typed) !== fold(line.label) ? `${line.label} – ${typed}` : line.label
}
