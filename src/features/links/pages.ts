// The school's side: which links a student's family was sent, who opened them, close one, make another.
import type { Request, Response } from "express"
import { record } from "../../audit.ts"
import { tx } from "../../db/index.ts"
import { notFound } from "../../web/refusal.ts"
import { rowNumber } from "../../web/rowNumber.ts"
import { studentsSeenBy, viewer } from "../people/scope.ts"
import { guardiansOf, linksOf, linkUrl, makeLinks, openingsOf, revokeLink } from "./queries.ts"

async function studentAsked(req: Request) {
  const student = await studentsSeenBy(req.school.db, viewer(req))
    .select([
      "student.id",
      "student.surname",
      "student.given_names",
      "student.matricule",
      "student.birth_date",
    ])
    .where("student.id", "=", rowNumber(req.params.student))
    .executeTakeFirst()
  if (!student) throw notFound()
  return student
}

export async function index(req: Request, res: Response) {
  const student = await studentAsked(req)
  const { db } = req.school
  const now = req.now.toISOString()
  const links = (await linksOf(db, student.id)).map((link) => ({
    ...link,
    closed: link.revoked_at !== null || link.still_guardian === null,
    open: link.revoked_at === null && link.still_guardian !== null && link.expires_at > now,
    url: linkUrl(req.school, link.id),
  }))
  const [guardians, openings] = [await guardiansOf(db, student.id), await openingsOf(db, student.id)]
  res.page("links/index", { student, links, guardians, openings })
}

export async function make(req: Request, res: Response) {
  const student = await studentAsked(req)
  const asked = rowNumber(req.body.guardian)
  const guardian = (await guardiansOf(req.school.db, student.id)).find(({ id }) => id === asked)
  if (!guardian) throw notFound()
  await tx(req.school.db, async (trx) => {
    const [id = 0] = await makeLinks(
      trx,
      req.school,
      [{ guardian_id: guardian.id, student_id: student.id }],
      req.now,
    )
    const change = { subject: "page_link", subjectId: id, action: "create", after: { guardian: guardian.id } }
    await record(trx, req.member, change, req.now.toISOString())
  })
  res.flash("links.made").redirect(303, `/students/${student.id}/links`)
}

export async function revoke(req: Request, res: Response) {
  const student = await studentAsked(req)
  const asked = rowNumber(req.params.pageLink)
  const link = (await linksOf(req.school.db, student.id)).find(({ id }) => id === asked)
  if (!link) throw notFound()
  const at = req.now.toISOString()
  await tx(req.school.db, async (trx) => {
    await revokeLink(trx, link.id, req.member.id, at)
    await record(trx, req.member, { subject: "page_link", subjectId: link.id, action: "revoke" }, at)
  })
  res.flash("links.revoked").redirect(303, `/students/${student.id}/links`)
}
