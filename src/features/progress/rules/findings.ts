// What the controls of a class and period say: one finding is one sentence with a place to go. Pure.
import { shortMark } from "./spread.ts"

/** `blocks`: the bulletins would be provisional or wrong; `look`: it may well be right. */
export type Severity = "blocks" | "look"

export type Finding = {
  /** what was found and where, the same at each reading: « extreme:12.345 » */
  key: string
  /** a short mark of what it says: what was seen and left is shown again when this has changed */
  figure: string
  severity: Severity
  /** in the order of the class's subjects; null for the whole class */
  subject: { id: number; label: string; teacher: string | null } | null
  student: number | null
  text: string
  /** the cell, the grid or the page where it is put right */
  path: string
}

type Said = Omit<Finding, "figure"> & { figure: readonly unknown[] }

/** A finding with its figure made short. */
export const finding = ({ figure, ...said }: Said): Finding => ({
  ...said,
  figure: shortMark(figure.join("|")),
})

/** What somebody looked at and left as it is. */
export type Seen = {
  finding: string
  figure: string
  remark: string | null
  seen_at: string
  by: string | null
}

/** What is still to be looked at, what blocks first; and what was seen and says the same as then. */
export function sortFindings(findings: readonly Finding[], seen: readonly Seen[]) {
  const left = new Map(seen.map((one) => [one.finding, one]))
  const known = (one: Finding) => left.get(one.key)?.figure === one.figure
  const open = findings.filter((one) => !known(one))
  return {
    open: [
      ...open.filter(({ severity }) => severity === "blocks"),
      ...open.filter(({ severity }) => severity === "look"),
    ],
    seen: findings.filter(known).map((one) => ({ ...one, ...(left.get(one.key) as Seen) })),
  }
}

/** « 1 note », « 3 notes » */
export const some = (n: number, word: string) => `${n} ${word}${n > 1 ? "s" : ""}`
