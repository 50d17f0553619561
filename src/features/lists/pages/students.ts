import type { Request, Response } from "express"
import { placedByHtmx } from "../../../web/htmx.ts"
import { CHANNELS } from "../../people/choices.ts"
import { planFor } from "../../people/pages/asking.ts"
import { phoneText } from "../../people/phone.ts"
import { studentName } from "../../people/rules.ts"
import { optionsOf } from "../queries/options.ts"
import { placesOf } from "../queries/places.ts"
import { savedLists } from "../queries/saved.ts"
import { studentsListed, yearMeant } from "../queries/students.ts"
import {
  type Asked,
  asksMore,
  CONSENTS,
  inItsYear,
  keptQuery,
  PHOTOS,
  pathOf,
  queryOf,
  REGIMES,
  REPEATING,
  readAsked,
  SEXES,
  SIZES,
  STATUSES,
} from "../rules/asked.ts"
import { chipsOf } from "../rules/chips.ts"
import { COLUMNS, type ColumnKey, columnOf, DEFAULT_COLUMNS, type StudentLine } from "../rules/columns.ts"
import { cellText } from "../rules/file.ts"
import { chosenPlace, placeChoices } from "../rules/places.ts"
import { askingOf, mayChange } from "./asking.ts"

const CHOICES = {
  statuses: STATUSES,
  sexes: SEXES,
  repeating: REPEATING,
  regimes: REGIMES,
  consents: CONSENTS,
  channels: CHANNELS,
  photos: PHOTOS,
  sizes: SIZES,
}

export async function index(req: Request, res: Response) {
  const { db } = req.school
  const asking = askingOf(req)
  const read = readAsked(req.query, asking.rights)
  if (submitted(req)) return answer(req, res, read)
  const among = await optionsOf(db, asking.who, yearMeant(read, asking.currentYear))
  const asked = inItsYear(read, among)
  const panels = panelsOf(req, asked)
  const places = panels.more && asking.rights.guardians ? await placesOf(db, asking.who, asked) : []
  const found = await studentsListed(db, asking, asked, places)
  const lists = req.can("lists.save") ? await savedLists(db, req.member) : []
  const current = lists.find(({ id }) => id === asked.list) ?? null
  const kept = keptQuery(asked)
  const query = queryOf(asked)
  // what htmx writes into the address bar: without the fields left empty
  res.setHeader("HX-Replace-Url", pathOf({ ...query, ...(found.page > 1 && { page: String(found.page) }) }))
  res.page("lists/index", {
    ...found,
    asked,
    query,
    among,
    choices: CHOICES,
    living: livingOf(asked, placeChoices(places)),
    rights: asking.rights,
    columns: asked.columns.map(headOf),
    panels,
    offered: offeredTo(asking.rights, asked),
    lines: found.students.map((line) => rowOf(line, asked, req)),
    chips: chipsOf(asked, among),
    kept,
    lists,
    current,
    // the saved list on the screen asks for something else now, and this person may have it so
    renewable: current !== null && current.query !== kept && mayChange(req, current),
    size: asked.size,
  })
}

/** The form was sent with its button or Enter, not by htmx as somebody types. */
const submitted = (req: Request) => req.query.go !== undefined && !placedByHtmx(req)

/**
 * A search sent with Enter that finds one student opens the card at once; any other leads to the list, by the address
 * that has nothing in it but what is asked.
 */
async function answer(req: Request, res: Response, asked: Asked) {
  const { students, total } =
    asked.filters.q && req.can("people.see")
      ? await studentsListed(req.school.db, askingOf(req), asked)
      : { students: [], total: 0 }
  const [only] = students
  if (only && total === 1) return res.redirect(303, `/students/${only.id}`)
  res.redirect(303, panelsOf(req, asked).path)
}

/** Communes and quartiers to choose from, with the one of the address as it is written there. */
const livingOf = ({ filters }: Asked, choices: ReturnType<typeof placeChoices>) => ({
  ...choices,
  commune: chosenPlace(choices.communes, filters.commune),
  quartier: chosenPlace(choices.quartiers, filters.quartier),
})

/**
 * Two panels that most visits do without are sent only when asked for: they would be a third of the page. Each is
 * open, with its fields in the form, or an address that opens it.
 */
function panelsOf(req: Request, asked: Asked) {
  const more = req.query.more === "1" || asksMore(asked)
  const columns = req.query.columns_panel === "1"
  const panel: Record<string, string> = columns ? { columns_panel: "1" } : {}
  const open = { ...queryOf(asked), ...(more && { more: "1" }), ...panel }
  return {
    more,
    columns,
    path: pathOf({ ...queryOf(asked), ...(more && !asksMore(asked) && { more: "1" }), ...panel }),
    morePath: pathOf({ ...open, more: "1" }),
    columnsPath: pathOf({ ...open, columns_panel: "1" }),
  }
}

const headOf = (key: ColumnKey) => ({
  key,
  label: columnOf(key).label,
  number: columnOf(key).number === true,
})

/** The columns this person may choose from, and which are chosen. */
const offeredTo = (rights: ReturnType<typeof askingOf>["rights"], { columns }: Asked) =>
  (Object.keys(COLUMNS) as ColumnKey[])
    .filter((key) => {
      const { needs } = columnOf(key)
      return needs === undefined || rights[needs]
    })
    .map((key) => ({ key, label: columnOf(key).label, chosen: columns.includes(key) }))

/** A row ready to print; on phones a cell outside the usual ones says what it is. */
function rowOf(line: StudentLine, { columns }: Asked, req: Request) {
  const plan = planFor(req)
  const phone = (e164: string) => phoneText(e164, plan)
  const cells = columns.map((key) => ({
    text: key === "class" ? placeText(line) : cellText(columnOf(key).cell(line), phone, "–"),
    says: DEFAULT_COLUMNS.includes(key) ? null : columnOf(key).label,
    number: columnOf(key).number === true,
    whole: key === "birth" || key === "phone",
    gone: key === "class" && line.status === "withdrawn" && !line.class_label,
  }))
  return { id: line.id, name: studentName(line), cells }
}

/** Of an earlier year, the class then, wherever the student is now. */
const placeText = ({ status, class_label }: StudentLine) =>
  class_label ?? (status === "withdrawn" ? "parti(e)" : "sans classe")
