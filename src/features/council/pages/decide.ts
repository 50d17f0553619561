// A key or a button pressed: written, and on to the next student.
import type { Request, Response } from "express"
import { forbidden, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import type { CouncilClass, CouncilStudent } from "../classroom.ts"
import { MOST_REASON, MOST_TEXT, type Pressed, readPressed } from "../forms.ts"
import { decide, followAll, textToken } from "../queries/decisions.ts"
import { notOpen } from "../queries/sessions.ts"
import { agree } from "../rules/agreement.ts"
import { type Choice, isOffered, overrules } from "../rules/deciding.ts"
import {
  councilFor,
  orderIn,
  placeIn,
  type Rights,
  rightsIn,
  type SessionAsked,
  studentIn,
  studentPath,
  tablePath,
} from "./asking.ts"
import { studentPage, wordOf } from "./stage.ts"

export async function press(req: Request, res: Response) {
  const { about, council } = await councilFor(req)
  const student = studentIn(req, council)
  if (!about.open) throw notOpen()
  const rights = rightsIn(req, about)
  const pressed = readPressed(req.body)
  if (!rights.run && (!rights.write || !pressed.keep)) throw forbidden()
  const of = { about, council, student }
  const { typed } = pressed
  const refuse = (field: string, text: string) =>
    studentPage(req, res.status(422), of, { form: { typed, problems: [{ field, text }] } })

  const text = textFrom(pressed, rights, of)
  if (text.problem) return refuse("appreciation", text.problem)
  // who writes appreciations only says nothing for the council, whatever the form carries
  const choice = rights.run ? choiceFrom(pressed, student, council) : undefined
  if (choice && !isOffered(choice, council.offer, student.choice))
    return refuse("", "Choisissez une distinction ou une décision parmi celles proposées.")
  const why = reasonFor(pressed, choice, of)
  if (why === "missing") {
    const problems = [{ field: "", text: "Le conseil s’écarte de la proposition : dites pourquoi." }]
    return studentPage(req, res.status(422), of, { form: { typed, problems }, asking: choice as Choice })
  }
  if (why && why.length > MOST_REASON) return refuse("", `Motif : ${MOST_REASON} caractères au plus.`)

  const on = onward(req, of)
  if (choice === undefined && text.value === undefined) return res.redirect(303, on)
  const deciding = {
    ...{ student: student.id, proposal: student.proposal, averages: student.averages, seen: pressed.seen },
    ...(choice === undefined ? {} : { choice }),
    ...(text.value === undefined ? {} : { appreciation: text.value }),
    reason: why,
  }
  const at = req.now.toISOString()
  const outcome = await decide(req.school.db, req.member, about, { deciding, at })
  if (outcome.kind === "conflict") return conflictPage(req, res, outcome, choice, pressed)
  if (choice === null) res.flash("council.undone", { name: student.label })
  else if (choice) res.flash("council.decided", { name: student.label, what: wordOf(choice) })
  else res.flash("council.written", { name: student.label })
  res.redirect(303, choice === null ? studentPath(about, student.id, orderIn(req)) : on)
}

type Of = { about: SessionAsked; council: CouncilClass; student: CouncilStudent }

function onward(req: Request, { about, council, student }: Of): string {
  const { after } = placeIn(council, student, orderIn(req))
  return after ? studentPath(about, after.id, orderIn(req)) : tablePath(about)
}

/** The appreciation to write: a phrase chosen, or what was typed; undefined where it stands as the page showed it. */
function textFrom({ phrase, appreciation, seen }: Pressed, { write }: Rights, { council, student }: Of) {
  if (!write) return { value: undefined }
  const chosen = council.phrases.find(({ id }) => id === rowNumber(phrase))
  if (phrase && !chosen)
    return { problem: "Cette phrase n’est plus dans la liste : choisissez-en une autre." }
  const value = chosen ? agree(chosen.text, student.row.sex) : appreciation
  if (value === undefined) return { value }
  if (value && value.length > MOST_TEXT) return { problem: `${MOST_TEXT} caractères au plus.` }
  const asShown = textToken({ appreciation: value, award: null, decision: null }) === seen.text
  return { value: asShown ? undefined : value }
}

/** What the council says: null takes its word back, undefined leaves it as it stands. */
function choiceFrom(
  pressed: Pressed,
  student: CouncilStudent,
  council: CouncilClass,
): Choice | null | undefined {
  if (pressed.undo) return null
  if (pressed.keep || (pressed.award === undefined && !pressed.decision)) return undefined
  const award = pressed.award === undefined ? (student.choice ?? student.proposal).award : pressed.award
  return { award, decision: council.isLast ? pressed.decision : null }
}

/** Why the proposal is not followed; null where it is, « missing » where it must be asked. */
function reasonFor({ reason }: Pressed, choice: Choice | null | undefined, { council, student }: Of) {
  if (!choice || !overrules(choice, student.proposal, council.offer)) return null
  const stands = student.choice
  const same = stands !== null && stands.award === choice.award && stands.decision === choice.decision
  return reason ?? (same ? (student.row.council?.overruled_reason ?? "missing") : "missing")
}

/** The page as it is now, with what this person had chosen said beside and what was typed kept. */
async function conflictPage(
  req: Request,
  res: Response,
  { by, part }: { by: string | null; part: "word" | "text" },
  choice: Choice | null | undefined,
  { typed, appreciation }: Pressed,
) {
  const { about, council } = await councilFor(req)
  const student = studentIn(req, council)
  const word = choice === null ? "annuler la décision" : choice ? wordOf(choice) : ""
  const mine = part === "text" ? (appreciation ?? "aucune appréciation") : word
  const kept = {
    appreciation: part === "text" ? (student.row.appreciation ?? "") : (typed.appreciation ?? ""),
  }
  const form = { typed: kept, problems: [] }
  studentPage(req, res.status(409), { about, council, student }, { form, conflict: { by, mine } })
}

/** Asks once before the proposals are followed for all of whom nothing is decided yet. */
export async function askFollow(req: Request, res: Response) {
  const { about, council } = await councilFor(req)
  if (!about.open) throw notOpen()
  const remaining = council.students.filter(({ choice }) => !choice)
  const [followed, left] = [
    remaining.filter((one) => one.mayFollow),
    remaining.filter((one) => !one.mayFollow),
  ]
  const counts = new Map<string, number>()
  for (const { proposal } of followed) counts.set(wordOf(proposal), (counts.get(wordOf(proposal)) ?? 0) + 1)
  res.page("council/follow", { about, n: followed.length, left, counts: [...counts] })
}

export async function follow(req: Request, res: Response) {
  const { about, council } = await councilFor(req)
  if (!about.open) throw notOpen()
  const students = council.students
    .filter(({ choice, mayFollow }) => !choice && mayFollow)
    .map(({ id, proposal, averages }) => ({ student: id, proposal, averages }))
  if (String(students.length) !== String(req.body.n))
    throw new Refusal(
      409,
      "Le nombre d’élèves restants a changé entre-temps. Revenez au tableau et recommencez : rien n’a été décidé.",
    )
  const at = req.now.toISOString()
  const n = await followAll(req.school.db, req.member, keyOf(about), { students, at })
  res.flash("council.followed", { n }).redirect(303, tablePath(about))
}

const keyOf = ({ class_id, period_id }: SessionAsked) => ({ class_id, period_id })
