import type { Request, Response } from "express"
import { tx } from "../../../db/index.ts"
import { Refusal } from "../../../web/refusal.ts"
import {
  choiceText,
  open,
  type ReadDecisions,
  readDecisions,
  readDefaults,
  seenOf,
  storedChoice,
} from "../forms.ts"
import { writeChoices } from "../queries/choices.ts"
import { planOf } from "../queries/plan.ts"
import { type Case, countsOf, filled } from "../rules/cases.ts"
import { ENDING_WORDS, proposed, type SecondRepetition, SOURCE_WORDS } from "../rules/decisions.ts"
import { passPlaces, repeatPlaces } from "../rules/destinations.ts"
import { classAsked, secondFor } from "./asking.ts"

type Asked = Awaited<ReturnType<typeof classAsked>>

/** The students of a class, with what is proposed and decided for each. */
export async function show(req: Request, res: Response) {
  await decisionsPage(req, res, await classAsked(req))
}

export async function save(req: Request, res: Response) {
  const asked = await classAsked(req)
  const { one, passage } = asked
  const at = req.now.toISOString()
  if (typeof req.body.seen !== "string")
    throw new Refusal(400, "Ce formulaire est incomplet : rechargez la page et recommencez.")
  const read = await tx(req.school.db, async (trx) => {
    const second = secondFor(req)
    const { frame, cases, classes } = await planOf(trx, passage, { classes: [one.id], second })
    const from = classes[0]
    if (!from) throw new Error("a class of the year is among its classes")
    const read = readDecisions(req.body, cases, { frame, second })
    if (read.problems.length > 0) return read
    const defaults = readDefaults(req.body, frame, from)
    await writeChoices(
      trx,
      req.member,
      { classId: one.id, year: passage.from.id, lines: read.lines, defaults },
      at,
    )
    return read
  })
  if (read.problems.length > 0) return decisionsPage(req, res.status(422), asked, read)
  const n = read.lines.length
  res.flash(n > 0 ? "reenrolment.decisions_saved" : "reenrolment.decisions_same", { n })
  res.redirect(303, `/reenrolment/${one.id}`)
}

async function decisionsPage(req: Request, res: Response, { one, passage }: Asked, read?: ReadDecisions) {
  const second = secondFor(req)
  const plan = await planOf(req.school.db, passage, { classes: [one.id], second })
  const { frame, cases } = plan
  const from = plan.classes[0]
  if (!from) throw new Error("a class of the year is among its classes")
  res.page("reenrolment/class", {
    ...{ one, passage, from, cases, open },
    counts: countsOf(cases),
    seen: seenOf(cases.filter(open)),
    rows: cases.map((one) => rowOf(one, second, read)),
    passTo: passPlaces(frame, from),
    repeatTo: repeatPlaces(frame, from),
    over: filled(frame, cases).filter(({ over }) => over > 0),
    endings: Object.entries(ENDING_WORDS),
    form: { typed: {}, problems: read?.problems ?? [] },
    rest: { kind: read?.typed.rest ?? "", why: read?.typed.rest_why ?? "" },
  })
}

function rowOf(one: Case, second: SecondRepetition, read: ReadDecisions | undefined) {
  const { student } = one.pupil
  const proposal = proposed(one.pupil, second)
  const stored = storedChoice(one)
  const wrong = (field: string) =>
    read?.problems.find((problem) => problem.field === `${field}-${student}`)?.text
  return {
    one,
    proposal: proposal.source && { words: proposal.words, source: SOURCE_WORDS[proposal.source] },
    value: read?.typed[`to-${student}`] ?? choiceText(stored),
    why: read?.typed[`why-${student}`] ?? stored?.remark ?? "",
    wrongTo: wrong("to"),
    wrongWhy: wrong("why"),
  }
}
