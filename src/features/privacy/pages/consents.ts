// What families were asked and answered, and the sheet on which they are asked.
import type { Request, Response } from "express"
import { csvText } from "../../../documents/csv.ts"
import { attach, TYPES, ticketFor, ticketIn } from "../../../web/download.ts"
import { date } from "../../../web/french.ts"
import { pageNumber, rowNumber } from "../../../web/rowNumber.ts"
import { todayFor, yearId } from "../../people/pages/asking.ts"
import { classChoices, studentsOfClass } from "../../people/queries.ts"
import { birthText, studentName } from "../../people/rules.ts"
import { viewer } from "../../people/scope.ts"
import {
  ANSWERS,
  allConsents,
  CHANNELS,
  CONSENTS_PAGE,
  type ConsentFilter,
  type ConsentKind,
  consentKinds,
  consentsFound,
} from "../queries/consents.ts"
import { recordExport } from "../queries/exports.ts"
import { tabsOf } from "./asking.ts"

const WORDS = { yes: "oui", no: "non", unasked: "jamais demandé" } as const

type Asked = Record<string, unknown>

const classesFor = (req: Request) => classChoices(req.school.db, viewer(req), yearId(req))
const SMS = "sms"

/** Only what there is: another kind, answer or class is as if it were not asked. */
function filterOf(
  req: Request,
  asked: Asked,
  kinds: readonly ConsentKind[],
  classes: readonly { id: number }[],
): ConsentFilter {
  return {
    kind: kinds.find(({ code }) => code === asked.kind)?.code ?? SMS,
    answer: ANSWERS.find((answer) => answer === asked.answer) ?? null,
    class: classes.find(({ id }) => id === rowNumber(asked.class))?.id ?? null,
    year: yearId(req),
  }
}

const queryOf = ({ kind, answer, class: inClass }: ConsentFilter): Record<string, string> => ({
  kind,
  ...(answer && { answer }),
  ...(inClass && { class: String(inClass) }),
})

async function askedOf(req: Request, asked: Asked) {
  const kinds = await consentKinds(req.school.db)
  const classes = await classesFor(req)
  return { kinds, classes, filter: filterOf(req, asked, kinds, classes) }
}

export async function index(req: Request, res: Response) {
  const { kinds, classes, filter } = await askedOf(req, req.query)
  const page = pageNumber(req.query.page)
  const found = await consentsFound(req.school.db, viewer(req), filter, page)
  res.page("privacy/consents", {
    ...found,
    kinds,
    classes,
    filter,
    words: WORDS,
    ofGuardians: Object.hasOwn(CHANNELS, filter.kind),
    page,
    size: CONSENTS_PAGE,
    query: queryOf(filter),
    tabs: tabsOf(req, "consents"),
  })
}

/** Records the export, then leads to its file. */
export async function create(req: Request, res: Response) {
  const { filter } = await askedOf(req, req.body)
  const rows = (await allConsents(req.school.db, viewer(req), filter)).length
  const row = { person: "consents", person_id: 0, format: "csv", rows, medical: 0 } as const
  await recordExport(req.school.db, req.member, row, req.now)
  const asked = new URLSearchParams(queryOf(filter)).toString()
  res.redirect(303, `/privacy/consents/file?${ticketFor(req, "consents", { asked })}`)
}

export async function file(req: Request, res: Response) {
  const ticket = ticketIn(req, "consents", ["asked"])
  if (!ticket) return res.flash("privacy.file_expired", {}, "warning").redirect(303, "/privacy/consents")
  const { filter, kinds } = await askedOf(req, Object.fromEntries(new URLSearchParams(ticket.asked)))
  const consents = await allConsents(req.school.db, viewer(req), filter)
  const label = kinds.find(({ code }) => code === filter.kind)?.label ?? ""
  const head = ["Accord", "Nom", "Classe", "Réponse", "Le", "Origine"]
  const rows = consents.map((one) => [
    label,
    one.name,
    one.class ?? "",
    one.answer === null ? WORDS.unasked : one.answer ? WORDS.yes : WORDS.no,
    one.at ? date(one.at) : "",
    one.source ?? "",
  ])
  attach(res, TYPES.csv, `accords-${filter.kind}-${todayFor(req)}.csv`, csvText([head, ...rows]))
}

/** A slip for each student of a class, to be signed at home. */
export async function slips(req: Request, res: Response) {
  const { kinds, classes, filter } = await askedOf(req, req.query)
  const chosen = classes.find(({ id }) => id === filter.class)
  if (!chosen) return res.redirect(303, "/privacy/consents")
  const students = await studentsOfClass(req.school.db, chosen.id)
  const back = `/privacy/consents?${new URLSearchParams(queryOf(filter))}`
  res.page("privacy/slips", { kinds, chosen, students, studentName, birthText, back })
}
