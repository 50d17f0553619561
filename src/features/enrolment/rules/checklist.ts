// Which documents a file must hold, and which are missing. Pure.

/** A kind of document; no level: every level asks for it. */
export type DocumentKind = { id: number; label: string; required: number; levels: readonly string[] }

/** What was handed in (ISO day) or is said to be at home. */
export type Handed = { document_id: number; claimed: number; given_on: string | null }

export type ChecklistLine = DocumentKind & { claimed: boolean; given_on: string | null }

const asked = ({ levels }: DocumentKind, level: string) => levels.length === 0 || levels.includes(level)

/** The documents that this level asks for, and what was handed in although nobody asks for it any more. */
export function checklist(
  kinds: readonly (DocumentKind & { active: number })[],
  level: string,
  handed: readonly Handed[],
): ChecklistLine[] {
  const of = new Map(handed.map((one) => [one.document_id, one]))
  return kinds
    .filter((kind) => (kind.active && asked(kind, level)) || of.get(kind.id)?.given_on)
    .map((kind) => ({
      ...kind,
      required: kind.active && asked(kind, level) ? kind.required : 0,
      claimed: Boolean(of.get(kind.id)?.claimed),
      given_on: of.get(kind.id)?.given_on ?? null,
    }))
}

/** The compulsory documents that were not handed in. */
export const missing = (lines: readonly ChecklistLine[]) =>
  lines.filter(({ required, given_on }) => required && !given_on)
