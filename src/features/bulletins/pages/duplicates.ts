// Another copy of a bulletin that was lost: asked with a reason, counted, and marked as what it is.
import type { Request, Response } from "express"
import { renderInWorker } from "../../../documents/pool.ts"
import { line } from "../../../web/fields.ts"
import { form } from "../../../web/form.ts"
import { date, today } from "../../../web/french.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import type { BulletinData } from "../contract.ts"
import { modelOf } from "../model.ts"
import { withPictures } from "../pictures.ts"
import { bulletinCopied, countDuplicate, duplicateById, duplicatesOf } from "../queries/duplicates.ts"
import { followsClass } from "./asked.ts"

const duplicateForm = form({ reason: line(200) })

async function bulletinFor(req: Request) {
  const bulletin = await bulletinCopied(req.school.db, rowNumber(req.params.bulletin))
  if (!bulletin || !(await followsClass(req, bulletin.class_id))) throw notFound()
  return bulletin
}

export async function show(req: Request, res: Response) {
  await duplicatePage(req, res)
}

async function duplicatePage(req: Request, res: Response, form?: object) {
  const bulletin = await bulletinFor(req)
  const { student } = JSON.parse(bulletin.content) as BulletinData
  res.page("bulletins/duplicate", {
    bulletin,
    student,
    replaced: bulletin.version !== bulletin.newest,
    duplicates: await duplicatesOf(req.school.db, bulletin.id),
    ...(form ? { form } : {}),
  })
}

export async function make(req: Request, res: Response) {
  const bulletin = await bulletinFor(req)
  const read = duplicateForm.read(req.body)
  if (!read.ok) return duplicatePage(req, res.status(422), read)
  if (bulletin.version !== bulletin.newest) {
    throw new Refusal(409, "Ce bulletin a été remplacé par une nouvelle version : copiez celle-là.")
  }
  const { reason } = read.values
  const asked = { bulletinId: bulletin.id, reason }
  const number = await countDuplicate(req.school.db, req.member, asked, req.now.toISOString())
  res.flash("bulletins.duplicated", { number }).redirect(303, `/bulletin/${bulletin.id}/duplicate`)
}

/** The file of a duplicate that was counted. */
export async function paper(req: Request, res: Response) {
  const made = await duplicateById(req.school.db, rowNumber(req.params.duplicate))
  if (!made || !(await followsClass(req, made.class_id))) throw notFound()
  const content = JSON.parse(made.content) as BulletinData
  const order = await withPictures(req.school, [{ studentId: made.student_id, content }])
  const on = date(today(new Date(made.made_at), req.school.settings.timeZone))
  const duplicate = { number: made.number, on }
  const look = { layout: "single" as const, economy: modelOf(content).economy }
  const bytes = await renderInWorker("bulletins", { ...order, ...look, duplicate })
  res.setHeader("Cache-Control", "private, no-store")
  res.setHeader(
    "Content-Disposition",
    `inline; filename="bulletin-${made.code}-duplicata-${made.number}.pdf"`,
  )
  res.type("application/pdf").send(Buffer.from(bytes))
}
