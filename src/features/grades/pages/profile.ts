import type { Request, Response } from "express"
import type { Db } from "../../../db/index.ts"
import { type Problem, type ReadForm, refused } from "../../../web/form.ts"
import { describe } from "../description.ts"
import { presetForm } from "../forms.ts"
import { french } from "../fraction.ts"
import { presets } from "../presets.ts"
import { type GradingProfile, readProfile } from "../profile.ts"
import { profileFor } from "../profiles.ts"
import { categoriesInUse, chooseProfile, levelsOf, profilesOf, publicationsOf } from "../queries/profiles.ts"

/** The rules in force, in French; a choice of others while nothing has been published. */
export async function show(req: Request, res: Response) {
  await profilePage(req, res)
}

export async function choose(req: Request, res: Response) {
  const { year, db } = req.school
  if (!year) return profilePage(req, res)
  const levels = (await levelsOf(db, year.id)).map(({ code }) => code)
  const codes = presets.map(({ code }) => code)
  const form = await checked(req, year.id, presetForm(codes, levels).read(req.body))
  if (!form.ok) return profilePage(req, res.status(422), form)
  const { preset: code, level, reason } = form.values
  const preset = presets.find((one) => one.code === code) as (typeof presets)[number]
  const { label, config } = preset
  const chosen = { yearId: year.id, level, label, config: JSON.stringify(config), reason }
  const made = await chooseProfile(db, req.member, chosen, req.now.toISOString())
  if (made === "published") return profilePage(req, res.status(422), refused(form, "reason", REASON))
  res.flash("grades.profile_chosen", { label }).redirect(303, `/grading${level ? `?level=${level}` : ""}`)
}

type Values = { preset: string; level: string | null; reason: string | null }

/** Said where bulletins are out and the new rules come without a reason. */
export const REASON =
  "Des bulletins sont publiés : écrivez pourquoi le barème change. Ils gardent le leur ; le nouveau vaut pour la suite."

async function checked(req: Request, yearId: number, read: ReadForm<Values>): Promise<ReadForm<Values>> {
  if (!read.ok) return read
  const { preset, level } = read.values
  const config = readProfile(presets.find(({ code }) => code === preset)?.config)
  const clash = config.ok ? await clashOf(req.school.db, { yearId, level }, config.profile) : null
  return clash ? refused(read, "preset", clash.text) : read
}

/**
 * What of the year under way does not go with other rules: assessments of a category that they do not know, marks
 * published on another scale. Null when nothing stands against them.
 */
export async function clashOf(
  db: Db,
  { yearId, level }: { yearId: number; level: string | null },
  { categories, scale }: GradingProfile,
): Promise<Problem | null> {
  const lost = (await categoriesInUse(db, yearId, level)).find(
    ({ category }) => !categories.some(({ code }) => code === category),
  )
  if (lost) {
    const text = `Des évaluations (${lost.n}) sont de la catégorie « ${lost.category} », que ce barème ne connaît pas.`
    return { field: "categories-1-code", text }
  }
  if ((await publicationsOf(db, yearId, level)) === 0) return null
  const { max } = (await profileFor(db, yearId, level)).profile.scale
  if (Number(max) === Number(scale.max)) return null
  const text = `Des bulletins de l’année sont publiés sur ${french(max)} : la note la plus haute ne change plus avant l’an prochain.`
  return { field: "scale_max", text }
}

async function profilePage(req: Request, res: Response, form?: object) {
  const { year, db } = req.school
  if (!year) return res.page("grades/none")
  const levels = await levelsOf(db, year.id)
  const level = levels.find(({ code }) => code === req.query.level)?.code ?? null
  const inForce = await profileFor(db, year.id, level)
  const published = await publicationsOf(db, year.id, null)
  res.page("grades/profile", {
    inForce,
    lines: describe(inForce.profile),
    versions: await profilesOf(db, year.id),
    published,
    level,
    presets: presets.map(({ code, label }) => ({ value: code, label })),
    sources: presets,
    levels: levels.map(({ code, label }) => ({ value: code, label })),
    tabs: [
      { label: "École", path: "/grading", current: level === null },
      ...levels.map(({ code, label }) => ({
        label,
        path: `/grading?level=${code}`,
        current: level === code,
      })),
    ],
    ...(form ? { form } : {}),
  })
}
