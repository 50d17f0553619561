// Two people edited the same card: what the other changed, and what may be kept of both. Pure.

export type Row = Record<string, string | number | null>

/** One field that the other person changed since this one opened the form. */
export type FieldConflict = {
  field: string
  /** as it was when the form was opened, as it is now, as typed here */
  was: string | number | null
  now: string | number | null
  typed: string | number | null
  /** typed here without change: the other's value is taken */
  untouched: boolean
}

/** What of `before` is no longer so in `after`, for the audit trail; null when nothing changed. */
export function differences(before: Row, after: Row): { before: Row; after: Row } | null {
  const fields = Object.keys(after).filter((field) => (before[field] ?? null) !== (after[field] ?? null))
  if (fields.length === 0) return null
  const pick = (row: Row) => Object.fromEntries(fields.map((field) => [field, row[field] ?? null]))
  return { before: pick(before), after: pick(after) }
}

/**
 * The fields that were changed between the version this person saw and the present one. `changes` are the audit
 * trail's, oldest first. Where this person's value is still the old one, the other's is kept; where both chose
 * another value, the person decides.
 */
export function conflictsOf(
  changes: { before: Row; after: Row }[],
  present: Row,
  typed: Row,
): FieldConflict[] {
  const old = new Map<string, string | number | null>()
  for (const { before } of changes) {
    for (const [field, value] of Object.entries(before)) if (!old.has(field)) old.set(field, value)
  }
  return [...old]
    .filter(([field, was]) => field in typed && (present[field] ?? null) !== was)
    .map(([field, was]) => {
      const now = present[field] ?? null
      const mine = typed[field] ?? null
      return { field, was, now, typed: mine, untouched: mine === was || mine === now }
    })
}
