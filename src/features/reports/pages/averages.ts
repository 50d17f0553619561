// The lists of annual averages of exam candidates: drawn up, read, replaced.
import type { Request, Response } from "express"
import type { ReadForm } from "../../../web/form.ts"
import { refused } from "../../../web/form.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { pageNumber, rowNumber } from "../../../web/rowNumber.ts"
import { viewer } from "../../people/scope.ts"
import { type Asked, draftList, unpublishedIn } from "../drafting.ts"
import { draftForm, replaceForm } from "../forms.ts"
import { type FoundList, findList, listsOfYear, publishedPeriods } from "../queries/averages.ts"
import { periodsOfYear, type ReportClass } from "../queries/figures.ts"
import { controlSum, differences, shownHash } from "../rules/averages.ts"
import { dropList, keepDraft } from "../signing.ts"
import { classesFor, type YearAsked, yearAsked } from "./asking.ts"

const PAGE_SIZE = 50

export async function index(req: Request, res: Response) {
  const year = await yearAsked(req)
  const lists = year ? await listsOfYear(req.school.db, viewer(req), year.id) : []
  res.page("reports/averages", { year, lists })
}

/** The list of the path, where this person follows every class of it; else 404. */
export async function listFor(req: Request): Promise<{ list: FoundList; classes: ReportClass[] }> {
  const list = await findList(req.school.db, rowNumber(req.params.averageList))
  if (!list) throw notFound()
  const followed = await classesFor(req, list.school_year_id)
  const classes = list.content.classes.flatMap(({ id }) => followed.find((one) => one.id === id) ?? [])
  if (classes.length !== list.content.classes.length) throw notFound()
  return { list, classes }
}

/** What the list would say if it were drawn up now; null when it could not be. */
export async function draftedNow(req: Request, { list, classes }: Awaited<ReturnType<typeof listFor>>) {
  const { db } = req.school
  const periods = await periodsOfYear(db, list.school_year_id)
  const { exam, schoolYear } = list.content
  return draftList(db, req.school, { exam, schoolYear, classes, periods })
}

export async function fresh(req: Request, res: Response) {
  await form(req, res, await yearOrRefuse(req))
}

async function yearOrRefuse(req: Request): Promise<YearAsked> {
  const year = await yearAsked(req)
  if (!year) throw new Refusal(409, "L’école n’a pas encore d’année scolaire.")
  return year
}

async function form(req: Request, res: Response, year: YearAsked, read?: ReadForm<{ exam: string }>) {
  const classes = await classesFor(req, year.id)
  const published = await publishedPeriods(
    req.school.db,
    classes.map(({ id }) => id),
  )
  const highest = classes.at(-1)?.level_code
  const waiting = ({ id }: ReportClass) => year.periods.filter((one) => !published.get(id)?.has(one.id))
  const readyFirst = (a: ReportClass, b: ReportClass) =>
    Number(waiting(a).length > 0) - Number(waiting(b).length > 0)
  const ticked = read ? [req.body.class].flat().map(rowNumber) : null
  res.page("reports/averages_new", {
    year,
    classes: [...classes].sort(readyFirst).map((one) => {
      const missing = waiting(one).map(({ label }) => label)
      const ready = missing.length === 0
      return {
        ...one,
        missing,
        ticked: ready && (ticked ? ticked.includes(one.id) : one.level_code === highest),
      }
    }),
    ...(read ? { form: read } : {}),
  })
}

export async function create(req: Request, res: Response) {
  const year = await yearOrRefuse(req)
  const read = draftForm.read(req.body)
  const ids = [req.body.class].flat().map(rowNumber)
  const classes = (await classesFor(req, year.id)).filter(({ id }) => ids.includes(id))
  if (!read.ok) return form(req, res.status(422), year, read)
  if (classes.length === 0) {
    const none = refused(read, "class", "Cochez au moins une classe.")
    return form(req, res.status(422), year, none)
  }
  const asked = { exam: read.values.exam, schoolYear: year.label, classes, periods: year.periods }
  const id = await drawn(req, year.id, asked, null)
  res.flash("reports.list_drafted").redirect(303, `/reports/averages/${id}`)
}

/** Draws a list up from the newest publications, and keeps it. */
async function drawn(
  req: Request,
  yearId: number,
  asked: Asked,
  replaces: { id: number; reason: string } | null,
): Promise<number> {
  const { db } = req.school
  const published = await publishedPeriods(
    db,
    asked.classes.map(({ id }) => id),
  )
  const missing = unpublishedIn(asked.classes, asked.periods, published)
  if (missing.length > 0)
    throw new Refusal(409, `Toutes les périodes doivent être publiées. Il manque ${missing.join(" ; ")}.`)
  const drafted = await draftList(db, req.school, asked)
  if (!drafted)
    throw new Refusal(
      409,
      "Le barème de ces classes ne prévoit pas de moyenne annuelle : il n’y a pas de liste à établir.",
    )
  if (drafted.content.lines.length === 0)
    throw new Refusal(409, "Ces classes n’ont aucun candidat dans leurs bulletins publiés.")
  return keepDraft(db, req.member, { yearId, content: drafted.content, replaces }, req.now)
}

export async function show(req: Request, res: Response) {
  const found = await listFor(req)
  await page(req, res, found)
}

async function page(
  req: Request,
  res: Response,
  found: Awaited<ReturnType<typeof listFor>>,
  read?: ReadForm<{ reason: string }>,
) {
  const { list } = found
  const now = list.state === "dropped" ? null : await draftedNow(req, found)
  const { lines } = list.content
  const page = pageNumber(req.query.page)
  const start = (page - 1) * PAGE_SIZE
  res.page("reports/list", {
    list,
    lines: lines.slice(start, start + PAGE_SIZE).map((line, n) => ({ ...line, position: start + n + 1 })),
    page,
    size: PAGE_SIZE,
    total: lines.length,
    remarked: lines.filter(({ remarks }) => remarks.length > 0).length,
    differing: now ? differences(lines, now.content.lines) : [],
    absent: now?.absent ?? [],
    control: controlSum(lines),
    hash: shownHash(list.hash),
    mine: list.checked_by === req.member.id,
    ...(read ? { form: read } : {}),
  })
}

/** A new list about the same classes, from what is published now: it replaces the signed one once it is signed itself. */
export async function replace(req: Request, res: Response) {
  const found = await listFor(req)
  const { list, classes } = found
  if (list.state !== "signed") throw new Refusal(409, "Seule une liste signée et en vigueur se remplace.")
  const read = replaceForm.read(req.body)
  if (!read.ok) return page(req, res.status(422), found, read)
  const periods = await periodsOfYear(req.school.db, list.school_year_id)
  const { exam, schoolYear } = list.content
  const asked = { exam, schoolYear, classes, periods }
  const id = await drawn(req, list.school_year_id, asked, { id: list.id, reason: read.values.reason })
  res.flash("reports.list_drafted").redirect(303, `/reports/averages/${id}`)
}

/** Puts a list aside that nobody signed: another one may be drawn up. */
export async function drop(req: Request, res: Response) {
  const { list } = await listFor(req)
  if (!(await dropList(req.school.db, req.member, list.id, req.now)))
    throw new Refusal(409, "Cette liste est signée : elle ne s’abandonne plus, elle se remplace.")
  res.flash("reports.list_dropped").redirect(303, "/reports/averages")
}
