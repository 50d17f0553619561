// One file: what was asked, what is missing, what comes next, what happened.
import type { Request, Response } from "express"
import { date } from "../../../web/french.ts"
import { phoneFor, todayFor } from "../../people/pages/asking.ts"
import { classChoices } from "../../people/queries.ts"
import { birthText, studentName } from "../../people/rules.ts"
import { viewer } from "../../people/scope.ts"
import { type Application, guardiansOfApplication } from "../queries/applications.ts"
import { documentKinds, handedOf } from "../queries/documents.ts"
import { filesLike, studentsLike } from "../queries/doubles.ts"
import { eventsOf } from "../queries/history.ts"
import { checklist, missing } from "../rules/checklist.ts"
import { isEnd, isOpen, lastStep, STEPS } from "../rules/states.ts"
import { canBeTold } from "../sms.ts"
import { toldEvent } from "../told.ts"
import { feeText, fileFor, followUrl, shortName } from "./asking.ts"

export async function show(req: Request, res: Response) {
  await filePage(req, res, await fileFor(req))
}

/** What a refused step adds to the page: the form that came back, or what was typed on a page that was out of date. */
export type Came = { form?: object; mine?: Record<string, string>; matricule?: string | null }

/** The page of a file, also where a step was refused. */
export async function filePage(req: Request, res: Response, file: Application, came: Came = {}) {
  const { db } = req.school
  const guardians = await guardiansOfApplication(db, file.id)
  const lines = checklist(await documentKinds(db), file.level_code, await handedOf(db, file.id))
  const events = await eventsOf(db, file.id)
  const open = isOpen(file.state)
  const doubles = open ? await studentsLike(db, file, came.matricule ?? file.matricule) : []
  const classes = file.state === "numbered" ? await classChoices(db, viewer(req), file.school_year_id) : []
  res.page("enrolment/show", {
    ...{ file, guardians, lines, doubles, open, studentName, birthText },
    lacking: missing(lines),
    twins: open ? await filesLike(db, file) : [],
    classes: classes.map((one) => ({ ...one, full: isFull(one), asked: one.level_code === file.level_code })),
    history: events.map(toldEvent).reverse(),
    last: lastStep(events, file.state),
    meanwhile: came.mine ? events.slice(-1).map(toldEvent)[0] : null,
    mine: came.mine ?? {},
    form: came.form ?? { typed: {}, problems: [] },
    ended: isEnd(file.state) ? events.filter(({ action }) => action === file.state).at(-1) : null,
    tellable: canBeTold(guardians),
    fee: feeText(req, file.state === "active" ? file.fee_due : file.fee),
    today: date(todayFor(req)),
    entry: date(firstDay(req, file)),
    phone: phoneFor(req),
    steps: STEPS,
  })
}

const isFull = ({ size, capacity }: { size: unknown; capacity: number | null }) =>
  capacity !== null && Number(size) >= capacity

/** The day a place in a class begins: today, or the first day of a year that has not begun. */
export function firstDay(req: Request, { year_starts_on }: { year_starts_on: string }): string {
  const day = todayFor(req)
  return day < year_starts_on ? year_starts_on : day
}

/** The list for the family, on paper. */
export async function paper(req: Request, res: Response) {
  const { db } = req.school
  const file = await fileFor(req)
  const guardians = await guardiansOfApplication(db, file.id)
  const lines = checklist(await documentKinds(db), file.level_code, await handedOf(db, file.id))
  res.page("enrolment/paper", {
    ...{ file, guardians, lines, studentName, birthText },
    lacking: missing(lines),
    fee: feeText(req, file.state === "active" ? file.fee_due : file.fee),
    url: followUrl(req, file.code),
    short: shortName(req),
    today: date(todayFor(req)),
    phone: phoneFor(req),
  })
}
