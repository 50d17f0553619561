// School cards as PDF: made when they are asked for, since photos and classes change.
import type { Request, Response } from "express"
import { logoNamed } from "../../../documents/logo.ts"
import { renderInWorker } from "../../../documents/pool.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { findClass } from "../../classes/queries.ts"
import { studentFor, yearOf } from "../../people/pages/asking.ts"
import { studentsOfClass } from "../../people/queries.ts"
import { studentName } from "../../people/rules.ts"
import { viewer } from "../../people/scope.ts"
import { printedPhotos } from "../../photos/files.ts"
import { cardsOf } from "../cards.ts"
import type { StudentFacts } from "../content.ts"
import { sendPdf } from "../files.ts"

export async function ofClass(req: Request, res: Response) {
  const one = await findClass(req.school.db, viewer(req), rowNumber(req.params.class))
  if (!one) throw notFound()
  if (one.school_year_id !== yearOf(req).id) {
    throw new Refusal(409, "Les cartes sont celles de l’année en cours : cette classe est d’une autre année.")
  }
  const students = await studentsOfClass(req.school.db, one.id)
  if (students.length === 0)
    throw new Refusal(409, "Cette classe n’a pas encore d’élève : il n’y a pas de carte à imprimer.")
  await send(req, res, students, { className: one.label, name: one.label })
}

export async function ofStudent(req: Request, res: Response) {
  const student = await studentFor(req)
  if (!student.class_label) {
    throw new Refusal(
      409,
      "Cet élève n’a pas de classe cette année : choisissez-la avant d’imprimer sa carte.",
    )
  }
  await send(req, res, [student], { className: student.class_label, name: studentName(student) })
}

type Holder = Omit<StudentFacts, "nationality" | "father_name" | "mother_name">

async function send(
  req: Request,
  res: Response,
  students: readonly Holder[],
  { className, name }: { className: string; name: string },
) {
  const year = yearOf(req)
  const ids = students.map(({ id }) => id)
  const photos = await printedPhotos(req.school, ids)
  const cards = cardsOf(req.school, students, { className, year, photos })
  const title = `Cartes scolaires – ${name} – ${year.label}`
  const logo = await logoNamed(req.school.folder, req.school.settings.logo)
  const bytes = await renderInWorker("cards", {
    title,
    author: req.school.settings.name,
    createdAt: req.now.toISOString(),
    cards,
    ...(logo && { logo: logo.toString("base64") }),
  })
  sendPdf(res, bytes, `cartes-${name}.pdf`)
}
