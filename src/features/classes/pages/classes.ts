import type { Request, Response } from "express"
import { refused } from "../../../web/form.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { pageNumber, rowNumber } from "../../../web/rowNumber.ts"
import { todayFor, yearOf } from "../../people/pages/asking.ts"
import { studentsOfClass, teacherChoices } from "../../people/queries.ts"
import { birthText, studentName } from "../../people/rules.ts"
import { seesAll, viewer } from "../../people/scope.ts"
import { classForm } from "../forms.ts"
import { classLabel } from "../naming.ts"
import {
  addClass,
  type ClassRow,
  changeClass,
  contentsOf,
  deleteClass,
  type FoundClass,
  listClasses,
  periodsOfYear,
} from "../queries/classes.ts"
import { yearsOf } from "../queries/coefficients.ts"
import { levelsOf, seriesOf } from "../queries/naming.ts"
import { outdated, seenOf } from "../seen.ts"
import { classFor, classToChange } from "./asking.ts"

/** As many students as a page shows; the list to print has them all. */
const PAGE_SIZE = 100

/** The classes of the year under way, or of another one (`?year=`) for who sees the whole school. */
export async function index(req: Request, res: Response) {
  const { db } = req.school
  const years = seesAll(viewer(req)) ? await yearsOf(db) : []
  const asked = req.query.year === undefined ? req.school.year?.id : rowNumber(req.query.year)
  const year = years.find(({ id }) => id === asked)
  if (!year && asked !== req.school.year?.id) throw notFound()
  const over = year && isOver(req, year)
  const classes = await listClasses(db, viewer(req), asked ?? 0, over ? year.ends_on : null)
  const levels = [...new Set(classes.map(({ level_label }) => level_label ?? ""))]
  const tabs = years.map(({ id, label }) => ({ label, path: `/classes?year=${id}`, current: id === asked }))
  const other = year && !year.current ? year : null
  res.page("classes/index", { classes, levels, studentName, other, over, tabs: tabs.length > 1 ? tabs : [] })
}

/** The year's last day is past: its classes are what they were on it. */
const isOver = (req: Request, { ends_on }: { ends_on: string }) => ends_on < todayFor(req)

/** Who is in the class, or was on the last day of a year that is over. */
const rollOf = (req: Request, one: FoundClass) =>
  studentsOfClass(
    req.school.db,
    one.id,
    isOver(req, { ends_on: one.year_ends_on }) ? { on: one.year_ends_on } : {},
  )

export async function show(req: Request, res: Response) {
  const one = await classFor(req)
  const all = await rollOf(req, one)
  const page = Math.min(pageNumber(req.query.page), Math.max(1, Math.ceil(all.length / PAGE_SIZE)))
  const first = (page - 1) * PAGE_SIZE
  const students = all.slice(first, first + PAGE_SIZE)
  const girls = all.filter(({ sex }) => sex === "F").length
  res.page("classes/show", {
    one,
    students,
    girls,
    first,
    page,
    size: PAGE_SIZE,
    total: all.length,
    over: isOver(req, { ends_on: one.year_ends_on }),
    periods: one.year_current ? [] : await periodsOfYear(req.school.db, one.school_year_id),
    birthText,
    studentName,
  })
}

export async function printed(req: Request, res: Response) {
  const one = await classFor(req)
  const students = await rollOf(req, one)
  const photos = req.query.photos === "1" && req.can("photos.see")
  res.page("classes/list", { layout: "print", one, students, photos, birthText, studentName })
}

export async function newPage(req: Request, res: Response) {
  yearOf(req)
  await creating(req, res, { typed: { template: "1" }, problems: [] })
}

async function choices(req: Request) {
  const { db } = req.school
  return { levels: await levelsOf(db), series: await seriesOf(db), teachers: await teacherChoices(db) }
}

async function creating(req: Request, res: Response, form: object) {
  res.page("classes/edit", { form, ...(await choices(req)), studentName })
}

export async function create(req: Request, res: Response) {
  const read = await readClass(req)
  if (!read.ok) return creating(req, res.status(422), read)
  const { row, template } = read
  const made = await addClass(req.school.db, req.member, row, {
    year: yearOf(req).id,
    template,
    now: req.now,
  })
  if (!made) return creating(req, res.status(422), labelTaken(read, row))
  res.flash("classes.added", { class: row.label }).redirect(303, `/classes/${made}`)
}

const labelTaken = (read: { typed: Record<string, string> }, { label }: ClassRow) =>
  refused(read, "section", `La classe ${label} existe déjà cette année.`)

/** The class as typed: level, series and section are three fields, its label follows from them. */
async function readClass(req: Request) {
  const read = classForm.read(req.body)
  if (!read.ok) return read
  const { levels, series, teachers } = await choices(req)
  const { level, series: chosen, section, capacity, room, form_teacher, template } = read.values
  if (!levels.some(({ code }) => code === level)) return refused(read, "level", "Choisissez dans la liste.")
  const own = series.find(({ code }) => code === chosen)
  if (chosen && own?.level_code !== level) {
    return refused(read, "series", "Cette série n’est pas de ce niveau : changez l’un ou l’autre.")
  }
  const teacher = rowNumber(form_teacher)
  const led = req.params.class ? (await classFor(req)).form_teacher_id : null
  if (teacher && teacher !== led && !teachers.some(({ id }) => id === teacher)) {
    return refused(read, "form_teacher", "Choisissez dans la liste.")
  }
  const label = classLabel(
    { level, series: chosen, section },
    { levels: levels.map((one) => ({ ...one, aliases: [] })), series: [] },
  )
  const row: ClassRow = {
    level_code: level,
    series_code: chosen,
    section,
    label,
    capacity,
    room,
    form_teacher_id: teacher || null,
  }
  return { ok: true as const, row, template, typed: read.typed, problems: [] }
}

const stateOf = ({ level_code, series_code, section, capacity, room, form_teacher_id }: FoundClass) => [
  level_code,
  series_code,
  section,
  capacity,
  room,
  form_teacher_id,
]

export async function editPage(req: Request, res: Response) {
  const one = await classToChange(req)
  await editing(req, res, one, { typed: typedOf(one), problems: [] })
}

async function editing(req: Request, res: Response, one: FoundClass, form: object) {
  const { teachers, ...rest } = await choices(req)
  const there = teachers.some(({ id }) => id === one.form_teacher_id)
  const gone =
    one.form_teacher_id && !there
      ? [{ id: one.form_teacher_id, surname: one.surname ?? "", given_names: one.given_names ?? "" }]
      : []
  const seen = seenOf(stateOf(one))
  res.page("classes/edit", { one, form, ...rest, teachers: [...teachers, ...gone], seen, studentName })
}

const typedOf = (one: FoundClass): Record<string, string> => ({
  level: one.level_code,
  series: one.series_code,
  section: one.section,
  capacity: String(one.capacity ?? ""),
  room: one.room ?? "",
  form_teacher: String(one.form_teacher_id ?? ""),
})

export async function change(req: Request, res: Response) {
  const one = await classToChange(req)
  const read = await readClass(req)
  if (!read.ok) return editing(req, res.status(422), one, read)
  if (outdated(req, stateOf(one))) {
    const now = typedOf(one)
    const changed = Object.entries(now).filter(([field, value]) => read.typed[field] !== value)
    const problems = changed.map(([field]) => ({
      field,
      text: `Au moment où vous avez ouvert cette page, un autre a peut-être changé ce champ : il vaut maintenant « ${saidOf(field, one) || "vide"} ».`,
    }))
    return editing(req, res.status(409), one, { typed: read.typed, problems })
  }
  const outcome = await changeClass(req.school.db, req.member, one, read.row, req.now)
  if (outcome === "taken") return editing(req, res.status(422), one, labelTaken(read, read.row))
  res.flash("classes.changed", { class: read.row.label }).redirect(303, `/classes/${one.id}`)
}

const saidOf = (field: string, one: FoundClass) =>
  field === "form_teacher" && one.surname
    ? studentName({ surname: one.surname, given_names: one.given_names ?? "" })
    : typedOf(one)[field]

export async function deletePage(req: Request, res: Response) {
  const one = await classToChange(req)
  const contents = await contentsOf(req.school.db, one.id)
  res.page("classes/delete", { one, contents })
}

export async function remove(req: Request, res: Response) {
  const one = await classToChange(req)
  if (!(await deleteClass(req.school.db, req.member, one, req.now))) {
    throw new Refusal(409, `La classe ${one.label} n’est pas vide : elle ne peut pas être supprimée.`)
  }
  res.flash("classes.deleted", { class: one.label }).redirect(303, "/classes")
}
