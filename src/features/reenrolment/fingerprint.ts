// What a rehearsal showed, in few letters: a run compares it with what it would do itself. No I/O.
import { sha256 } from "../../web/signing.ts"
import { acts, type Case } from "./rules/cases.ts"

const WHOLE = 16
const EACH = 2

/** Everything about a case that a person read before saying yes. */
const tokenOf = ({ pupil, decision, outcome, to, ending }: Case) =>
  [
    pupil.student,
    outcome,
    decision.kind,
    decision.source,
    decision.words,
    pupil.average,
    to?.id,
    ending,
    pupil.regime,
  ].join("|")

const ordered = (cases: readonly Case[]) => [...cases].sort((a, b) => a.pupil.student - b.pupil.student)

const short = (text: string, letters: number) =>
  Buffer.from(sha256(text), "hex").toString("base64url").slice(0, letters)

/**
 * Of one class: one hash of all its cases, which alone decides whether something changed, and two letters a student,
 * which say of whom.
 */
export function fingerprint(cases: readonly Case[]): string {
  const tokens = ordered(cases).map(tokenOf)
  return short(tokens.join("\n"), WHOLE) + tokens.map((token) => short(token, EACH)).join("")
}

/** The students whose case is no longer what `seen` showed; null where the roll itself changed. */
export function changedSince(seen: string, cases: readonly Case[]): Case[] | null {
  const now = ordered(cases)
  const letters = seen.slice(WHOLE)
  if (letters.length !== now.length * EACH) return null
  return now.filter((one, n) => letters.slice(n * EACH, (n + 1) * EACH) !== short(tokenOf(one), EACH))
}

export const rollSeen = (seen: string) => Math.floor(Math.max(0, seen.length - WHOLE) / EACH)

/** How many students a run of these cases writes. */
export const acting = (cases: readonly Case[]) => cases.filter(acts).length
