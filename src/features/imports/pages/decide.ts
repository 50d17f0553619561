// Several lines that wait for a person, on one page and in one form.
import type { Request, Response } from "express"
import { type Problem, typedIn } from "../../../web/form.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { planFor } from "../../people/pages/asking.ts"
import { viewer } from "../../people/scope.ts"
import { isCardField } from "../cards.ts"
import { ROLES, readAnswer, TYPED } from "../forms.ts"
import { type Known, knownFor, peopleFor } from "../preview.ts"
import type { FoundImport } from "../queries/imports.ts"
import {
  answerLines,
  answersOf,
  linesNumbered,
  replaceFields,
  undecided,
  writtenLines,
} from "../queries/lines.ts"
import { answersFor, candidatesFor, fieldOf, filled } from "../question.ts"
import { settle } from "../resolution.ts"
import { remarksOf } from "../rows.ts"
import { sidesOf } from "../sides.ts"
import type { Settled, StoredAnswer, StoredLine } from "../stored.ts"
import { sentenceOf } from "../words.ts"
import { KIND_LABELS, ownImport, previewed, refuseUndone } from "./asking.ts"

/** Lines a page: what one reads before the next. */
const SIZE = 20

export async function decidePage(req: Request, res: Response) {
  const found = await ownImport(req)
  refuseUndone(found)
  if (found.kind === "marks") return res.redirect(303, `/imports/${found.id}/line`)
  const after = rowNumber(req.query.after)
  const lines = await undecided(req.school.db, found.id, { after, size: SIZE })
  if (lines.length === 0) return res.redirect(303, `/imports/${found.id}`)
  await asking(req, res, { found, lines }, { typed: {}, problems: [] })
}

type Asking = { found: FoundImport; lines: StoredLine[] }

async function asking(
  req: Request,
  res: Response,
  { found, lines }: Asking,
  form: { typed: Record<string, string>; problems: Problem[] },
) {
  const { db } = req.school
  const known = await peopleFor(db, viewer(req), found)
  const numbers = lines.flatMap(({ outcome }) =>
    [outcome.conflicts_with].filter((one) => typeof one === "number"),
  )
  const others = new Map((await linesNumbered(db, found.id, numbers)).map((one) => [one.line, one.outcome]))
  res.page("imports/decide", {
    found,
    kindLabel: KIND_LABELS[found.kind],
    form,
    open: true,
    questions: lines.map((line) => questionOf(req, { found, known, others }, line)),
    lines: lines.map(({ line }) => line).join(","),
    last: lines.at(-1)?.line,
    count: await answersOf(db, found.id),
  })
}

type Around = { found: FoundImport; known: Known; others: ReadonlyMap<number, Settled> }

/** One line as the page asks about it; what it cannot ask is left to the line's own page. */
function questionOf(req: Request, { found, known, others }: Around, stored: StoredLine) {
  const { line, outcome } = stored
  const plan = planFor(req)
  const sides = sidesOf({ ...found, known }, stored, {
    other: others.get(Number(outcome.conflicts_with)),
    plan,
  })
  const candidates = candidatesFor(found.kind, outcome, known, "")
  const role = outcome.action === "review" ? fieldOf(outcome.reason ?? "") : "as"
  const label = ROLES[found.kind].find(([one]) => one === role)?.[1]
  const typable = (TYPED[found.kind] as readonly string[]).includes(role)
  return {
    line,
    title: nameOf(outcome),
    remarks: remarksOf({ ...outcome, fields: [] }),
    sides,
    choices: answersFor(found.kind, outcome, { candidates, sides }).map((one) => ({
      ...one,
      label: one.label.replace(/, avec les valeurs ci-dessous$| : la fiche dit ce qui est choisi$/, ""),
    })),
    known: outcome.action === "duplicate",
    input:
      typable && label && !sides ? { role, label, value: filled(found, outcome, plan)[role] ?? "" } : null,
  }
}

const nameOf = ({ canonical, named, duplicate_of, raw }: Settled): string => {
  if (named) return named
  const { nom, prenom, tuteur } = canonical ?? {}
  const name = [nom, prenom].filter(Boolean).join(" ")
  return name || String(tuteur ?? duplicate_of ?? raw.filter(Boolean).slice(0, 3).join(" "))
}

/** Keeps every answer of the page, or none while one of them cannot be read. */
export async function decide(req: Request, res: Response) {
  const found = await ownImport(req)
  refuseUndone(found)
  const { db } = req.school
  const typed = typedIn(req.body)
  const numbers = (typed.lines ?? "").split(",").map(rowNumber).filter(Boolean).slice(0, SIZE)
  const lines = await linesNumbered(db, found.id, numbers)
  const written = found.state === "committed" ? await writtenLines(db, found.id) : new Set()
  const known = await knownFor(db, viewer(req), found)
  const problems: Problem[] = []
  const answers = new Map<number, StoredAnswer>()
  for (const { line, outcome } of lines.filter((one) => !written.has(one.line))) {
    const prefix = `l${line}_`
    const own = Object.fromEntries(
      Object.entries(typed).flatMap(([name, value]) =>
        name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
      ),
    )
    if (!own.as || own.as === "later") continue
    const read = readAnswer(own, found.kind, outcome)
    if ("problem" in read || read.answer === null) continue
    const settled = settle({ ...found, known }, outcome, read.answer)
    if (settled.ok) answers.set(line, { ...read.answer, by: req.member.id, at: req.now.toISOString() })
    else {
      problems.push(
        ...settled.reasons.map((reason) => ({
          field: `${prefix}${own[fieldOf(reason)] === undefined ? "as" : fieldOf(reason)}`,
          text: `Ligne ${line} : ${sentenceOf(reason)}`,
        })),
      )
    }
  }
  if (problems.length > 0) return asking(req, res.status(422), { found, lines }, { typed, problems })
  await answerLines(db, found.id, answers)
  const after = Math.max(0, ...numbers)
  const more = await undecided(db, found.id, { after, size: 1 })
  res.flash("imports.decided", { n: answers.size })
  res.redirect(303, more.length > 0 ? `/imports/${found.id}/decide?after=${after}` : `/imports/${found.id}`)
}

/** « Tout remplacer »: for these fields the file's value is taken wherever nobody chose otherwise. */
export async function replace(req: Request, res: Response) {
  const found = await ownImport(req)
  previewed(found)
  const typed = typedIn(req.body)
  const offered = Object.keys(found.differing).filter(isCardField)
  const fields = offered.filter((field) => typed[`all_${field}`] === "1")
  await replaceFields(req.school.db, found, fields)
  res.flash("imports.replacing").redirect(303, `/imports/${found.id}?tab=fill`)
}
