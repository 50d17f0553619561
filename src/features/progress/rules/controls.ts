// Everything in a class's period that the dean should have looked at before checking it (domain.md §3.3). Pure.
import { assessmentFindings } from "./assessmentControls.ts"
import { type ControlInput, controlled } from "./controlled.ts"
import type { Finding } from "./findings.ts"
import { studentFindings } from "./studentControls.ts"
import { classFindings, subjectFindings } from "./subjectControls.ts"
import type { Thresholds } from "./thresholds.ts"

/** Every finding, those of the whole class first, then subject by subject. */
export function findingsOf(input: ControlInput, thresholds: Thresholds): Finding[] {
  const about = controlled(input, thresholds)
  const found = [
    ...classFindings(about),
    ...subjectFindings(about),
    ...assessmentFindings(about),
    ...studentFindings(about),
  ]
  const place = new Map(input.subjects.map(({ id }, n) => [id, n]))
  const order = ({ subject }: Finding) => (subject ? (place.get(subject.id) as number) : -1)
  return found.sort((one, other) => order(one) - order(other))
}
