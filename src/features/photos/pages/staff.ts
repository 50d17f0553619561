// The photo of a member of staff, as of a student.
import type { Request, Response } from "express"
import { type Problem, typedIn } from "../../../web/form.ts"
import { Refusal } from "../../../web/refusal.ts"
import { staffFor } from "../../people/pages/asking.ts"
import { studentName } from "../../people/rules.ts"
import { sendPhoto, takePhoto } from "../files.ts"
import { formerPhotoOf, removePhoto, restorePhoto, type Whose } from "../queries.ts"

const photoOf = ({ id }: { id: number }): Whose => ({ person: "staff", id })

export async function picture(req: Request, res: Response) {
  const staff = await staffFor(req)
  await sendPhoto(req, res, photoOf(staff), staff.photo)
}

export async function show(req: Request, res: Response) {
  await choosing(req, res, await staffFor(req), [])
}

type Staff = Awaited<ReturnType<typeof staffFor>>

async function choosing(req: Request, res: Response, staff: Staff, problems: Problem[]) {
  const former = await formerPhotoOf(req.school.db, photoOf(staff))
  res.page("photos/show", {
    ...{ person: staff, former, studentName, at: `/staff/${staff.id}` },
    form: { typed: {}, problems },
    trail: [{ label: "Personnel", path: "/staff" }],
  })
}

export async function keep(req: Request, res: Response) {
  const staff = await staffFor(req)
  const handed = { by: req.member, whose: photoOf(staff), bytes: req.file?.buffer, now: req.now }
  const problem = await takePhoto(req.school, handed)
  if (problem) return choosing(req, res.status(422), staff, [{ field: "photo", text: problem }])
  res.flash("photos.kept", { name: studentName(staff) }).redirect(303, `/staff/${staff.id}`)
}

export async function removePage(req: Request, res: Response) {
  const staff = await staffFor(req)
  if (!staff.photo) throw new Refusal(409, "Cette personne n’a pas de photo.")
  res.page("photos/remove", { person: staff, studentName, at: `/staff/${staff.id}` })
}

export async function remove(req: Request, res: Response) {
  const staff = await staffFor(req)
  if (!(await removePhoto(req.school.db, req.member, photoOf(staff), req.now)))
    throw new Refusal(409, "Cette personne n’a pas de photo.")
  res.flash("photos.removed", { name: studentName(staff) }).redirect(303, `/staff/${staff.id}/photo`)
}

export async function restore(req: Request, res: Response) {
  const staff = await staffFor(req)
  const name = typedIn(req.body).name ?? ""
  if (!(await restorePhoto(req.school.db, req.member, photoOf(staff), name, req.now)))
    throw new Refusal(409, "Cette photo n’est plus sur le serveur : choisissez-en une autre.")
  res.flash("photos.restored", { name: studentName(staff) }).redirect(303, `/staff/${staff.id}`)
}
