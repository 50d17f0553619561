// The editor of a bulletin's model, with a real student's bulletin beside it as one types.
import { gzipSync } from "node:zlib"
import type { Request, Response } from "express"
import { renderInWorker } from "../../../documents/pool.ts"
import { type Problem, typedIn } from "../../../web/form.ts"
import { today } from "../../../web/french.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { levelsOf } from "../../grades/queries/profiles.ts"
import { viewer } from "../../people/scope.ts"
import { bulletinNow } from "../draft.ts"
import { DEFAULT_MODEL } from "../model.ts"
import { CHOICES, placeForm, readModel, typedOf } from "../modelForm.ts"
import { withPictures } from "../pictures.ts"
import { classesOf, keepModel, modelFor, modelsOf, rollOf, type StoredModel } from "../queries/models.ts"
import { classIdsFollowed } from "../queries/periods.ts"

type Typed = Record<string, string>

/** Fields that a form of this page has and its address has not, until something is typed. */
const sentHere = (typed: Typed) => typed.layout !== undefined

/** The model in force, to be changed; of a form typed so far (in the address), the bulletin it makes. */
export async function edit(req: Request, res: Response) {
  const asked = typedIn(req.query)
  const place = await placeOf(req, asked.level)
  const typed = sentHere(asked) ? asked : { ...asked, ...typedOf(place.stored.model ?? DEFAULT_MODEL) }
  await editorPage(req, res, place, { typed, problems: readModel(typed).problems })
}

export async function save(req: Request, res: Response) {
  const typed = typedIn(req.body)
  const place = await placeOf(req, typed.level)
  const [at, read] = [placeForm.read(typed), readModel(typed)]
  if (!at.ok || !read.ok) return editorPage(req, res.status(422), place, read)
  const kept = { yearId: place.yearId, level: place.level, seen: at.values.seen, model: read.values }
  const version = await keepModel(req.school.db, req.member, kept, req.now.toISOString())
  if (version === "changed") {
    const problems = [{ field: "title", text: CHANGED }]
    return editorPage(req, res.status(422), place, { typed, problems })
  }
  res.flash("bulletins.model_kept", { version }).redirect(303, addressOf(place.level, typed))
}

/** A level follows the school's model again; the school, the one that the program brings. */
export async function inherit(req: Request, res: Response) {
  const typed = typedIn(req.body)
  const place = await placeOf(req, typed.level)
  const read = placeForm.read(typed)
  const seen = read.ok ? read.values.seen : -1
  const kept = { yearId: place.yearId, level: place.level, seen, model: null }
  const version = await keepModel(req.school.db, req.member, kept, req.now.toISOString())
  if (version === "changed") throw new Refusal(409, CHANGED)
  res.flash("bulletins.model_given_up").redirect(303, addressOf(place.level, {}))
}

const CHANGED =
  "Une autre version de ce modèle a été enregistrée entre-temps. Rechargez la page pour la voir."

/** The bulletin that the form in the address makes, as a picture. */
export async function picture(req: Request, res: Response) {
  const order = await previewOf(req)
  const svg = await renderInWorker("bulletinPicture", order)
  res.setHeader("Cache-Control", "private, no-store")
  res.setHeader("Content-Type", "image/svg+xml; charset=utf-8")
  if (!/\bgzip\b/.test(String(req.headers["accept-encoding"] ?? ""))) return res.send(svg)
  res.setHeader("Content-Encoding", "gzip")
  res.send(gzipSync(svg))
}

/** The same on paper. */
export async function paper(req: Request, res: Response) {
  const bytes = await renderInWorker("bulletins", await previewOf(req))
  res.setHeader("Cache-Control", "private, no-store")
  res.setHeader("Content-Disposition", 'inline; filename="bulletin-specimen.pdf"')
  res.type("application/pdf").send(Buffer.from(bytes))
}

async function previewOf(req: Request) {
  const typed = typedIn(req.query)
  const place = await placeOf(req, typed.level)
  const read = readModel(typed)
  const model = read.ok ? read.values : (place.stored.model ?? DEFAULT_MODEL)
  const { period, classes, students, student } = await sampleOf(req, place, typed)
  const chosen = students.find(({ id }) => id === student)
  if (!period || !chosen) throw notFound()
  const of = { classId: classes.chosen, periodId: period.id, studentId: chosen.id, model }
  const content = await bulletinNow(req.school.db, req.school, { ...of, at: req.now.toISOString() })
  if (!content) throw notFound()
  const specimen = { ...content, publicCode: "–", verifyUrl: `${req.school.origin}/b` }
  const printable = await withPictures(req.school, [{ studentId: chosen.id, content: specimen }])
  return { ...printable, layout: model.layout, economy: model.economy, specimen: true }
}

type Place = {
  yearId: number
  level: string | null
  levels: { code: string; label: string }[]
  stored: StoredModel
}

async function placeOf(req: Request, asked: string | undefined): Promise<Place> {
  const { db, year } = req.school
  if (!year) {
    throw new Refusal(
      409,
      "Aucune année scolaire n’est ouverte : créez-la d’abord dans les réglages de l’école.",
    )
  }
  const levels = await levelsOf(db, year.id)
  const level = levels.find(({ code }) => code === asked)?.code ?? null
  return { yearId: year.id, level, levels, stored: await modelFor(db, year.id, level) }
}

/** Whose bulletin is shown: of the classes that this person follows, in the level that the model is for. */
async function sampleOf(req: Request, { yearId, level }: Place, typed: Typed) {
  const { db, year, settings } = req.school
  const day = today(req.now, settings.timeZone)
  const periods = year?.periods ?? []
  const period =
    periods.find(({ id }) => id === rowNumber(typed.period)) ??
    periods.find(({ ends_on }) => ends_on >= day) ??
    periods.at(-1)
  const followed = await classesOf(db, yearId, await classIdsFollowed(db, viewer(req)))
  const all = followed.filter(({ level_code }) => level === null || level_code === level)
  const chosen = all.find(({ id }) => id === rowNumber(typed.class)) ?? all[0]
  const students = chosen && period ? await rollOf(db, chosen.id, period) : []
  const student = students.find(({ id }) => id === rowNumber(typed.student)) ?? students[0]
  return { periods, period, classes: { all, chosen: chosen?.id ?? 0 }, students, student: student?.id ?? 0 }
}

/** What of a form belongs in an address: nothing of its numbers. */
const sent = (typed: Typed) =>
  new URLSearchParams(Object.entries(typed).filter(([name]) => !name.startsWith("_") && name !== "seen"))

const addressOf = (level: string | null, { class: one, student, period }: Typed) => {
  const said = Object.entries({ level, class: one, student, period }).filter(([, value]) => value)
  const query = new URLSearchParams(said as [string, string][]).toString()
  return `/bulletins/models${query ? `?${query}` : ""}`
}

async function editorPage(
  req: Request,
  res: Response,
  place: Place,
  form: { typed: Typed; problems: Problem[] },
) {
  const { level, levels, stored } = place
  const { settings } = req.school
  const sample = await sampleOf(req, place, form.typed)
  const preview = sent({
    ...form.typed,
    level: level ?? "",
    class: String(sample.classes.chosen),
    student: String(sample.student),
    period: String(sample.period?.id ?? ""),
  })
  res.page("bulletins/models", {
    level,
    levelLabel: levels.find(({ code }) => code === level)?.label ?? null,
    own: stored.model !== null && stored.from === level,
    seen: form.typed.seen ?? stored.version,
    form,
    choices: CHOICES,
    head: [settings.headTitle, settings.headName].filter(Boolean).join(", "),
    sample,
    preview: preview.toString(),
    versions: await modelsOf(req.school.db, place.yearId),
    tabs: [
      { label: "École", path: "/bulletins/models", current: level === null },
      ...levels.map(({ code, label }) => ({
        label,
        path: `/bulletins/models?level=${encodeURIComponent(code)}`,
        current: code === level,
      })),
    ],
  })
}
