import { type Problem, typedIn } from "../../web/form.ts"
import { rowNumber } from "../../web/rowNumber.ts"
import { sha256 } from "../../web/signing.ts"
import type { Choice, Line } from "./queries/choices.ts"
import type { Case } from "./rules/cases.ts"
import {
  isEnding,
  KIND_WORDS,
  type Kind,
  proposalKey,
  proposed,
  type SecondRepetition,
} from "./rules/decisions.ts"
import { type Frame, passPlaces, repeatPlaces } from "./rules/destinations.ts"

const MOST_REMARK = 200

/** A choice as the list of the form writes it: « pass », « pass:12 », « leave:excluded », « wait »; nothing for none. */
export function choiceText(choice: Pick<Choice, "kind" | "ending" | "to_class_id"> | null): string {
  if (!choice) return ""
  const { kind, ending, to_class_id } = choice
  return [kind, kind === "leave" ? ending : to_class_id].filter(Boolean).join(":")
}

export const storedChoice = ({ pupil: { choice, choiceTo, remark } }: Case): Choice | null =>
  choice && { kind: choice.kind, ending: choice.ending, to_class_id: choiceTo, remark }

/** What the form showed of a student, in few letters, to notice what somebody else wrote meanwhile. */
const tokenOf = (choice: Choice | null) =>
  choice ? `${choiceText(choice)}.${choice.remark ? sha256(choice.remark).slice(0, 6) : ""}` : ""

export const seenOf = (cases: readonly Case[]) =>
  cases.map((one) => `${one.pupil.student} ${tokenOf(storedChoice(one))}`).join("|")

/** Students whom an earlier run placed, or who left, are not decided any more. */
export const open = ({ outcome }: Case) => outcome !== "already" && outcome !== "gone"

export type ReadDecisions = {
  typed: Record<string, string>
  problems: Problem[]
  lines: Line[]
}

/**
 * The table of a class: « to-12 » and « why-12 » for each student, and for all who would remain to be decided « rest »
 * and « rest_why ». Only the lines that differ from what is stored come back.
 */
export function readDecisions(
  body: unknown,
  cases: readonly Case[],
  { frame, second }: { frame: Frame; second: SecondRepetition },
): ReadDecisions {
  const typed = typedIn(body)
  const seen = new Map((typed.seen ?? "").split("|").map((row) => row.split(" ") as [string, string]))
  const problems: Problem[] = []
  const lines: Line[] = []
  const rest = typed.rest === "pass" || typed.rest === "repeat" ? typed.rest : null
  for (const one of cases.filter(open)) {
    const { student } = one.pupil
    if (!seen.has(String(student))) continue
    const before = storedChoice(one)
    const read = readLine(one, frame, typed)
    if (typeof read === "string") {
      problems.push({ field: `to-${student}`, text: read })
      continue
    }
    const proposal = proposed(one.pupil, second)
    const after = read ?? (rest && proposal.kind === "wait" ? forRest(rest, typed) : null)
    const tokens = { shown: seen.get(String(student)) ?? "", now: tokenOf(before), mine: tokenOf(after) }
    if (tokens.mine === tokens.now || tokens.mine === tokens.shown) continue
    if (tokens.now !== tokens.shown) {
      problems.push({ field: `to-${student}`, text: conflict(one) })
      continue
    }
    if (after && !after.remark && against(after, proposal.kind)) {
      problems.push({
        field: `why-${student}`,
        text: whyNeeded(one, proposal.kind === "wait" ? "" : proposal.words),
      })
      continue
    }
    const name = nameOf(one)
    lines.push({ student, name, before, after, against: after && proposalKey(proposal) })
  }
  return { typed, problems, lines }
}

const nameOf = ({ pupil }: Case) => `${pupil.surname} ${pupil.given_names}`

const forRest = (kind: Kind, typed: Record<string, string>): Choice => ({
  kind,
  ending: null,
  to_class_id: null,
  remark: remarkIn(typed.rest_why),
})

const remarkIn = (text: string | undefined) =>
  (text ?? "").replace(/\s+/g, " ").trim().slice(0, MOST_REMARK) || null

function readLine(one: Case, frame: Frame, typed: Record<string, string>): Choice | null | string {
  const { student } = one.pupil
  const [kind = "", detail = ""] = (typed[`to-${student}`] ?? "").split(":")
  const remark = remarkIn(typed[`why-${student}`])
  if (kind === "") return null
  if (kind === "wait") return { kind, ending: null, to_class_id: null, remark }
  if (kind === "leave") {
    if (!isEnding(detail)) return `${nameOf(one)} : choisissez dans la liste.`
    return { kind, ending: detail, to_class_id: null, remark }
  }
  if (kind !== "pass" && kind !== "repeat") return `${nameOf(one)} : choisissez dans la liste.`
  const places = kind === "pass" ? passPlaces(frame, one.from) : repeatPlaces(frame, one.from)
  const place = places.find(({ id }) => id === rowNumber(detail))
  // a class chosen earlier that the next year no longer has is let go, not refused
  const gone = detail === String(one.pupil.choiceTo ?? "")
  if (detail !== "" && !place && !gone)
    return `${nameOf(one)} : cette classe n’est pas de celles où il ou elle peut aller.`
  return { kind, ending: null, to_class_id: place?.id ?? null, remark }
}

/** Another decision than the one proposed, or an exclusion, must be explained. */
const against = ({ kind, ending }: Choice, proposal: Kind) =>
  ending === "excluded" || (proposal !== "wait" && kind !== "wait" && kind !== proposal)

const whyNeeded = (one: Case, words: string) =>
  words
    ? `${nameOf(one)} : « ${words} » est proposé, dites pourquoi vous décidez autrement.`
    : `${nameOf(one)} : dites pourquoi.`

function conflict(one: Case): string {
  const now = storedChoice(one)
  const by = one.pupil.decidedBy ?? "Quelqu’un d’autre"
  const said = now ? `« ${KIND_WORDS[now.kind]} »` : "« comme proposé »"
  return `${nameOf(one)} : ${now ? by : "quelqu’un d’autre"} a mis ${said} entre-temps. Choisissez de nouveau pour le remplacer.`
}

/** The class's usual destinations; a number that is none of the places is an error of whoever wrote the request. */
export function readDefaults(body: unknown, frame: Frame, from: Case["from"]) {
  const typed = typedIn(body)
  const among = (name: string, places: readonly { id: number }[]) =>
    places.find(({ id }) => id === rowNumber(typed[name]))?.id ?? null
  return {
    pass_class_id: among("pass_to", passPlaces(frame, from)),
    repeat_class_id: among("repeat_to", repeatPlaces(frame, from)),
  }
}
