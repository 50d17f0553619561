// What is decided about classes and coefficients without asking anybody. Pure.

/** One line of a coefficient table, of a series or of a class; the coefficient in hundredths. */
export type Line = {
  subject_id: number
  coefficient: number
  group_code: string
  optional: "bonus_above" | null
  position: number
}

export type TemplateChanges<L extends Line, T extends Line> = {
  /** in the template, not in the class */
  added: T[]
  /** in both, with another coefficient, block, bonus or order */
  changed: { from: L; to: T }[]
  /** in both and equal */
  same: L[]
  /** only in the class: it stays as it is */
  kept: L[]
}

/** What copying a template to a class would do. Teachers stay; a subject the template does not have stays too. */
export function templateChanges<L extends Line, T extends Line>(
  current: L[],
  template: T[],
): TemplateChanges<L, T> {
  const own = new Map(current.map((line) => [line.subject_id, line]))
  const wanted = new Set(template.map((line) => line.subject_id))
  const changes: TemplateChanges<L, T> = { added: [], changed: [], same: [], kept: [] }
  for (const to of template) {
    const from = own.get(to.subject_id)
    if (!from) changes.added.push(to)
    else if (sameLine(from, to)) changes.same.push(from)
    else changes.changed.push({ from, to })
  }
  changes.kept = current.filter((line) => !wanted.has(line.subject_id))
  return changes
}

const sameLine = (one: Line, other: Line) =>
  one.coefficient === other.coefficient &&
  one.group_code === other.group_code &&
  one.optional === other.optional &&
  one.position === other.position

/** The sum of coefficients that count: a bonus subject adds points, never its coefficient (domain.md §3.1). */
export const totalCoefficient = (lines: Pick<Line, "coefficient" | "optional">[]) =>
  lines.reduce((sum, line) => sum + (line.optional ? 0 : line.coefficient), 0)

type Placed = { level: number; series: number; section: string; label: string }

/** The order of classes in every list: level, series, then section, 2 before 10 and numbers before letters. */
export function byPlace(one: Placed, other: Placed): number {
  return (
    one.level - other.level ||
    one.series - other.series ||
    sectionOrder(one.section) - sectionOrder(other.section) ||
    (one.section < other.section ? -1 : one.section > other.section ? 1 : 0) ||
    (one.label < other.label ? -1 : one.label > other.label ? 1 : 0)
  )
}

const sectionOrder = (section: string) =>
  /^\d+$/.test(section) ? Number(section) : section === "" ? 0 : 1000
