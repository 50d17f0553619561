import type { Request, Response } from "express"
import { day } from "../../../web/fields.ts"
import { form, type Problem, typedIn } from "../../../web/form.ts"
import { date } from "../../../web/french.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { sha256 } from "../../../web/signing.ts"
import { classLabel } from "../../classes/naming.ts"
import { findClass, levelsOf } from "../../classes/queries.ts"
import { entryDay } from "../../people/pages/asking.ts"
import { viewer } from "../../people/scope.ts"
import { mergeClasses, type NewClass, Overtaken, splitClass } from "../queries/moving.ts"
import { marksIn, type Placed, rollOf, siblingsOf } from "../queries/places.ts"
import { runsAbout } from "../queries/runs.ts"
import { dealt, freeSections, isWay, MOST_PARTS, WAYS, type Way } from "../rules.ts"

const MEANWHILE =
  "La liste de la classe a changé pendant que vous la prépariez : la voici à jour. Rien n’a été écrit."

/** The class in the address, of the year under way: classes of another year are only read. */
async function classAsked(req: Request) {
  const one = await findClass(req.school.db, viewer(req), rowNumber(req.params.class))
  if (!one) throw notFound()
  if (one.school_year_id !== req.school.year?.id)
    throw new Refusal(409, `La classe ${one.label} est de l’année ${one.year_label}, qui n’est pas en cours.`)
  return one
}

type Asked = Awaited<ReturnType<typeof classAsked>>

export async function index(req: Request, res: Response) {
  const one = await classAsked(req)
  const siblings = (await siblingsOf(req.school.db, one)).filter(({ id }) => id !== one.id)
  res.page("placement/index", { one, siblings, runs: await runsAbout(req.school.db, one.id) })
}

const onForm = form({ on: day() })

/** The day typed, told when it has happened and not before anybody's entry into the class. */
function readDay(req: Request, moved: readonly Placed[]): { on: string; problems: Problem[] } {
  const read = onForm.read(req.body)
  if (!read.ok) return { on: "", problems: read.problems }
  const { on } = read.values
  const wrong = (text: string) => ({ on, problems: [{ field: "on", text }] })
  if (on > entryDay(req)) return wrong("Cette date n’est pas encore venue.")
  const late = moved.find(({ starts_on }) => starts_on > on)
  if (late)
    return wrong(
      `${late.surname} ${late.given_names} n’est dans sa classe que depuis le ${date(late.starts_on)} : choisissez ce jour ou un autre après.`,
    )
  return { on, problems: [] }
}

const seenOf = (roll: readonly Placed[]) =>
  sha256(roll.map(({ enrolment }) => enrolment).join(" ")).slice(0, 16)

export async function splitPage(req: Request, res: Response) {
  await splitting(req, res, await classAsked(req), partsIn(req.query.parts), wayIn(req.query.way))
}

const partsIn = (said: unknown) => Math.min(MOST_PARTS, Math.max(2, rowNumber(said)))
const wayIn = (said: unknown): Way => (typeof said === "string" && isWay(said) ? said : "sexes")

/** The classes that a split makes: the class itself, then the next free sections. */
async function sectionsOf(req: Request, one: Asked, parts: number): Promise<NewClass[]> {
  const { db } = req.school
  const taken = new Set((await siblingsOf(db, one)).map(({ section }) => section))
  const levels = (await levelsOf(db)).map((level) => ({ ...level, aliases: [] }))
  const label = (section: string) =>
    classLabel({ level: one.level_code, series: one.series_code, section }, { levels, series: [] })
  return freeSections(one.section, taken, parts - 1).map((section) => ({ section, label: label(section) }))
}

async function splitting(
  req: Request,
  res: Response,
  one: Asked,
  parts: number,
  way: Way,
  sent?: { problems: Problem[] },
) {
  const { db } = req.school
  const roll = await rollOf(db, [one.id])
  const places = [one.label, ...(await sectionsOf(req, one, parts)).map(({ label }) => label)]
  const typed = sent ? typedIn(req.body) : {}
  const usual = dealt(roll, parts, way)
  const rows = roll.map((student) => {
    const asked = typed[`to-${student.id}`]
    return { student, part: asked === undefined ? (usual.get(student.id) ?? 0) : partOf(asked, parts) }
  })
  const sizes = places.map((label, n) => {
    const own = rows.filter(({ part }) => part === n)
    return { label, size: own.length, girls: own.filter(({ student }) => student.sex === "F").length }
  })
  res.page("placement/split", {
    ...{ one, rows, places, sizes, parts, way, ways: Object.entries(WAYS), most: MOST_PARTS },
    seen: seenOf(roll),
    marks: await marksIn(db, [one.id]),
    form: { typed: { on: typed.on ?? date(entryDay(req)) }, problems: sent?.problems ?? [] },
  })
}

/** The part chosen for a student, from 0; -1 for anything else. */
const partOf = (said: string | undefined, parts: number) =>
  said !== undefined && /^\d$/.test(said) && Number(said) < parts ? Number(said) : -1

export async function split(req: Request, res: Response) {
  const { db } = req.school
  const one = await classAsked(req)
  const typed = typedIn(req.body)
  const [parts, way] = [partsIn(typed.parts), wayIn(typed.way)]
  const again = (problems: Problem[]) => splitting(req, res.status(422), one, parts, way, { problems })
  const roll = await rollOf(db, [one.id])
  if (typed.seen !== seenOf(roll)) return again([{ field: "", text: MEANWHILE }])
  const part = new Map(roll.map(({ id }) => [id, partOf(typed[`to-${id}`], parts)]))
  const problems = problemsIn(roll, part, parts)
  const moved = roll.filter(({ id }) => (part.get(id) ?? 0) > 0)
  const { on, problems: wrongDay } = readDay(req, moved)
  if (problems.length + wrongDay.length > 0) return again([...problems, ...wrongDay])
  const made = await sectionsOf(req, one, parts)
  const asked = made.map((section, n) => ({
    made: section,
    students: moved.filter(({ id }) => part.get(id) === n + 1),
  }))
  try {
    const run = await splitClass(db, req.member, { one, parts: asked }, { on, now: req.now })
    res
      .flash("placement.split", { n: moved.length, class: one.label })
      .redirect(303, `/placement/runs/${run}`)
  } catch (problem) {
    if (!(problem instanceof Overtaken)) throw problem
    return again([{ field: "", text: MEANWHILE }])
  }
}

function problemsIn(roll: readonly Placed[], part: ReadonlyMap<number, number>, parts: number): Problem[] {
  const lost = roll.find(({ id }) => part.get(id) === -1)
  if (lost) {
    const text = `Choisissez dans la liste la classe de ${lost.surname} ${lost.given_names}.`
    return [{ field: `to-${lost.id}`, text }]
  }
  const empty = Array.from({ length: parts }, (_, n) => n).some((n) => ![...part.values()].includes(n))
  return empty
    ? [
        {
          field: "",
          text: "Une des classes resterait vide : mettez-y des élèves, ou partagez en moins de classes.",
        },
      ]
    : []
}

export async function mergePage(req: Request, res: Response) {
  await merging(req, res, await classAsked(req), [])
}

async function merging(req: Request, res: Response, one: Asked, problems: Problem[]) {
  const { db } = req.school
  const siblings = (await siblingsOf(db, one)).filter(({ id }) => id !== one.id)
  const chosen = [req.body?.class ?? []].flat()
  const size = (await rollOf(db, [one.id])).length
  const counts = siblings.map(({ id }) => id)
  res.page("placement/merge", {
    ...{ one, siblings, chosen, size },
    seen: seenOf(await rollOf(db, counts)),
    marks: await marksIn(db, counts),
    form: { typed: { on: typedIn(req.body).on ?? date(entryDay(req)) }, problems },
  })
}

export async function merge(req: Request, res: Response) {
  const { db } = req.school
  const one = await classAsked(req)
  const siblings = (await siblingsOf(db, one)).filter(({ id }) => id !== one.id)
  const again = (field: string, text: string) => merging(req, res.status(422), one, [{ field, text }])
  const all = await rollOf(
    db,
    siblings.map(({ id }) => id),
  )
  if (typedIn(req.body).seen !== seenOf(all)) return again("", MEANWHILE)
  const asked = [req.body.class ?? []].flat().map(rowNumber)
  if (asked.some((id) => !siblings.some((sibling) => sibling.id === id))) throw notFound()
  const students = all.filter(({ class_id }) => asked.includes(class_id))
  if (students.length === 0) return again("class", "Choisissez au moins une classe qui a des élèves.")
  const { on, problems } = readDay(req, students)
  if (problems.length > 0) return merging(req, res.status(422), one, problems)
  try {
    const run = await mergeClasses(db, req.member, { one, students }, { on, now: req.now })
    res
      .flash("placement.merged", { n: students.length, class: one.label })
      .redirect(303, `/placement/runs/${run}`)
  } catch (problem) {
    if (!(problem instanceof Overtaken)) throw problem
    return again("", MEANWHILE)
  }
}
