// The photos of a class: who has one, who has none, one taken after the other, all of them on paper.
import type { Request, Response } from "express"
import type { Problem } from "../../../web/form.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { findClass } from "../../classes/queries.ts"
import { studentsOfClass } from "../../people/queries.ts"
import { studentName } from "../../people/rules.ts"
import { viewer } from "../../people/scope.ts"
import { classesWithPhotos } from "../queries.ts"
import { nextWithout } from "../rules.ts"

async function classFor(req: Request) {
  const one = await findClass(req.school.db, viewer(req), rowNumber(req.params.class))
  if (!one) throw notFound()
  return one
}

export async function index(req: Request, res: Response) {
  const { db, year } = req.school
  const classes = await classesWithPhotos(db, viewer(req), year?.id ?? 0)
  const counted = classes.map((one) => ({ ...one, size: Number(one.size), taken: Number(one.taken) }))
  const sum = (of: "size" | "taken") => counted.reduce((total, one) => total + one[of], 0)
  res.page("photos/index", { classes: counted, size: sum("size"), taken: sum("taken") })
}

async function faces(req: Request) {
  const one = await classFor(req)
  const students = await studentsOfClass(req.school.db, one.id)
  return { one, students, without: students.filter(({ photo }) => !photo).length, studentName }
}

export async function show(req: Request, res: Response) {
  res.page("photos/class", await faces(req))
}

export async function printed(req: Request, res: Response) {
  res.page("photos/print", { layout: "print", ...(await faces(req)) })
}

/** The next student without a photo, made for a phone in the courtyard. */
export async function take(req: Request, res: Response) {
  const one = await classFor(req)
  const students = await studentsOfClass(req.school.db, one.id)
  if (students.length === 0) throw new Refusal(409, "Cette classe n’a pas encore d’élève à photographier.")
  const after = rowNumber(req.query.after)
  const student = nextWithout(students, after)
  const without = students.filter(({ photo }) => !photo).length
  res.page("photos/take", { one, student, without, total: students.length, studentName })
}

type Taking = {
  one: { id: number; label: string }
  student: { id: number; surname: string; given_names: string; matricule: string | null }
  problems: Problem[]
}

/** The same page again, for a student whose picture could not be used. */
export async function takePage(req: Request, res: Response, { one, student, problems }: Taking) {
  const students = await studentsOfClass(req.school.db, one.id)
  const without = students.filter(({ photo }) => !photo).length
  const form = { typed: {}, problems }
  res.page("photos/take", { one, student, without, total: students.length, studentName, form })
}
