// The school's side: the proposals that wait, and one of them decided field by field.
import type { Request, Response } from "express"
import { type Problem, typedIn, withoutControls } from "../../../web/form.ts"
import { notFound } from "../../../web/refusal.ts"
import { pageNumber, rowNumber } from "../../../web/rowNumber.ts"
import { planFor, todayFor, yearId } from "../../people/pages/asking.ts"
import { findGuardian } from "../../people/queries/guardians.ts"
import { findStudent } from "../../people/queries/students.ts"
import { studentName } from "../../people/rules.ts"
import { viewer } from "../../people/scope.ts"
import { columnsOf, FIELD_NAMES, FIELDS, type Field, fieldText, heldOf, proposalForm } from "../fields.ts"
import { countsOf, decide, findCorrection, listCorrections } from "../queries/deciding.ts"
import { linesOf } from "../queries/proposing.ts"
import { type Decision, decidedText } from "../rules.ts"

const PAGE_SIZE = 50

export async function index(req: Request, res: Response) {
  const { db } = req.school
  const state = req.query.state === "decided" ? "decided" : "waiting"
  const page = pageNumber(req.query.page)
  const counts = await countsOf(db, viewer(req))
  const corrections = await listCorrections(db, viewer(req), { state, page, size: PAGE_SIZE })
  const tab = (label: string, of: "waiting" | "decided") => ({
    label,
    path: of === "waiting" ? "/corrections" : "/corrections?state=decided",
    current: of === state,
    ...(of === "waiting" && { count: counts.waiting }),
  })
  res.page("corrections/index", {
    corrections,
    state,
    studentName,
    tabs: [tab("En attente", "waiting"), tab("Décidées", "decided")],
    ...{ page, size: PAGE_SIZE, total: counts[state] },
    query: state === "decided" ? { state } : {},
  })
}

/** The proposal of the address with its lines and the cards as they are now. */
async function correctionFor(req: Request) {
  const { db } = req.school
  const correction = await findCorrection(db, viewer(req), rowNumber(req.params.correction))
  if (!correction) throw notFound()
  const student = await findStudent(db, viewer(req), correction.student_id, yearId(req))
  const guardian = await findGuardian(db, correction.guardian_id)
  if (!student || !guardian) throw notFound()
  const found = await linesOf(db, [correction.id])
  const held = heldOf({ student, guardian })
  const plan = planFor(req)
  const lines = FIELD_NAMES.flatMap((field) => {
    const line = found.find((one) => one.field === field)
    if (!line) return []
    const now = held[field]
    return [
      {
        ...line,
        field,
        label: FIELDS[field].label,
        now: fieldText(field, now, plan) || "–",
        text: fieldText(field, line.proposed, plan),
        was: fieldText(field, line.held, plan) || "–",
        changed: (now ?? "") !== (line.held ?? ""),
      },
    ]
  })
  return { correction, student, guardian, lines }
}

type Found = Awaited<ReturnType<typeof correctionFor>>

export async function show(req: Request, res: Response) {
  decisionPage(res, await correctionFor(req), { typed: {}, problems: [] })
}

function decisionPage(
  res: Response,
  found: Found,
  form: { typed: Record<string, string>; problems: Problem[] },
) {
  res.page("corrections/show", { ...found, studentName, form })
}

export async function decideOn(req: Request, res: Response) {
  const { db } = req.school
  const found = await correctionFor(req)
  const { correction, student, guardian } = found
  const typed = typedIn(req.body)
  const problems = [...unsaid(found, typed), ...unfit(req, found, typed)]
  if (problems.length > 0 && correction.state === "waiting") {
    return decisionPage(res.status(422), found, { typed, problems })
  }
  const lines = decisions(found, typed)
  const accepted = (card: "student" | "guardian") =>
    Object.assign(
      {},
      ...found.lines
        .filter(({ field }) => FIELDS[field].card === card && typed[field] === "accepted")
        .map(({ field, proposed }) => columnsOf(field, proposed, todayFor(req))),
    )
  const [onStudent, onGuardian] = [accepted("student"), accepted("guardian")]
  const outcome = await decide(db, req.member, {
    ...{ correction, lines, now: req.now, version: Number(typed.version) },
    student: { card: student, version: Number(typed.student_version), row: onStudent },
    guardian: { card: guardian, version: Number(typed.guardian_version), row: onGuardian },
    reason: `Proposé par ${guardian.name}`,
    messages: messagesTo(req, found, { ...guardian, ...onGuardian }, lines),
  })
  if (outcome === "changed") {
    const now = await correctionFor(req)
    return decisionPage(res.status(409), now, { typed, problems: [MEANWHILE] })
  }
  res.flash("corrections.decided", { name: studentName(student) }).redirect(303, "/corrections")
}

const MEANWHILE: Problem = {
  field: "",
  text: "La fiche ou le signalement a changé pendant que vous décidiez. Rien n’est enregistré : voici où ils en sont, relisez puis envoyez de nouveau.",
}

const unsaid = ({ lines }: Found, typed: Record<string, string>): Problem[] =>
  lines
    .filter(({ field }) => typed[field] !== "accepted" && typed[field] !== "refused")
    .map(({ field, label }) => ({ field, text: `${label} : acceptez ou refusez.` }))

/** What is accepted must be what the desk's own form accepts, today. */
function unfit(req: Request, { lines }: Found, typed: Record<string, string>): Problem[] {
  const plan = planFor(req)
  const accepted = lines.filter(({ field }) => typed[field] === "accepted")
  const body = Object.fromEntries(
    accepted.map(({ field, proposed }) => [field, fieldText(field, proposed, plan)]),
  )
  return proposalForm(plan, todayFor(req)).read(body).problems
}

const MOST_LETTERS = 200

function decisions({ lines }: Found, typed: Record<string, string>) {
  return lines.map(({ field }: { field: Field }) => {
    const decision = typed[field] as Decision
    const said = withoutControls(typed[`reason_${field}`] ?? "")
      .trim()
      .slice(0, MOST_LETTERS)
    return { field, decision, reason: decision === "refused" && said ? said : null }
  })
}

/** The guardian is told by SMS, on the number that is now theirs, if they agreed to it. */
function messagesTo(
  req: Request,
  { correction, student, lines }: Found,
  guardian: { id: number; phone: string | null; sms_consent: number | null },
  decided: readonly { field: Field; decision: Decision }[],
) {
  if (!guardian.phone || guardian.sms_consent !== 1) return []
  const { settings } = req.school
  const told = lines.map(({ field, label }) => ({
    label,
    decision: decided.find((one) => one.field === field)?.decision ?? null,
  }))
  return [
    {
      recipient: guardian.phone,
      guardianId: guardian.id,
      studentId: student.id,
      event: "correction.decided",
      uniqueKey: `correction:decided:${correction.id}`,
      body: decidedText(settings.shortName || settings.name, student.given_names, told),
    },
  ]
}
