// The editor of a grading profile, with an example worked out as one types.
import type { Request, Response } from "express"
import { type Problem, typedIn } from "../../../web/form.ts"
import { yearOf } from "../../people/pages/asking.ts"
import { profileForm } from "../forms.ts"
import { exampleMarks, exampleOf } from "../profileExample.ts"
import { profileFor, type StoredProfile } from "../profiles.ts"
import { LISTS, profileFrom, rowsOf, typedOf } from "../profileTyped.ts"
import { chooseProfile, levelsOf, profilesOf, publicationsOf } from "../queries/profiles.ts"
import { clashOf, REASON } from "./profile.ts"

/** Fields that a form of this page has and its address has not, until something is typed. */
const sentHere = (typed: Record<string, string>) => typed.scale_max !== undefined

/** The rules in force, to be changed; of a form typed so far (in the address), the example it makes. */
export async function show(req: Request, res: Response) {
  const asked = typedIn(req.query)
  const place = await placeOf(req, asked.level)
  const typed = sentHere(asked) ? asked : begun(place.inForce)
  await editorPage(req, res, { ...place, typed, problems: [] })
}

const begun = (inForce: StoredProfile): Record<string, string> => ({
  label: inForce.label,
  ...typedOf(inForce.profile),
  ...exampleMarks(inForce.profile),
})

export async function save(req: Request, res: Response) {
  const { db } = req.school
  const typed = typedIn(req.body)
  const place = await placeOf(req, typed.level)
  const named = profileForm.read(typed)
  const made = profileFrom(typed, place.inForce.profile)
  const clash = made.ok ? await clashOf(db, place, made.profile) : null
  const problems = [...named.problems, ...(made.ok ? [] : made.problems), ...(clash ? [clash] : [])]
  if (!named.ok || !made.ok || problems.length > 0)
    return editorPage(req, res.status(422), { ...place, typed, problems })
  const { label, reason, seen } = named.values
  const chosen = { ...place, label, reason, seen, config: JSON.stringify(made.profile) }
  const version = await chooseProfile(db, req.member, chosen, req.now.toISOString())
  if (typeof version === "number") {
    const to = place.level ? `/grading?level=${place.level}` : "/grading"
    return res.flash("grades.profile_kept", { label, version }).redirect(303, to)
  }
  const problem =
    version === "published"
      ? { field: "reason", text: REASON }
      : {
          field: "label",
          text: "Une autre version a été enregistrée entre-temps : comparez-la avec la vôtre.",
        }
  await editorPage(req, res.status(422), { ...place, typed, problems: [problem] })
}

type Place = { yearId: number; level: string | null; levelLabel: string | null; inForce: StoredProfile }

/** The year under way and the level asked for, with the rules it has now. */
async function placeOf(req: Request, asked: string | undefined): Promise<Place> {
  const { db } = req.school
  const year = yearOf(req)
  const level = (await levelsOf(db, year.id)).find(({ code }) => code === asked)
  const inForce = await profileFor(db, year.id, level?.code ?? null)
  return { yearId: year.id, level: level?.code ?? null, levelLabel: level?.label ?? null, inForce }
}

type Editor = Place & { typed: Record<string, string>; problems: Problem[] }

async function editorPage(req: Request, res: Response, { typed, problems, ...place }: Editor) {
  const { db } = req.school
  const made = profileFrom(typed, place.inForce.profile)
  const example = exampleOf(made.ok ? made.profile : place.inForce.profile, typed)
  const versions = await profilesOf(db, place.yearId)
  res.page("grades/profile_edit", {
    ...place,
    form: { typed, problems: [...problems, ...example.problems] },
    lists: LISTS.map((list) => ({ ...list, rows: rowsOf(typed, list) })),
    categories: (made.ok ? made.profile : place.inForce.profile).categories,
    example,
    unreadable: made.ok ? null : made.problems[0]?.text,
    newest: Math.max(
      0,
      ...versions.filter((one) => one.level_code === place.level).map((one) => one.version),
    ),
    published: await publicationsOf(db, place.yearId, place.level),
  })
}
