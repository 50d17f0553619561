// A student's papers: what was issued, and the next one, read before it is issued.
import type { Request, Response } from "express"
import { inBackground } from "../../../school.ts"
import { readDay } from "../../../web/fields.ts"
import { refused, typedIn } from "../../../web/form.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { studentFor, todayFor, yearOf } from "../../people/pages/asking.ts"
import { studentName } from "../../people/rules.ts"
import { viewer } from "../../people/scope.ts"
import { proposed, type ResultWords, textOf } from "../content.ts"
import { fileOf } from "../files.ts"
import { issueForm } from "../forms.ts"
import { issuePaper } from "../issuing.ts"
import { FIELDS, type FieldName, isWorded, KINDS, kindOf, type PaperKind, WORDED_KINDS } from "../kinds.ts"
import {
  findPaper,
  lastBulletinOf,
  papersOfStudent,
  resultsOf,
  staysOfStudent,
  wordingOf,
} from "../queries.ts"
import { type Stay, succeeded } from "../rules.ts"

type Asked = Awaited<ReturnType<typeof askedFor>>

/** The student, the kind of paper and the year it is about; `said` is an address or a form. */
async function askedFor(req: Request, said: Record<string, unknown>) {
  const student = await studentFor(req)
  const stays = await staysOfStudent(req.school.db, student.id)
  const stay = stays.find(({ yearId }) => yearId === rowNumber(said.year)) ?? stays[0] ?? null
  const kind = isWorded(said.kind) ? said.kind : usualKind(stay)
  return { student, stays, stay, kind }
}

/** What is most probably asked for: a certificate of who is here, or of who has left. */
function usualKind(stay: Stay | null): PaperKind {
  if (!stay?.leftOn) return "enrolment"
  return stay.endReason === "transferred" ? "transfer" : "withdrawal"
}

export async function show(req: Request, res: Response) {
  const typed = typedIn(req.query)
  const asked = await askedFor(req, typed)
  const fields = asked.stay ? await fieldsOf(req, asked, typed) : {}
  await page(req, res, asked, { typed: fields, problems: [] })
}

/** What the form shows: what was typed while the text is read again, or what is proposed. */
async function fieldsOf(req: Request, { student, stay, kind }: Asked, typed: Record<string, string>) {
  const { fields } = kindOf(kind)
  if (!stay || fields.length === 0) return {}
  if (fields.some((name) => name in typed))
    return Object.fromEntries(fields.map((name) => [name, typed[name] ?? ""]))
  const bulletin = await lastBulletinOf(req.school.db, student.id, stay.yearId)
  return proposed(stay, bulletin, todayFor(req))
}

async function page(
  req: Request,
  res: Response,
  asked: Asked,
  form: { typed: Record<string, string>; problems: object[] },
) {
  const { db, settings, origin, year } = req.school
  const { student, stay, kind } = asked
  const issued = await papersOfStudent(db, student.id)
  const wording = await wordingOf(db, kind)
  const results = stay && (await resultsFor(req, asked))
  const facts = {
    kind,
    wording,
    settings,
    origin,
    student,
    fields: read(kind, form.typed),
    results,
    on: todayFor(req),
  }
  res.page("papers/student", {
    ...asked,
    kinds: KINDS,
    paperKinds: WORDED_KINDS,
    own: kindOf(kind),
    questions: FIELDS,
    form,
    blocks: stay && textOf({ ...facts, stay }),
    wording,
    unpublished: stay && unpublished(kind, results),
    issued,
    already: issued.find((one) => one.kind === kind && one.school_year_id === year?.id && !one.cancelled_at),
    studentName,
  })
}

/** What families may read of the year that a paper about results speaks of; not asked for another kind. */
async function resultsFor(req: Request, { student, stay, kind }: Asked) {
  if (!stay || !kindOf(kind).results) return null
  return resultsOf(req.school.db, student.id, stay.yearId, req.now)
}

/** Why a paper about results has nothing to say yet; null when it has. */
function unpublished(kind: PaperKind, results: ResultWords | null): string | null {
  const needs = kindOf(kind).results
  if (needs === "year" && !results?.annualAverage)
    return "La moyenne annuelle n’est pas encore publiée : cette attestation se délivre après la publication de la dernière période de l’année."
  if (kind === "success" && !succeeded(results?.decision ?? null))
    return `Le conseil de classe n’a pas prononcé d’admission${results?.decision ? ` (« ${results.decision} »)` : ""} : il n’y a pas de réussite à attester. Une attestation de niveau reste possible.`
  if (needs === "period" && !results?.average)
    return "Aucun bulletin de l’année n’est encore publié : cette attestation se délivre après la première publication."
  return null
}

/** The facts of a form that is still being typed. */
const read = (kind: PaperKind, typed: Record<string, string>) =>
  Object.fromEntries(
    kindOf(kind).fields.map((name) => {
      const text = (typed[name] ?? "").trim().slice(0, 200)
      return [name, name === "left_on" ? readDay(text) : text]
    }),
  )

export async function issue(req: Request, res: Response) {
  const asked = await askedFor(req, req.body)
  const { student, stay, kind } = asked
  if (!isWorded(req.body.kind) || !stay) throw notFound()
  yearOf(req)
  const form = issueForm.read(req.body)
  if (!form.ok) return page(req, res.status(422), asked, form)
  const { fields: asks, required } = kindOf(kind)
  const missing = required.find((name) => !form.values[name])
  if (missing)
    return page(
      req,
      res.status(422),
      asked,
      refused(form, missing, MISSING[missing] ?? "Remplissez ce champ."),
    )
  if (rowNumber(req.body.version) !== student.version)
    return page(req, res.status(409), asked, refused(form, "", MEANWHILE))
  const results = await resultsFor(req, asked)
  const why = unpublished(kind, results)
  if (why) throw new Refusal(409, why)
  const fields = Object.fromEntries(asks.map((name) => [name, form.values[name]]))
  const { db } = req.school
  const made = await issuePaper(
    req.school,
    req.member,
    { kind, student, stay, fields, results, on: todayFor(req) },
    req.now,
  )
  const paper = await findPaper(db, viewer(req), made.id)
  if (paper) {
    const print = { paperId: paper.id, content: paper.content, copy: 0, printedAt: paper.issued_at }
    inBackground(req.school, fileOf(req.school, print))
  }
  res.flash("papers.issued", made).redirect(303, `/papers/${made.id}`)
}

const MISSING: Partial<Record<FieldName, string>> = {
  destination: "Écrivez l’établissement de destination.",
  left_on: "Écrivez la date de radiation, comme 05/10/2026.",
  reason: "Écrivez le motif.",
}
const MEANWHILE =
  "La fiche de l’élève vient d’être modifiée. Relisez le texte ci-dessous, puis délivrez : rien n’a été inscrit au registre."
