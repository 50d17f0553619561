// The school's own words for its councils: appreciations; decisions and reasons.
import type { Request, Response } from "express"
import { short } from "../../../web/french.ts"
import { notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { readChoices, readPhrase } from "../forms.ts"
import {
  type AppreciationRow,
  addAppreciation,
  changeAppreciation,
  findAppreciation,
  ofKind,
  phrasesOf,
  replaceChoices,
} from "../queries/phrases.ts"
import { formsOf } from "../rules/agreement.ts"
import { bandText } from "../rules/phrases.ts"

type Form = { typed: Record<string, string>; problems: { field: string; text: string }[] }

export async function list(req: Request, res: Response) {
  await listPage(req, res)
}

async function listPage(req: Request, res: Response, form?: Form) {
  const rows = ofKind(await phrasesOf(req.school.db, { all: true }), "appreciation")
  res.page("council/phrases", {
    phrases: rows.map((row) => ({ ...row, ...said(row) })),
    next: (rows.at(-1)?.position ?? 0) + 1,
    ...(form ? { form } : {}),
  })
}

const said = (row: { text: string; from_mark: number | null; below_mark: number | null }) => ({
  forms: formsOf(row.text),
  band: bandText(row.from_mark, row.below_mark, short),
})

export async function add(req: Request, res: Response) {
  const read = readPhrase(req.body)
  if (!read.ok) return listPage(req, res.status(422), read)
  await addAppreciation(req.school.db, req.member, read.values, req.now.toISOString())
  res.flash("council.phrase_added").redirect(303, "/council/phrases")
}

async function phraseFor(req: Request): Promise<AppreciationRow> {
  const row = await findAppreciation(req.school.db, rowNumber(req.params.phrase))
  if (!row) throw notFound()
  return row
}

export async function edit(req: Request, res: Response) {
  editPage(res, await phraseFor(req))
}

function editPage(res: Response, phrase: AppreciationRow, form?: Form, meanwhile = false) {
  const { from_mark, below_mark } = phrase
  const marks = { from_mark: short(from_mark), below_mark: short(below_mark) }
  const shown = { phrase: { ...phrase, ...marks }, ...said(phrase), meanwhile }
  res.page("council/phrase", { ...shown, ...(form ? { form } : {}) })
}

export async function change(req: Request, res: Response) {
  const phrase = await phraseFor(req)
  const read = readPhrase(req.body)
  if (!read.ok) return editPage(res.status(422), phrase, read)
  const changing = { values: read.values, seen: String(req.body.seen ?? ""), at: req.now.toISOString() }
  if (!(await changeAppreciation(req.school.db, req.member, phrase, changing))) {
    const { seen: _, ...typed } = read.typed
    return editPage(res.status(409), phrase, { typed, problems: [] }, true)
  }
  res.flash("council.phrase_changed").redirect(303, "/council/phrases")
}

export async function choices(req: Request, res: Response) {
  const rows = await phrasesOf(req.school.db)
  const typed: Record<string, string> = {
    reasons: ofKind(rows, "reason")
      .map(({ text }) => text)
      .join("\n"),
  }
  for (const [n, { text, effect }] of ofKind(rows, "decision").entries())
    Object.assign(typed, { [`label_${n + 1}`]: text, [`effect_${n + 1}`]: effect ?? "" })
  choicesPage(res, { typed, problems: [] })
}

/** Two rows more than are filled. */
function choicesPage(res: Response, form: Form) {
  let filled = 0
  while (form.typed[`label_${filled + 1}`]?.trim()) filled++
  res.page("council/choices", { form, rows: Math.min(12, filled + 2) })
}

export async function changeChoices(req: Request, res: Response) {
  const read = readChoices(req.body)
  if (!read.ok) return choicesPage(res.status(422), read)
  const at = req.now.toISOString()
  const reasons = read.reasons.map((text) => ({ text, effect: null }))
  await replaceChoices(req.school.db, req.member, "decision", { lines: read.decisions, at })
  await replaceChoices(req.school.db, req.member, "reason", { lines: reasons, at })
  res.flash("council.choices_changed").redirect(303, "/council/choices")
}
