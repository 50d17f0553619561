// The register, and one paper of it: its prints, its cancelling.
import type { Request, Response } from "express"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { pageNumber, rowNumber } from "../../../web/rowNumber.ts"
import { fold } from "../../people/naming.ts"
import { studentName } from "../../people/rules.ts"
import { viewer } from "../../people/scope.ts"
import type { PaperData } from "../contract.ts"
import { fileOf, type Print, sendPdf } from "../files.ts"
import { cancelForm } from "../forms.ts"
import { addDuplicate, cancelPaper } from "../issuing.ts"
import { isKind, KINDS } from "../kinds.ts"
import { duplicatesOf, type FoundPaper, listPapers, registerOf, yearsOf } from "../queries.ts"
import { PRINTABLE_MINUTES, printable } from "../rules.ts"
import { paperFor } from "./asking.ts"

const PAGE_SIZE = 50
const MOST_PRINTED = 2000
const MOST_WORDS = 6

/** What the address of the register asks for; what it does not know is left out. */
function askedOf({ query }: Request) {
  const q = String(query.q ?? "").slice(0, 100)
  const words = fold(q)
    .split(" ")
    .map((word) => word.replace(/[%_\\]/g, ""))
    .filter(Boolean)
    .slice(0, MOST_WORDS)
  const state = query.state === "valid" || query.state === "cancelled" ? query.state : null
  const kind = isKind(query.kind) ? query.kind : null
  return { q, words, kind, year: rowNumber(query.year), state } as const
}

const queryOf = ({ q, kind, year, state }: ReturnType<typeof askedOf>) => ({
  ...(q && { q }),
  ...(kind && { kind }),
  ...(year && { year: String(year) }),
  ...(state && { state }),
})

export async function index(req: Request, res: Response) {
  const { db } = req.school
  const asked = askedOf(req)
  const page = pageNumber(req.query.page)
  const found = await listPapers(db, viewer(req), asked, { page, size: PAGE_SIZE })
  const years = await yearsOf(db)
  res.page("papers/index", {
    ...found,
    asked,
    query: queryOf(asked),
    page,
    size: PAGE_SIZE,
    years,
    kinds: KINDS,
    studentName,
  })
}

/** The register to print: number by number, what was cancelled too. */
export async function register(req: Request, res: Response) {
  const { db } = req.school
  const asked = askedOf(req)
  const papers = await registerOf(db, viewer(req), asked, MOST_PRINTED)
  const year = asked.year ? (await yearsOf(db)).find(({ id }) => id === asked.year) : undefined
  res.page("papers/register", {
    layout: "print",
    landscape: true,
    papers,
    asked,
    most: MOST_PRINTED,
    yearLabel: year?.label ?? "",
    query: queryOf(asked),
    kinds: KINDS,
    studentName,
  })
}

export async function show(req: Request, res: Response) {
  const paper = await paperFor(req)
  const duplicates = await duplicatesOf(req.school.db, paper.id)
  const prints = printsOf(paper, duplicates).filter(({ printedAt }) => printable(printedAt, req.now))
  res.page("papers/show", {
    paper,
    duplicates,
    prints,
    minutes: PRINTABLE_MINUTES,
    kinds: KINDS,
    studentName,
  })
}

/** The prints there are, the last first. */
const printsOf = (
  paper: Pick<FoundPaper, "id" | "issued_at" | "cancelled_at"> & { content: PaperData },
  duplicates: { number: number; printed_at: string }[],
): Print[] => {
  if (paper.cancelled_at) return []
  const { id: paperId, content } = paper
  const original = { paperId, content, copy: 0, printedAt: paper.issued_at }
  return [
    ...duplicates.map(({ number, printed_at }) => ({
      paperId,
      content,
      copy: number,
      printedAt: printed_at,
    })),
    original,
  ]
}

/** The file of the original, or of the duplicate that `?copy=` counts, while it may be printed. */
export async function pdf(req: Request, res: Response) {
  const paper = await paperFor(req)
  if (paper.cancelled_at) throw new Refusal(409, "Ce document est annulé : il ne s’imprime plus.")
  const copy = req.query.copy === undefined ? 0 : rowNumber(req.query.copy)
  const prints = printsOf(paper, copy ? await duplicatesOf(req.school.db, paper.id) : [])
  const print = req.query.copy !== undefined && !copy ? undefined : prints.find((one) => one.copy === copy)
  if (!print) throw notFound()
  if (!printable(print.printedAt, req.now)) throw new Refusal(409, HANDED_OVER)
  const name = `${paper.reference}${copy ? `-duplicata-${copy}` : ""}.pdf`
  sendPdf(res, await fileOf(req.school, print), name)
}

const HANDED_OVER = `Ce document a été remis : il ne se réimprime que dans les ${PRINTABLE_MINUTES} minutes. Demandez un duplicata.`

export async function duplicate(req: Request, res: Response) {
  const paper = await paperFor(req)
  const number = await addDuplicate(req.school.db, req.member, paper.id, req.now)
  res.flash("papers.duplicated", { number }).redirect(303, `/papers/${paper.id}`)
}

export async function cancelPage(req: Request, res: Response) {
  cancelling(res, await paperFor(req))
}

const cancelling = (res: Response, paper: FoundPaper, form: object = { typed: {}, problems: [] }) =>
  res.page("papers/cancel", { paper, form, kinds: KINDS, studentName })

export async function cancel(req: Request, res: Response) {
  const paper = await paperFor(req)
  const read = cancelForm.read(req.body)
  if (!read.ok) return cancelling(res.status(422), paper, read)
  const { reason } = read.values
  if (!(await cancelPaper(req.school.db, req.member, paper.id, { reason, now: req.now }))) {
    throw new Refusal(409, "Ce document est déjà annulé. Rechargez sa page pour lire pourquoi.")
  }
  res.flash("papers.cancelled", { reference: paper.reference }).redirect(303, `/papers/${paper.id}`)
}
