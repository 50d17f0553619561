// What a family reads of one child, from the link of an SMS as from an account: the same pages, other addresses.
import type { Request, Response } from "express"
import { notFound, Refusal } from "../../web/refusal.ts"
import { rowNumber } from "../../web/rowNumber.ts"
import { sendStudentFile, weightsOf } from "../bulletins/files.ts"
import {
  type PublishedBulletin,
  publishedBulletinsOf,
  publishedMarksOf,
  publishedWorkingOf,
} from "../bulletins/published.ts"
import { roundingText } from "../bulletins/rules.ts"
import { explainGeneral } from "../grades/explanation.ts"
import { french } from "../grades/fraction.ts"
import { exact } from "../grades/sheet.ts"
import type { Child } from "./queries.ts"

/** The bulletins of the current year, newest period first. */
const bulletinsOf = async (req: Request, child: Child): Promise<PublishedBulletin[]> =>
  req.school.year
    ? (await publishedBulletinsOf(req.school.db, child.id, req.school.year.id, req.now)).reverse()
    : []

/** The one asked for, among the child's own; else 404. */
async function askedBulletin(req: Request, child: Child): Promise<PublishedBulletin> {
  const asked = rowNumber(req.params.ownBulletin)
  const found = (await bulletinsOf(req, child)).find((bulletin) => bulletin.id === asked)
  if (!found) throw notFound()
  return found
}

/** Whether the page leads to « Signaler une erreur »: for guardians, by their account or the link of an SMS. */
const mayReport = ({ school, user }: Request, child: Child) =>
  !school.settings.off.includes("corrections") &&
  (!user || (user.guardianId !== null && user.studentId !== child.id))

/** Averages, ranks, absences and the bulletin's file with its weight, of one period; `?period=` chooses it. */
export async function showResults(req: Request, res: Response, child: Child, base: string): Promise<void> {
  const bulletins = await bulletinsOf(req, child)
  const shown = bulletins.find(({ periodId }) => periodId === rowNumber(req.query.period)) ?? bulletins[0]
  const weights = shown ? await weightsOf(req.school.db, [shown.id]) : new Map<number, number>()
  res.page("families/child", {
    layout: "site",
    child,
    base,
    reporting: mayReport(req, child),
    bulletins,
    shown: shown ?? null,
    weight: shown ? (weights.get(shown.id) ?? null) : null,
  })
}

/** Every mark that the publication counted, by subject. */
export async function showMarks(req: Request, res: Response, child: Child, base: string): Promise<void> {
  const bulletin = await askedBulletin(req, child)
  const marks = await publishedMarksOf(req.school.db, bulletin.publicationId, child.id)
  const subjects = [...new Map(marks.map(({ code, subject }) => [code, subject]))]
  res.page("families/marks", {
    layout: "site",
    child,
    base,
    bulletin,
    subjects: subjects.map(([code, subject]) => ({
      code,
      subject,
      marks: marks.filter((mark) => mark.code === code),
    })),
  })
}

export async function sendBulletin(req: Request, res: Response, child: Child): Promise<void> {
  const bulletin = await askedBulletin(req, child)
  await sendStudentFile(req, res, bulletin.id, `bulletin-${bulletin.code}.pdf`)
}

/**
 * How an average of the bulletin was made: of one subject (`?subject=`), else the general one. From what the
 * publication froze, so that it says what the paper says.
 */
export async function showWorking(req: Request, res: Response, child: Child, base: string): Promise<void> {
  const bulletin = await askedBulletin(req, child)
  const working = await publishedWorkingOf(req.school.db, bulletin.publicationId, child.id)
  const asked = typeof req.query.subject === "string" ? req.query.subject : ""
  const subject = asked ? working?.subject(asked) : null
  if (!working) throw new Refusal(409, "Le détail de ce calcul n’est pas gardé avec ce bulletin.")
  if (asked && !subject) throw notFound()
  res.page("families/working", {
    layout: "site",
    child,
    base,
    bulletin,
    subject,
    general: asked ? null : explainGeneral(working.result, working.student),
    labelOf: (code: string) => working.labels.get(code) ?? code,
    titleOf: (id: string) => working.titles.get(id) ?? "",
    scaleMax: french(working.result.profile.scale.max),
    french,
    exact,
    rounding: roundingText(working.result.profile),
  })
}
