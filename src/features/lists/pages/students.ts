import type { Request, Response } from "express"
import { phoneText } from "../../people/phone.ts"
import { studentName } from "../../people/rules.ts"
import { optionsOf } from "../queries/options.ts"
import { savedLists } from "../queries/saved.ts"
import { studentsListed, yearMeant } from "../queries/students.ts"
import {
  type Asked,
  asksMore,
  CONSENTS,
  keptQuery,
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
import { askingOf, mayChange, planFor } from "./asking.ts"

const CHOICES = {
  statuses: STATUSES,
  sexes: SEXES,
  repeating: REPEATING,
  regimes: REGIMES,
  consents: CONSENTS,
  sizes: SIZES,
}

export async function index(req: Request, res: Response) {
  const { db } = req.school
  const asking = askingOf(req)
  const asked = readAsked(req.query, asking.rights)
  const among = await optionsOf(db, asking.who, yearMeant(asked, asking.currentYear))
  const found = await studentsListed(db, asking, asked)
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
    rights: asking.rights,
    columns: asked.columns.map(headOf),
    panels: panelsOf(req, asked),
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

/**
 * Two panels that most visits do without are sent only when asked for: they would be a third of the page. Each is
 * open, with its fields in the form, or an address that opens it.
 */
function panelsOf(req: Request, asked: Asked) {
  const more = req.query.more === "1" || asksMore(asked)
  const columns = req.query.columns_panel === "1"
  const open = { ...queryOf(asked), ...(more && { more: "1" }), ...(columns && { columns_panel: "1" }) }
  return {
    more,
    columns,
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
    gone: key === "class" && line.status === "withdrawn",
  }))
  return { id: line.id, name: studentName(line), cells }
}

const placeText = ({ status, class_label }: StudentLine) =>
  status === "withdrawn" ? "parti(e)" : (class_label ?? "sans classe")
