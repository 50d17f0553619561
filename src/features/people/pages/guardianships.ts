// The guardians of one student: found or made, linked, changed, unlinked.
import type { Request, Response } from "express"
import { refused } from "../../../web/form.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { t } from "../../../web/strings.ts"
import { LANGUAGES, LINKS, MONEY_PHONES } from "../choices.ts"
import { linkForm, newGuardianForm, shortLinkForm } from "../forms.ts"
import { phoneText } from "../phone.ts"
import { addGuardian, guardiansOf, listGuardians, sameGuardian } from "../queries/guardians.ts"
import { linkGuardian, unlinkGuardian } from "../queries/guardianships.ts"
import type { FoundStudent } from "../queries/students.ts"
import { searchTerms, studentName } from "../rules.ts"
import { viewer } from "../scope.ts"
import { guardianFor, planFor, studentFor } from "./asking.ts"

const MEANWHILE =
  "Ce lien a été changé entre-temps, par quelqu’un d’autre ou dans un autre onglet. Ouvrez-le de nouveau : rien n’a été enregistré."
const MOST_FOUND = 20
const FIRST = {
  informed: "1",
  link: "",
  language: "fr",
  sms_consent: "unasked",
  email_consent: "unasked",
  whatsapp_consent: "unasked",
}

/** Guardians found by name or number to link, and below them the form of a new one. */
export async function newPage(req: Request, res: Response) {
  await adding(req, res, await studentFor(req), { typed: FIRST, problems: [] })
}

async function adding(req: Request, res: Response, student: FoundStudent, form: object, extra: object = {}) {
  const q = String(req.query.q ?? "").slice(0, 100)
  const terms = searchTerms(q)
  const asked = { terms, consent: "", page: 1, size: MOST_FOUND } as const
  const found =
    terms.length > 0 ? await listGuardians(req.school.db, viewer(req), asked) : { guardians: [], total: 0 }
  const had = new Set((await guardiansOf(req.school.db, student.id)).map(({ id }) => id))
  const phone = (e164: string | null) => phoneText(e164, planFor(req))
  res.page("people/guardian_new", {
    student,
    ...found,
    had,
    q,
    form,
    phone,
    links: LINKS,
    languages: LANGUAGES,
    moneyPhones: MONEY_PHONES,
    studentName,
    ...extra,
  })
}

export async function create(req: Request, res: Response) {
  const { db } = req.school
  const student = await studentFor(req)
  const read = newGuardianForm(planFor(req)).read(req.body)
  if (!read.ok) return adding(req, res.status(422), student, read)
  const { link, informed, lives_with, confirmed, ...row } = read.values
  const same = confirmed ? undefined : await sameGuardian(db, row)
  if (same) return adding(req, res.status(422), student, { ...read, problems: [] }, { same })
  await addGuardian(db, req.member, row, { ...childOf(student), link, informed, lives_with }, req.now)
  res.flash("people.guardian_added", { name: row.name }).redirect(303, `/students/${student.id}`)
}

const childOf = (student: FoundStudent) => ({ studentId: student.id, studentName: studentName(student) })

/** Links a guardian who is in the school's files already, from the list where the guardian was found. */
export async function link(req: Request, res: Response) {
  if (req.body.was !== undefined) return changeLink(req, res)
  const student = await studentFor(req)
  const guardian = await guardianFor(req)
  const read = shortLinkForm.read(req.body)
  if (!read.ok) {
    return adding(req, res.status(422), student, refused(read, "link", "Choisissez le lien avec l’élève."))
  }
  await linkGuardian(req.school.db, req.member, guardian, { ...childOf(student), ...read.values }, req.now)
  res.flash("people.guardian_linked", { name: guardian.name, note: "" })
  res.redirect(303, `/students/${student.id}`)
}

type LinkedGuardian = Awaited<ReturnType<typeof guardiansOf>>[number]

/** How a link stands: what its page sends along, so that nobody undoes unseen what somebody else decided meanwhile. */
const standing = ({ link, informed, may_see, lives_with }: LinkedGuardian) =>
  [link, informed, may_see, lives_with ?? ""].join(".")

/** The whole link, from its own page. */
async function changeLink(req: Request, res: Response) {
  const { student, guardian } = await linked(req)
  if (String(req.body.was) !== standing(guardian)) throw new Refusal(409, MEANWHILE)
  const read = linkForm.read(req.body)
  if (!read.ok) return linkedPage(res.status(422), student, guardian, read)
  const { unseen, unseen_reason, ...said } = read.values
  if (unseen && !unseen_reason) {
    const asked = "Écrivez pourquoi : décision de justice, demande de la famille…"
    return linkedPage(res.status(422), student, guardian, refused(read, "unseen_reason", asked))
  }
  const child = { ...said, may_see: !unseen, unseen_reason: unseen ? unseen_reason : null }
  const stopped = await linkGuardian(
    req.school.db,
    req.member,
    guardian,
    { ...childOf(student), ...child },
    req.now,
  )
  const note = stopped > 0 ? ` ${t("people.messages_stopped", { n: stopped })}` : ""
  res.flash("people.guardian_linked", { name: guardian.name, note })
  res.redirect(303, `/students/${student.id}`)
}

/** The link between a guardian and a student: what it is, whether news is sent, or to take it away. */
export async function linkPage(req: Request, res: Response) {
  const { student, guardian } = await linked(req)
  const typed = {
    link: guardian.link,
    informed: guardian.informed ? "1" : "",
    lives_with: guardian.lives_with === null ? "" : guardian.lives_with ? "yes" : "no",
    unseen: guardian.may_see ? "" : "1",
    unseen_reason: guardian.unseen_reason ?? "",
  }
  linkedPage(res, student, guardian, { typed, problems: [] })
}

const linkedPage = (res: Response, student: FoundStudent, guardian: LinkedGuardian, form: object) =>
  res.page("people/guardianship", {
    student,
    guardian,
    was: standing(guardian),
    links: LINKS,
    studentName,
    form,
  })

async function linked(req: Request) {
  const student = await studentFor(req)
  const { id } = await guardianFor(req)
  const guardian = (await guardiansOf(req.school.db, student.id)).find((one) => one.id === id)
  if (!guardian) throw notFound()
  return { student, guardian }
}

export async function unlink(req: Request, res: Response) {
  const { student, guardian } = await linked(req)
  await unlinkGuardian(req.school.db, req.member, guardian, childOf(student), req.now)
  res.flash("people.guardian_unlinked", { name: guardian.name }).redirect(303, `/students/${student.id}`)
}
