// The family's side, from an account as from the link of an SMS: say what is wrong, see what became of it.
import type { Request, Response } from "express"
import type { Problem } from "../../../web/form.ts"
import { notFound } from "../../../web/refusal.ts"
import { noteBegun, signsOfRobot } from "../../enrolment/pages/apply.ts"
import { ownChild } from "../../families/pages/child.ts"
import { shown } from "../../families/pages/openedLink.ts"
import { planFor, todayFor } from "../../people/pages/asking.ts"
import { FIELD_NAMES, FIELDS, fieldText, heldOf, isField, proposalForm } from "../fields.ts"
import { cardsOf, proposalsOf, propose } from "../queries/proposing.ts"
import { differing } from "../rules.ts"

type Asking = {
  student: number
  guardian: number
  source: "account" | "link"
  /** the family's page of the child */
  base: string
}

/** A guardian signed in, for one of their children that they may see. */
async function byAccount(req: Request): Promise<Asking> {
  const child = await ownChild(req)
  const { guardianId, studentId } = req.member
  if (guardianId === null || child.id === studentId) throw notFound()
  return { student: child.id, guardian: guardianId, source: "account", base: `/family/${child.id}` }
}

/** Whoever holds the link that a guardian was sent, in a browser that was shown its page. */
async function byLink(req: Request, res: Response): Promise<Asking> {
  const { child, guardian } = await shown(req, res)
  return { student: child.id, guardian, source: "link", base: `/e/${req.params.link}` }
}

export const account = handlers(byAccount)
export const link = handlers(byLink)

function handlers(asked: (req: Request, res: Response) => Promise<Asking>) {
  return {
    async show(req: Request, res: Response) {
      const asking = await asked(req, res)
      if (asking.source === "link") noteBegun(req, res)
      await formPage(req, res, asking, null)
    },

    async send(req: Request, res: Response) {
      const asking = await asked(req, res)
      const read = proposalForm(planFor(req), todayFor(req)).read(req.body)
      const problems = asking.source === "link" ? signsOfRobot(req, res, read.typed) : []
      if (!read.ok || problems.length > 0) {
        return formPage(req, res.status(422), asking, {
          typed: read.typed,
          problems: [...problems, ...read.problems],
        })
      }
      const { remark, ...proposed } = read.values
      if (keptFromLink(asking, await waitingOf(req, asking)))
        return formPage(req, res.status(409), asking, null)
      const held = heldOf(await cardsOf(req.school.db, asking.student, asking.guardian))
      const lines = differing(FIELD_NAMES, proposed, held)
      if (lines.length === 0 && !remark) {
        return formPage(req, res.status(422), asking, { typed: read.typed, problems: [NOTHING] })
      }
      const by = asking.source === "account" ? req.member : null
      const outcome = await propose(req.school.db, by, { ...asking, lines, remark }, req.now)
      if (outcome === "too many") {
        return formPage(req, res.status(429), asking, { typed: read.typed, problems: [TOO_MANY] })
      }
      res.flash("corrections.sent").redirect(303, `${asking.base}/correction`)
    },
  }
}

const NOTHING: Problem = {
  field: "",
  text: "Rien ne diffère de ce que l’école a déjà. Écrivez ce qui est faux, ou une remarque.",
}
const TOO_MANY: Problem = {
  field: "",
  text: "Vous avez envoyé cinq signalements en un jour. Recommencez demain, ou appelez l’école : rien de ce que vous avez écrit n’est perdu tant que cette page reste ouverte.",
}

/** What a page opened by a link already tells: who the child is. The rest is told to an account only. */
const TOLD_BY_LINK: readonly string[] = ["surname", "given_names"]

/**
 * What was written from the account is neither read nor replaced by whoever holds a link: the link was sent to a
 * telephone that others may hold.
 */
const keptFromLink = ({ source }: Asking, proposal: { source: string } | undefined) =>
  source === "link" && proposal?.source === "account"

const waitingOf = async (req: Request, { student, guardian }: Asking) =>
  (await proposalsOf(req.school.db, student, guardian)).find(({ state }) => state === "waiting")

type Form = { typed: Record<string, string>; problems: Problem[] }

async function formPage(req: Request, res: Response, asking: Asking, sent: Form | null) {
  const { db } = req.school
  const cards = await cardsOf(db, asking.student, asking.guardian)
  const proposals = await proposalsOf(db, asking.student, asking.guardian)
  const waiting = proposals.find(({ state }) => state === "waiting")
  const closed = keptFromLink(asking, waiting)
  const plan = planFor(req)
  const known = Object.entries(heldOf(cards)).filter(
    ([field]) => asking.source === "account" || TOLD_BY_LINK.includes(field),
  )
  const typed = {
    ...Object.fromEntries(known.map(([field, value]) => [field, fieldText(field, value, plan)])),
    ...Object.fromEntries(
      (closed ? [] : (waiting?.lines ?? [])).map((line) => [
        line.field,
        fieldText(line.field, line.proposed, plan),
      ]),
    ),
    remark: closed ? "" : (waiting?.remark ?? ""),
  }
  res.page("corrections/propose", {
    layout: "site",
    ...asking,
    child: cards.student,
    fields: FIELDS,
    waiting: waiting ?? null,
    closed,
    decided: proposals
      .filter(({ state }) => state === "decided")
      .map((one) => ({
        ...one,
        lines: one.lines.map((line) => ({
          ...line,
          label: isField(line.field) ? FIELDS[line.field].label : line.field,
          text: keptFromLink(asking, one) ? "" : fieldText(line.field, line.proposed, plan),
        })),
      })),
    form: sent ?? { typed, problems: [] },
  })
}
