// One student's photo: seen, chosen, removed, taken back.
import type { Request, Response } from "express"
import { type Problem, typedIn } from "../../../web/form.ts"
import { Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { findClass } from "../../classes/queries.ts"
import { studentFor } from "../../people/pages/asking.ts"
import { studentName } from "../../people/rules.ts"
import { viewer } from "../../people/scope.ts"
import { sendPhoto, takePhoto } from "../files.ts"
import { formerPhotoOf, removePhoto, restorePhoto, type Whose } from "../queries.ts"
import { takePage } from "./classes.ts"

const photoOf = ({ id }: { id: number }): Whose => ({ person: "student", id })

export async function picture(req: Request, res: Response) {
  const student = await studentFor(req)
  await sendPhoto(req, res, photoOf(student), student.photo)
}

export async function show(req: Request, res: Response) {
  await choosing(req, res, await studentFor(req), [])
}

type Student = Awaited<ReturnType<typeof studentFor>>

async function choosing(req: Request, res: Response, student: Student, problems: Problem[]) {
  const former = await formerPhotoOf(req.school.db, photoOf(student))
  res.page("photos/show", {
    ...{ person: student, former, studentName, at: `/students/${student.id}` },
    form: { typed: {}, problems },
    trail: [{ label: "Élèves", path: "/students" }],
  })
}

/** From the card, or from the photos of a class taken one after the other: then on to the next student. */
export async function keep(req: Request, res: Response) {
  const student = await studentFor(req)
  const inRow = rowNumber(typedIn(req.body).class)
  const one = inRow ? await findClass(req.school.db, viewer(req), inRow) : null
  const handed = { by: req.member, whose: photoOf(student), bytes: req.file?.buffer, now: req.now }
  const problem = await takePhoto(req.school, handed)
  if (problem) {
    const problems = [{ field: "photo", text: problem }]
    res.status(422)
    return one ? takePage(req, res, { one, student, problems }) : choosing(req, res, student, problems)
  }
  res.flash("photos.kept", { name: studentName(student) })
  res.redirect(303, one ? `/classes/${one.id}/photos/take?after=${student.id}` : `/students/${student.id}`)
}

export async function removePage(req: Request, res: Response) {
  const student = await studentFor(req)
  if (!student.photo) throw new Refusal(409, "Cet élève n’a pas de photo.")
  res.page("photos/remove", { person: student, studentName, at: `/students/${student.id}` })
}

export async function remove(req: Request, res: Response) {
  const student = await studentFor(req)
  if (!(await removePhoto(req.school.db, req.member, photoOf(student), req.now)))
    throw new Refusal(409, "Cet élève n’a pas de photo.")
  res.flash("photos.removed", { name: studentName(student) }).redirect(303, `/students/${student.id}/photo`)
}

export async function restore(req: Request, res: Response) {
  const student = await studentFor(req)
  const name = typedIn(req.body).name ?? ""
  if (!(await restorePhoto(req.school.db, req.member, photoOf(student), name, req.now)))
    throw new Refusal(409, "Cette photo n’est plus sur le serveur : choisissez-en une autre.")
  res.flash("photos.restored", { name: studentName(student) }).redirect(303, `/students/${student.id}`)
}
