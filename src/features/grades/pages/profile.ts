import type { Request, Response } from "express"
import { type ReadForm, refused } from "../../../web/form.ts"
import { describe } from "../description.ts"
import { profileForm } from "../forms.ts"
import { presets } from "../presets.ts"
import { readProfile } from "../profile.ts"
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
  const form = await checked(req, year.id, profileForm(codes, levels).read(req.body))
  if (!form.ok) return profilePage(req, res.status(422), form)
  const { preset: code, level, reason } = form.values
  const preset = presets.find((one) => one.code === code) as (typeof presets)[number]
  const { label, config } = preset
  const chosen = { yearId: year.id, level, label, config: JSON.stringify(config), reason }
  await chooseProfile(db, req.member, chosen, req.now.toISOString())
  res.flash("grades.profile_chosen", { label }).redirect(303, `/grading${level ? `?level=${level}` : ""}`)
}

type Values = { preset: string; level: string | null; reason: string | null }

/** Refused once a bulletin is out, and where marks are of a category that the new rules do not know. */
async function checked(req: Request, yearId: number, read: ReadForm<Values>): Promise<ReadForm<Values>> {
  if (!read.ok) return read
  const { db } = req.school
  const { preset, level } = read.values
  if ((await publicationsOf(db, yearId, level)) > 0) {
    return refused(read, "preset", "Un bulletin est déjà publié : le barème de l’année ne change plus.")
  }
  const config = readProfile(presets.find(({ code }) => code === preset)?.config)
  const known = config.ok ? config.profile.categories.map(({ code }) => code) : []
  const lost = (await categoriesInUse(db, yearId, level)).find(({ category }) => !known.includes(category))
  if (!lost) return read
  const sentence = `Des évaluations (${lost.n}) sont de la catégorie « ${lost.category} », que ce barème ne connaît pas.`
  return refused(read, "preset", sentence)
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
