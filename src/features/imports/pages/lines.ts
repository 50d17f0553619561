// One line of a file before a person: what it says, why it waits, what it may become.
import type { Request, Response } from "express"
import type { Problem } from "../../../web/form.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { planFor } from "../../people/pages/asking.ts"
import { viewer } from "../../people/scope.ts"
import { readAnswer } from "../forms.ts"
import { knownFor, peopleFor } from "../preview.ts"
import type { FoundImport } from "../queries/imports.ts"
import { answerLine, answersOf, linesNumbered, nextAsked, writtenLines } from "../queries/lines.ts"
import {
  answersFor,
  type Candidate,
  candidatesFor,
  cellProblems,
  fieldOf,
  filled,
  heldShown,
  rawCells,
} from "../question.ts"
import { suggestionText } from "../report.ts"
import { settle } from "../resolution.ts"
import { remarksOf } from "../rows.ts"
import { sidesOf } from "../sides.ts"
import type { ImportKind } from "../spellings.ts"
import type { Settled, StoredLine } from "../stored.ts"
import { sentenceOf } from "../words.ts"
import { importFor, KIND_LABELS, mayChange, ownImport, refuseUndone } from "./asking.ts"

export async function linePage(req: Request, res: Response) {
  const found = await importFor(req)
  const number = rowNumber(req.query.line) || (await nextAsked(req.school.db, found.id, 0))
  if (!number) return res.redirect(303, `/imports/${found.id}`)
  await asking(req, res, found, await lineFor(req, found, number), { problems: [] })
}

async function lineFor(req: Request, { id }: FoundImport, number: number): Promise<StoredLine> {
  const [line] = await linesNumbered(req.school.db, id, [number])
  if (!line) throw notFound()
  return line
}

async function asking(
  req: Request,
  res: Response,
  found: FoundImport,
  stored: StoredLine,
  form: { typed?: Record<string, string>; problems: Problem[] },
) {
  const { db } = req.school
  const { outcome, answer, line } = stored
  const known = await peopleFor(db, viewer(req), found)
  const others = await linesNumbered(
    db,
    found.id,
    [outcome.conflicts_with].filter((one) => typeof one === "number"),
  )
  const written = found.state !== "previewed" && (await writtenLines(db, found.id)).has(line)
  const values = filled(found, outcome, planFor(req))
  const plan = planFor(req)
  const chosen = rowNumber(req.query.with) || (answer?.as === "student" ? Number(answer.student) : undefined)
  const sides = sidesOf({ ...found, known }, stored, { other: others[0]?.outcome, chosen, plan })
  const candidates = candidatesFor(found.kind, outcome, known, String(req.query.q ?? ""))
  res.page("imports/line", {
    found,
    kindLabel: KIND_LABELS[found.kind],
    line,
    outcome,
    answer,
    remarks: remarksOf({ ...outcome, fields: outcome.fields && [] }),
    named: outcome.named,
    raw: rawCells(found.columns, outcome),
    sides,
    candidates,
    choices: answersFor(found.kind, outcome, { candidates, sides }),
    twins: req.can("doubles.see") ? twinsPath(found.kind, outcome, candidates) : null,
    q: String(req.query.q ?? ""),
    held: heldShown(found.columns, outcome),
    classes: known.classes.all,
    students: found.kind === "marks" ? known.students : [],
    values,
    suggestion: outcome.suggestion && suggestionText(outcome.suggestion),
    form: { typed: form.typed ?? answerTyped(stored) ?? {}, problems: form.problems },
    asks: ["review", "marks", "create"].includes(outcome.action) || outcome.fields !== undefined,
    open: mayChange(req, found) && found.state !== "undone" && !(written && found.kind !== "marks"),
    written,
    count: await answersOf(db, found.id),
  })
}

/** Two cards of the school may both be the line's person: they are compared elsewhere. */
function twinsPath(kind: ImportKind, { action }: Settled, candidates: readonly Candidate[]): string | null {
  if (action !== "review" || kind === "guardians" || candidates.length < 2) return null
  const [one, other] = candidates as [Candidate, Candidate]
  return candidates.length === 2 ? `/doubles/${kind}/${one.id}/${other.id}` : "/doubles"
}

/** What was answered before, as the form shows it. */
function answerTyped({ answer }: StoredLine): Record<string, string> | null {
  if (!answer) return null
  if (answer.as === "left_out") return { as: "left_out" }
  if (answer.as === "line") return { as: `line:${answer.line}` }
  const again = Object.fromEntries(
    Object.entries(answer.typed ?? {}).map(([role, text]) => [role, text ?? ""]),
  )
  if (answer.as === "new") return { as: "new", ...again }
  return { as: `student:${answer.student}`, student: String(answer.student), ...again }
}

export async function answer(req: Request, res: Response) {
  const found = await ownImport(req)
  refuseUndone(found)
  const { db } = req.school
  const stored = await lineFor(req, found, rowNumber(req.body?.line))
  const { line, outcome } = stored
  if (found.kind !== "marks" && found.state === "committed" && (await writtenLines(db, found.id)).has(line)) {
    throw new Refusal(409, "Cette ligne est déjà enregistrée : corrigez la fiche elle-même.")
  }
  const read = readAnswer(req.body, found.kind, outcome)
  if ("problem" in read) {
    return asking(req, res.status(422), found, stored, { typed: req.body, problems: [read.problem] })
  }
  if (read.answer === null) {
    await answerLine(db, found.id, line, null)
    return res.flash("imports.answer_cleared", { line }).redirect(303, `/imports/${found.id}`)
  }
  const known = await knownFor(db, viewer(req), found)
  const settled = settle({ ...found, known }, outcome, read.answer)
  const problems = settled.ok
    ? cellProblems(outcome, settled.outcome, read.answer)
    : settled.reasons.map((reason) => ({ field: fieldOf(reason), text: sentenceOf(reason) }))
  if (problems.length > 0) return asking(req, res.status(422), found, stored, { typed: req.body, problems })
  await answerLine(db, found.id, line, { ...read.answer, by: req.member.id, at: req.now.toISOString() })
  const next = await nextAsked(db, found.id, line)
  res.flash(next ? "imports.answered" : "imports.answered_all", { line })
  res.redirect(303, next ? `/imports/${found.id}/line?line=${next}` : `/imports/${found.id}`)
}
