// Probable doubles, kind by kind, and the pairs of which somebody said that they are two persons.
import type { Request, Response } from "express"
import type { Person } from "../../../personal.ts"
import { notFound } from "../../../web/refusal.ts"
import { pageNumber } from "../../../web/rowNumber.ts"
import { t } from "../../../web/strings.ts"
import { planFor, yearId } from "../../people/pages/asking.ts"
import { phoneText } from "../../people/phone.ts"
import { birthText } from "../../people/rules.ts"
import { viewer } from "../../people/scope.ts"
import { cardName, KINDS, kindOfPath, PERSONS } from "../kinds.ts"
import { cardsShown, classesOf, dismissedPairs, namesOfChildren, pairsOf } from "../queries/candidates.ts"

const PAGE_SIZE = 25

/** The kinds of cards that this person may be shown. */
export const kindsFor = (req: Request) => PERSONS.filter((kind) => req.can(KINDS[kind].see))

function kindAsked(req: Request): Person {
  const kind = kindOfPath(req.query.kind)
  if (!kindsFor(req).includes(kind)) throw notFound()
  return kind
}

const tabsFor = (req: Request, current: Person | "merges") => [
  ...kindsFor(req).map((kind) => ({
    label: t(`doubles.kind.${kind}`),
    path: kind === "student" ? "/doubles" : `/doubles?kind=${KINDS[kind].path}`,
    current: kind === current,
  })),
  { label: "Fusions", path: "/doubles/merges", current: current === "merges" },
]

export { tabsFor }

export async function index(req: Request, res: Response) {
  const { db } = req.school
  const kind = kindAsked(req)
  const page = pageNumber(req.query.page)
  const pairs = await pairsOf(db, viewer(req), kind)
  const shown = pairs.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
  const cards = await linesOf(
    req,
    kind,
    shown.flatMap(({ one, other }) => [one, other]),
  )
  res.page("doubles/index", {
    kind,
    path: KINDS[kind].path,
    tabs: tabsFor(req, kind),
    pairs: shown.map(({ one, other, reasons }) => ({
      cards: [cards(one), cards(other)],
      reasons: reasons.map((reason) => t(`doubles.reason.${reason}`)),
    })),
    total: pairs.length,
    page,
    size: PAGE_SIZE,
    query: kind === "student" ? {} : { kind: KINDS[kind].path },
  })
}

type Line = { id: number; name: string; details: string }

/** A card in one line: its name, and what tells it apart. */
async function linesOf(req: Request, kind: Person, ids: number[]): Promise<(id: number) => Line> {
  const { db } = req.school
  const cards = await cardsShown(db, kind, ids)
  const beside =
    kind === "student"
      ? await classesOf(db, ids, yearId(req))
      : kind === "guardian"
        ? await namesOfChildren(db, viewer(req), ids)
        : new Map<number, string>()
  const phone = (e164: unknown) => phoneText(e164 as string | null, planFor(req))
  return (id) => {
    const card = cards.get(id) ?? {}
    const details = {
      student: () => [beside.get(id), card.matricule ?? "sans matricule", bornText(card)],
      guardian: () => [phone(card.phone), phone(card.phone2), beside.get(id)],
      staff: () => [card.position, card.employee_number, phone(card.phone)],
    }[kind]()
    return { id, name: cardName(kind, card), details: details.filter(Boolean).join(" · ") }
  }
}

const bornText = (card: Record<string, unknown>) => {
  const text = birthText(card as Parameters<typeof birthText>[0])
  if (text === "–") return ""
  return text.startsWith("vers") ? `né(e) ${text}` : `né(e) le ${text}`
}

export async function dismissed(req: Request, res: Response) {
  const kind = kindAsked(req)
  const pairs = await dismissedPairs(req.school.db, kind)
  const cards = await linesOf(
    req,
    kind,
    pairs.flatMap(({ one_id, other_id }) => [one_id, other_id]),
  )
  res.page("doubles/dismissed", {
    kind,
    path: KINDS[kind].path,
    tabs: tabsFor(req, kind),
    pairs: pairs.map((pair) => ({ ...pair, cards: [cards(pair.one_id), cards(pair.other_id)] })),
  })
}
