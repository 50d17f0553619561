import type { Request, Response } from "express"
import { record } from "../../../audit.ts"
import { tx } from "../../../db/index.ts"
import { inBackground } from "../../../school.ts"
import { refused } from "../../../web/form.ts"
import { dateTime } from "../../../web/french.ts"
import { Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { yearRead } from "../../grades/queries/classPeriod.ts"
import { progressSeenBy } from "../../grades/queries/overview.ts"
import { todayFor } from "../../people/pages/asking.ts"
import { viewer } from "../../people/scope.ts"
import type { BulletinData } from "../contract.ts"
import { makeFiles } from "../files.ts"
import { readPublishing, reasonForm } from "../forms.ts"
import { publish } from "../publication.ts"
import { classFilesOf, studentFilesMade } from "../queries/files.ts"
import * as queries from "../queries/periods.ts"
import { bulletinsOf, lastPublicationOf, publicationsOf } from "../queries/publications.ts"
import { isBelow, periodShown, periodState, weekLater } from "../rules.ts"
import { classPeriodAsked } from "./asked.ts"

/** Where every class stands in a period; `?period=` chooses it, else the one of today. */
export async function index(req: Request, res: Response) {
  const { db, year } = req.school
  const periods = year?.periods ?? []
  const period = periodShown(periods, { asked: rowNumber(req.query.period), day: todayFor(req) })
  if (!year || !period) return res.page("bulletins/index", { rows: [], period: null, periods })
  const ids = await queries.classIdsFollowed(db, viewer(req))
  const rows = (await queries.progressOf(db, year.id, period, ids)).map((row) => ({
    ...row,
    stands: periodState(row.state, { total: row.subjects ?? 0, locked: row.locked ?? 0 }),
  }))
  res.page("bulletins/index", { rows, period, periods })
}

export async function show(req: Request, res: Response) {
  await showPeriod(req, res)
}

async function showPeriod(req: Request, res: Response, refusedForm?: ReturnType<typeof refused>) {
  const { schoolClass, period, of } = await classPeriodAsked(req)
  const { db } = req.school
  const subjects = await progressSeenBy(db, viewer(req), period, [schoolClass.id])
  const changed = await queries.classPeriodOf(db, of)
  const publications = await publicationsOf(db, of)
  const newest = publications[0]
  const locked = subjects.filter((subject) => subject.locked).length
  const { year, settings } = req.school
  const { warnBelow } = settings
  const ofYear = schoolClass.school_year_id
  const other = ofYear === year?.id ? null : await yearRead(db, ofYear)
  res.page("bulletins/show", {
    schoolClass,
    period,
    periods: other?.periods ?? req.school.year?.periods ?? [],
    otherYear: other && { label: other.label, over: other.ends_on < todayFor(req) },
    subjects,
    locked,
    stands: periodState(changed?.state ?? null, { total: subjects.length, locked }),
    changed,
    // of another year the page has no question left to ask: a dozen is the most
    council: other ? undefined : await queries.councilOf(db, of),
    publications,
    newest,
    hidden: newest?.visible_at && newest.visible_at > req.now.toISOString() ? newest.visible_at : null,
    warnBelow,
    students: newest ? (await bulletinsOf(db, newest.id)).map((row) => told(row, warnBelow)) : [],
    files: newest ? await classFilesOf(db, newest.id) : [],
    made: newest ? await studentFilesMade(db, newest.id) : null,
    size: subjects[0]?.students ?? 0,
    ...(refusedForm ? { form: refusedForm } : {}),
  })
}

/** A bulletin's row with what it says, and whether its average is below the school's threshold. */
function told<R extends { content: string }>(row: R, warnBelow: string) {
  const content = JSON.parse(row.content) as BulletinData
  return { ...row, content, average: content.generalAverage, low: isBelow(content, warnBelow) }
}

/** The dean says: I have checked these marks. Subjects still open must be accepted knowingly. */
export async function check(req: Request, res: Response) {
  const { schoolClass, period, of } = await classPeriodAsked(req)
  const at = req.now.toISOString()
  await tx(req.school.db, async (trx) => {
    const changed = await queries.classPeriodOf(trx, of)
    if (changed) throw new Refusal(409, "Cette période est déjà contrôlée ou publiée. Rechargez la page.")
    const subjects = await progressSeenBy(trx, viewer(req), period, [schoolClass.id])
    const open = subjects.filter(({ locked }) => !locked)
    if (open.length > 0 && req.body.anyway !== "1") {
      const names = open.map(({ subject }) => subject).join(", ")
      throw new Refusal(
        409,
        `Ces matières ne sont pas encore verrouillées : ${names}. Cochez « Contrôler quand même » si c’est voulu.`,
      )
    }
    await queries.setClassPeriod(trx, of, "checked", req.member.id, at)
    const after = { period: period.id, open: open.length }
    await record(trx, req.member, { subject: "class", subjectId: schoolClass.id, action: "check", after }, at)
  })
  res.flash("bulletins.checked").redirect(303, `/bulletins/${schoolClass.id}/${period.id}`)
}

/** Takes the check back, with the reason that the history of the class keeps. */
export async function uncheck(req: Request, res: Response) {
  const { schoolClass, period, of } = await classPeriodAsked(req)
  const read = reasonForm.read(req.body)
  if (!read.ok) return showPeriod(req, res.status(422), read)
  await tx(req.school.db, async (trx) => {
    if (!(await queries.clearChecked(trx, of))) {
      throw new Refusal(
        409,
        "Cette période n’est pas contrôlée, ou elle est déjà publiée. Rechargez la page.",
      )
    }
    const change = {
      subject: "class",
      subjectId: schoolClass.id,
      action: "uncheck",
      after: { period: period.id },
      reason: read.values.reason,
    }
    await record(trx, req.member, change, req.now.toISOString())
  })
  res.flash("bulletins.unchecked").redirect(303, `/bulletins/${schoolClass.id}/${period.id}`)
}

/** What will be published, to whom it will be told, and what is still missing: asked once. */
export async function confirm(req: Request, res: Response) {
  await showConfirmation(req, res)
}

async function showConfirmation(req: Request, res: Response, refusedForm?: ReturnType<typeof refused>) {
  const { schoolClass, period, of } = await classPeriodAsked(req)
  const { db } = req.school
  const last = await lastPublicationOf(db, of.classId, of.periodId)
  const changed = await queries.classPeriodOf(db, of)
  const subjects = await progressSeenBy(db, viewer(req), period, [schoolClass.id])
  res.page("bulletins/publish", {
    schoolClass,
    period,
    size: subjects[0]?.students ?? 0,
    missing: subjects.reduce((sum, { expected, entered }) => sum + expected - entered, 0),
    version: (last?.version ?? 0) + 1,
    ready: changed !== undefined,
    council: (await queries.councilOf(db, of))?.state ?? null,
    families: await queries.familiesToTell(db, of.classId, period),
    hidden: last?.visible_at && last.visible_at > req.now.toISOString() ? last.visible_at : null,
    suggestion: weekLater(todayFor(req)),
    ...(refusedForm ? { form: refusedForm } : {}),
  })
}

export async function publishPeriod(req: Request, res: Response) {
  const { schoolClass, period, of } = await classPeriodAsked(req)
  const seenVersion = Number(req.body.seen)
  const { timeZone } = req.school.settings
  const read = readPublishing(req.body, { now: req.now, timeZone })
  if (!read.ok || (seenVersion > 0 && !read.values.reason)) {
    const why = read.ok
      ? refused(read, "reason", "Dites pourquoi une nouvelle version remplace la précédente.")
      : read
    res.status(422)
    return showConfirmation(req, res, why)
  }
  const { reason, visibleAt } = read.values
  const published = await publish(req.school, req.member, { ...of, seenVersion, reason, visibleAt }, req.now)
  inBackground(req.school, makeFiles(req.school, req.now))
  const { version, bulletins: n, messages } = published
  if (visibleAt) res.flash("bulletins.published_later", { version, n, when: dateTime(visibleAt, timeZone) })
  else res.flash("bulletins.published", { version, n, messages })
  res.redirect(303, `/bulletins/${schoolClass.id}/${period.id}`)
}
