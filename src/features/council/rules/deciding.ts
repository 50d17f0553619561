// What the rule proposes, what the council may choose, and when it must say why. Pure.
import type { CouncilWord } from "../../grades/councilWord.ts"

/** What the averages propose. `decision` only on the last period; null: no rule fits. */
export type Proposal = { award: string | null; decision: string | null }

/** What the council says: no award is null; a decision only on the last period. */
export type Choice = { award: string | null; decision: string | null }

/** What there is to choose from. No decisions: not the last period. */
export type Offer = { awards: readonly string[]; decisions: readonly string[] }

/** May the proposal be taken as it is: « Cas à examiner par le conseil » is a question, no decision. */
export const mayFollow = (proposal: Proposal, { decisions }: Offer): boolean =>
  decisions.length === 0 || (proposal.decision !== null && decisions.includes(proposal.decision))

/** The proposal was an answer and the council gives another. */
export function overrules(choice: Choice, proposal: Proposal, offer: Offer): boolean {
  if (choice.award !== proposal.award) return true
  return offer.decisions.length > 0 && mayFollow(proposal, offer) && choice.decision !== proposal.decision
}

/** Is this one of the answers there are; `kept` is what stands already, which an answer since renamed may be. */
export function isOffered(choice: Choice, { awards, decisions }: Offer, kept: Choice | null): boolean {
  const award = choice.award === null || awards.includes(choice.award) || choice.award === kept?.award
  if (decisions.length === 0) return award && choice.decision === null
  if (choice.decision === null) return false
  return award && (decisions.includes(choice.decision) || choice.decision === kept?.decision)
}

type Row = { award: string | null; decision: string | null; council: CouncilWord | null }

/** What the council has said; null before it spoke. */
export const choiceOf = ({ award, decision, council }: Row): Choice | null =>
  council && { award: award || null, decision }

/** Was the student decided against the proposal of that day. */
export const wasOverruled = ({ council }: Pick<Row, "council">) => council?.overruled_reason != null

export type Seen = { average: string | null; annual: string | null }

/** The averages are no longer those that the council had before it. */
export const changedSince = (council: CouncilWord | null, now: Seen): boolean =>
  council !== null && (council.decided_average !== now.average || council.decided_annual !== now.annual)
