// The projector's pages: one student, or the whole class.
import type { Request, Response } from "express"
import { notFound } from "../../../web/refusal.ts"
import { french } from "../../grades/fraction.ts"
import { rankLabel } from "../../grades/ranking.ts"
import type { CouncilClass, CouncilStudent } from "../classroom.ts"
import { textToken, wordToken } from "../queries/decisions.ts"
import { type Choice, wasOverruled } from "../rules/deciding.ts"
import { digitOf } from "../rules/keys.ts"
import { overtaken } from "../rules/session.ts"
import { buttonsOf, stageOf } from "../stage.ts"
import {
  councilFor,
  inOrder,
  type Order,
  orderIn,
  placeIn,
  rightsIn,
  type SessionAsked,
  studentIn,
  studentPath,
  tablePath,
} from "./asking.ts"

/** The session: the first student of whom nothing is decided yet, or the whole class with `?view=table`. */
export async function show(req: Request, res: Response) {
  const { about, council } = await councilFor(req)
  if (!about.state || about.state === "prepared") return res.redirect(303, about.path)
  const order = orderIn(req)
  const ordered = inOrder(council.students, order)
  const next = ordered.find(({ choice }) => !choice) ?? ordered[0]
  if (req.query.view === "table" || !next) return tableOf(req, res, about, council, order)
  studentPage(req, res, { about, council, student: next })
}

export async function student(req: Request, res: Response) {
  const { about, council } = await councilFor(req)
  const found = studentIn(req, council)
  if (!about.state || about.state === "prepared") return res.redirect(303, about.path)
  studentPage(req, res, { about, council, student: found })
}

/** What a press that was not written adds to the page. */
export type Came = {
  form?: { typed: Record<string, string>; problems: { field: string; text: string }[] }
  /** the choice that needs a reason */
  asking?: Choice
  /** who wrote the same meanwhile, and what this person had chosen */
  conflict?: { by: string | null; mine: string }
}

type Of = { about: SessionAsked; council: CouncilClass; student: CouncilStudent }

export function studentPage(req: Request, res: Response, { about, council, student }: Of, came: Came = {}) {
  const order = orderIn(req)
  const { before, after, place } = placeIn(council, student, order)
  const path = (one: CouncilStudent | null) => one && studentPath(about, one.id, order)
  res.page("council/student", {
    layout: "stage",
    about,
    student,
    stage: stageOf(council, student),
    buttons: buttonsOf(council, student),
    may: rightsIn(req, about),
    isLast: council.isLast,
    counts: { place, total: council.students.length, decided: council.decided },
    order,
    before: path(before),
    after: path(after),
    table: tablePath(about),
    own: studentPath(about, student.id, order === "name" ? "rank" : "name"),
    seen: `${wordToken(student.row)} ${textToken(student.row)}`,
    reasons: council.reasons.map((text, n) => ({ text, key: digitOf(n) })),
    overtaken: overtaken(about),
    difference: came.asking ? differenceOf(came.asking, student.proposal) : [],
    wordOf,
    french,
    ...came,
  })
}

/** What was chosen and what was proposed, where they differ. */
function differenceOf(choice: Choice, proposal: Choice): [string, string] {
  if (choice.award === proposal.award) return [choice.decision ?? "", proposal.decision ?? ""]
  if (choice.decision !== proposal.decision) return [wordOf(choice), wordOf(proposal)]
  return [wordOf({ ...choice, decision: null }), wordOf({ ...proposal, decision: null })]
}

/** « Encouragements, Redouble »; no award is said too. */
export const wordOf = ({ award, decision }: Choice) =>
  [award ?? "aucune distinction", decision].filter(Boolean).join(", ")

function tableOf(req: Request, res: Response, about: SessionAsked, council: CouncilClass, order: Order) {
  const { graded, students } = council
  if (students.length === 0) throw notFound()
  const remaining = students.filter(({ choice }) => !choice)
  res.page("council/table", {
    about,
    may: rightsIn(req, about),
    isLast: council.isLast,
    output: graded.input.profile.output,
    conduct: graded.input.profile.conduct.mode !== "none",
    stats: graded.result.stats,
    periods: council.periods.slice(0, -1).map(({ period }) => period.code),
    rows: inOrder(students, order).map((one) => ({
      id: one.id,
      name: one.name,
      told: one.label === one.name ? "" : one.told,
      rank: one.result.general ? rankLabel(one.result.rank, one.row.sex) : "–",
      average: french(one.averages.average ?? "–"),
      annual: french(one.averages.annual ?? "–"),
      periods: council.periods
        .slice(0, -1)
        .map(({ result }) => french(result.byStudent.get(one.id)?.general?.text ?? "–")),
      conduct: french(one.result.conduct?.mark.text ?? "–"),
      absences: hoursOf(one),
      late: one.row.late_count || "",
      proposal: [one.proposal.award, one.proposal.decision].filter(Boolean).join(", "),
      choice: one.choice,
      overruled: wasOverruled(one.row) ? one.row.council?.overruled_reason : null,
      changed: one.changed,
      written: one.row.appreciation !== null,
    })),
    decided: council.decided,
    total: students.length,
    texts: students.filter(({ row }) => row.appreciation).length,
    followable: remaining.filter((one) => one.mayFollow).length,
    order,
    wordOf,
    french,
  })
}

/** « 6 dont 2 »: hours of absence, those not justified told apart. */
function hoursOf({ row: { absent_justified: justified, absent_unjustified: other } }: CouncilStudent) {
  const all = (justified ?? 0) + (other ?? 0)
  if (all === 0) return ""
  return other ? `${all} dont ${other} n. j.` : String(all)
}
