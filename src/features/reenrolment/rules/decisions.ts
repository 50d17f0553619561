// What is decided of a student at the end of a year, whoever decided it. Pure.
import { fold } from "../../people/naming.ts"

/** To the next level; the same one again; out of the school; or nobody has decided. */
export type Kind = "pass" | "repeat" | "leave" | "wait"
export type Source = "council" | "rule" | "typed"
/** Why somebody leaves; kept as the end reason of the enrolment. */
export type Ending = "graduated" | "excluded" | "transferred" | "withdrawn"

export const KIND_WORDS: Record<Kind, string> = {
  pass: "admis(e)",
  repeat: "redouble",
  leave: "quitte l’école",
  wait: "à décider",
}

export const SOURCE_WORDS: Record<Source, string> = { council: "conseil", rule: "règle", typed: "saisie" }

export const ENDING_WORDS: Record<Ending, string> = {
  graduated: "fin de cycle",
  excluded: "exclusion",
  transferred: "transfert",
  withdrawn: "départ",
}

export const isEnding = (word: string): word is Ending => word in ENDING_WORDS

/**
 * What a council's or a rule's own words decide: « Admise en 12e TSE », « Redouble », « Exclu(e) : insuffisance de
 * moyenne ». Words that decide nothing, or not clearly (« Cas à examiner », « Admis sous réserve », « Non admis »),
 * leave the student to be decided: a wrong guess would be worse.
 */
export function kindOf(words: string): Kind {
  const text = fold(words)
  if (/^(ne|non|pas|ni)\b|\b(reserve|examiner|statuer|session|rachat|condition)/.test(text)) return "wait"
  if (/\b(redoubl|reprend|reprise)/.test(text)) return "repeat"
  if (/\b(exclu|radi|transfer|depart|quitte|fin de cycle)/.test(text)) return "leave"
  if (/^(est )?(admis|passe|passage|promu)/.test(text)) return "pass"
  return "wait"
}

/** Why the words of a decision make a student leave. */
export function endingOf(words: string): Ending {
  const text = fold(words)
  if (/\b(exclu|radi)/.test(text)) return "excluded"
  if (/\btransfer/.test(text)) return "transferred"
  return /fin de cycle/.test(text) ? "graduated" : "withdrawn"
}

export type Decision = { kind: Kind; source: Source | null; words: string; ending: Ending | null }

export type Decided = {
  repeating: boolean
  /** the council's words, of the last period */
  council: string | null
  /** the rule's words, from the annual average */
  proposal: string | null
  /** why no rule can speak yet */
  unsettled: string | null
  choice: { kind: Kind; ending: Ending | null; against: string | null } | null
}

/** What the school does with a student who repeats already and whom the averages do not let pass. */
export type SecondRepetition = "profile" | "leave"

/** What is proposed without anybody's typing: the council's word, else the rule's, else nothing. */
export function proposed(of: Decided, second: SecondRepetition): Decision {
  if (of.council) return said("council", of.council)
  if (of.proposal && !of.unsettled) {
    const byRule = said("rule", of.proposal)
    const again = of.repeating && (byRule.kind === "repeat" || byRule.kind === "wait")
    if (again && second === "leave")
      return { kind: "leave", source: "rule", words: "Exclu(e) : deuxième redoublement", ending: "excluded" }
    return byRule
  }
  return { kind: "wait", source: null, words: "", ending: null }
}

function said(source: Source, words: string): Decision {
  const kind = kindOf(words)
  return { kind, source, words, ending: kind === "leave" ? endingOf(words) : null }
}

/** Names a proposal, to notice that it has become another one. */
export const proposalKey = ({ source, words }: Decision) => (source ? `${source}: ${words}` : "")

/**
 * The decision in force: what a person typed wins, and where it only confirms the proposal, that keeps its source.
 * What was typed before the council or the rule said otherwise decides nothing any more: somebody must look again.
 */
export function decided(of: Decided, second: SecondRepetition): Decision {
  const proposal = proposed(of, second)
  const { choice } = of
  if (!choice) return proposal
  const { kind, ending } = choice
  const same = kind === proposal.kind && (kind !== "leave" || ending === proposal.ending)
  if (same && kind !== "wait") return proposal
  if (proposal.kind !== "wait" && proposalKey(proposal) !== (choice.against ?? "")) {
    const words = `${KIND_WORDS[kind]} selon la saisie, mais depuis « ${proposal.words} »`
    return { kind: "wait", source: null, words, ending: null }
  }
  return { kind, source: "typed", words: KIND_WORDS[kind], ending: kind === "leave" ? ending : null }
}
