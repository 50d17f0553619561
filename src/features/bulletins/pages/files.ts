import type { Request, Response } from "express"
import { inBackground } from "../../../school.ts"
import { choice } from "../../../web/fields.ts"
import { form } from "../../../web/form.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import type { BulletinLayout } from "../contract.ts"
import { askFiles, makeFiles, sendFile, sendStudentFile } from "../files.ts"
import { fileById } from "../queries/files.ts"
import { bulletinById, bulletinsOf, lastPublicationOf } from "../queries/publications.ts"
import { classPeriodAsked, followsClass } from "./asked.ts"

/** How a class's file may be asked for: « double-economy ». */
const LOOKS = ["single", "double", "single-economy", "double-economy"] as const
const fileForm = form({ look: choice(LOOKS) })

/** Asks for the class's file in another layout, or in economy; made in the background. */
export async function ask(req: Request, res: Response) {
  const { schoolClass, period, of } = await classPeriodAsked(req)
  const { db } = req.school
  const newest = await lastPublicationOf(db, of.classId, of.periodId)
  if (!newest) throw notFound()
  const read = fileForm.read(req.body)
  if (!read.ok) throw new Refusal(400, "Choisissez comment imprimer les bulletins, dans la liste.")
  const [layout, ink] = read.values.look.split("-") as [BulletinLayout, string?]
  const pages = (await bulletinsOf(db, newest.id)).length
  await askFiles(
    db,
    [{ publicationId: newest.id, studentId: null, layout, economy: ink === "economy", pages }],
    req.member.id,
    req.now.toISOString(),
  )
  inBackground(req.school, makeFiles(req.school, req.now))
  res.flash("bulletins.file_asked").redirect(303, `/bulletins/${schoolClass.id}/${period.id}`)
}

export async function show(req: Request, res: Response) {
  const { db } = req.school
  const file = await fileById(db, rowNumber(req.params.bulletinFile))
  if (!file || file.student_id !== null || !(await followsClass(req, file.class_id))) throw notFound()
  const only = file.only_changed ? "-changes" : ""
  const copies = `${file.layout === "double" ? "-2-exemplaires" : ""}${only}${file.economy ? "-economie" : ""}`
  const name = `bulletins-${file.label}-${file.code}-v${file.version}${copies}.pdf`.replace(/[^\w.-]+/g, "-")
  await sendFile(req, res, file, name)
}

/** One student's bulletin for the school. */
export async function student(req: Request, res: Response) {
  const { db } = req.school
  const bulletin = await bulletinById(db, rowNumber(req.params.bulletin))
  if (!bulletin || !(await followsClass(req, bulletin.class_id))) throw notFound()
  await sendStudentFile(req, res, bulletin.id, `bulletin-${bulletin.code}.pdf`)
}
