// Two cards side by side: which values to keep, what hangs on each, and the merge.
import type { Request, Response } from "express"
import type { Person } from "../../../personal.ts"
import { typedIn } from "../../../web/form.ts"
import { Refusal } from "../../../web/refusal.ts"
import { planFor } from "../../people/pages/asking.ts"
import { phoneText } from "../../people/phone.ts"
import { cardName, KINDS } from "../kinds.ts"
import { dismiss, isDismissed, namesIn } from "../queries/candidates.ts"
import { isAdministrators, tablesOf } from "../queries/cards.ts"
import { countsOf, meetingsOf } from "../queries/hanging.ts"
import { mergeCards, settled } from "../queries/merging.ts"
import { fieldPairs, older, type Side } from "../rules/fields.ts"
import { blockText, numbersNamed, toldField, toldMeeting } from "../told.ts"
import { cardsFor, type TwoCards, toldTo } from "./asking.ts"

/** The handlers of one kind of cards. */
export const pairPages = (kind: Person) => ({
  async show(req: Request, res: Response) {
    await comparison(req, res, await cardsFor(req, kind), { typed: {}, problems: [] })
  },

  async merge(req: Request, res: Response) {
    const cards = await cardsFor(req, kind)
    if (kind === "staff" && (await isAdministrators(req.school.db, idsOf(cards).other)))
      throw new Refusal(409, ADMINISTRATOR)
    const typed = typedIn(req.body)
    const versions = { kept: Number(typed.kept_version), other: Number(typed.other_version) }
    const asked = {
      kind,
      ...idsOf(cards),
      versions,
      fields: sidesIn(typed, "field."),
      rows: sidesIn(typed, "row."),
      catalogue: await tablesOf(req.school),
      now: req.now,
    }
    const merged = await mergeCards(req.school.db, req.member, asked)
    if ("refused" in merged) return refuse(req, res, kind, { typed, why: merged.refused })
    res.flash("doubles.merged", { name: cardName(kind, cards.kept) })
    res.redirect(303, `/doubles/merges/${merged.merge}`)
  },

  async dismiss(req: Request, res: Response) {
    const cards = await cardsFor(req, kind)
    const { kept, other } = idsOf(cards)
    const twoPersons = typedIn(req.body).again !== "1"
    await dismiss(req.school.db, req.member, { kind, pair: [kept, other], twoPersons, now: req.now })
    const [one, two] = [cardName(kind, cards.kept), cardName(kind, cards.other)]
    if (twoPersons) res.flash("doubles.two_persons", { one, other: two })
    else res.flash("doubles.maybe_one")
    res.redirect(303, kind === "student" ? "/doubles" : `/doubles?kind=${KINDS[kind].path}`)
  },
})

const ADMINISTRATOR =
  "L’autre fiche a le compte d’un administrateur, qu’une fusion fermerait. Gardez plutôt cette fiche-là : échangez les deux, puis fusionnez. Rien n’est fusionné."

const idsOf = ({ kept, other }: TwoCards) => ({ kept: Number(kept.id), other: Number(other.id) })

/** « field.phone: other » -> { phone: "other" } */
function sidesIn(typed: Record<string, string>, start: string): Record<string, Side> {
  return Object.fromEntries(
    Object.entries(typed)
      .filter(([name, side]) => name.startsWith(start) && (side === "kept" || side === "other"))
      .map(([name, side]) => [name.slice(start.length), side as Side]),
  )
}

const REFUSED = {
  changed:
    "Une des deux fiches a changé pendant que vous les compariez. Rien n’est fusionné : les voici telles qu’elles sont, relisez-les.",
  unsettled: "Rien n’est fusionné : il reste à dire ce qui compte.",
}

async function refuse(
  req: Request,
  res: Response,
  kind: Person,
  { typed, why }: { typed: Record<string, string>; why: keyof typeof REFUSED },
) {
  const cards = await cardsFor(req, kind)
  const form = { typed, problems: [{ field: "", text: REFUSED[why] }], unsettled: why === "unsettled" }
  await comparison(req, res.status(why === "changed" ? 409 : 422), cards, form)
}

type Form = {
  typed: Record<string, string>
  problems: { field: string; text: string }[]
  /** it came back because something is still to be said */
  unsettled?: boolean
}

/** More than so many open choices are told as one. */
const MOST_TOLD = 8

/** What is still to be said, each where it stands. */
function unsaid(choices: readonly ReturnType<typeof toldMeeting>[], typed: Record<string, string>) {
  const chosen = sidesIn(typed, "row.")
  const missing = choices.filter((one) => !settled(one, chosen))
  const [first] = missing
  if (first && missing.length > MOST_TOLD) {
    const text = `${missing.length} contradictions attendent que vous disiez laquelle des deux valeurs compte. Sont-ce bien deux fiches d’une même personne ?`
    return [{ field: `row.${first.name}`, text }]
  }
  return missing.map(({ name, shape, about }) => ({
    field: `row.${name}`,
    text: `${[shape.label, about].filter(Boolean).join(" – ")} : dites laquelle des deux compte.`,
  }))
}

async function comparison(req: Request, res: Response, cards: TwoCards, form: Form) {
  const { db } = req.school
  const { kind, kept, other } = cards
  const asked = { kind, ...idsOf(cards) }
  const meetings = await meetingsOf(db, await tablesOf(req.school), asked)
  const open = meetings.filter(({ outcome }) => outcome === "choice" || outcome === "blocked")
  const names = await namesIn(db, numbersNamed(open))
  const phone = (e164: string | null) => phoneText(e164, planFor(req))
  const fields = fieldPairs(kind, kept, other).map((field) => toldField(field, kept, other, phone))
  const choices = open.filter(({ outcome }) => outcome === "choice")
  const told = choices.map((one) => toldMeeting(one, names))
  res.page("doubles/pair", {
    kind,
    path: KINDS[kind].path,
    kept,
    other,
    names: [cardName(kind, kept), cardName(kind, other)],
    fields,
    counts: await countsOf(db, asked, toldTo(req)),
    choices: told,
    closes: meetings.some(({ outcome, shape }) => outcome === "close" && shape.table === "account"),
    blocks: open.filter(({ outcome }) => outcome === "blocked").map((one) => blockText(kind, one, names)),
    dismissed: await isDismissed(db, kind, [asked.kept, asked.other]),
    keptIsOlder: older(kept, other) === "kept",
    form: { ...form, problems: [...form.problems, ...(form.unsettled ? unsaid(told, form.typed) : [])] },
  })
}
