import type { Request, Response } from "express"
import { refused } from "../../../web/form.ts"
import { forbidden, notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { t } from "../../../web/strings.ts"
import { contentForm, listForm } from "../forms.ts"
import { optionsOf } from "../queries/options.ts"
import * as queries from "../queries/saved.ts"
import { yearMeant } from "../queries/students.ts"
import { keptQuery, pathOf, readAsked } from "../rules/asked.ts"
import { chipsOf, filtersInWords } from "../rules/chips.ts"
import { columnOf } from "../rules/columns.ts"
import { askingOf, mayChange } from "./asking.ts"

/** The list in the address, one's own or shared. */
async function listFor(req: Request): Promise<queries.SavedList> {
  const list = await queries.findSavedList(req.school.db, req.member, rowNumber(req.params.savedList))
  if (!list) throw notFound()
  return list
}

async function listToChange(req: Request): Promise<queries.SavedList> {
  const list = await listFor(req)
  if (!mayChange(req, list)) throw forbidden()
  return list
}

/** The query of a form as this person may ask for it, in the one way it is written. */
const kept = (req: Request, query: string) => keptQuery(readAsked(query, askingOf(req).rights))

const opened = (list: { id: number; query: string }) =>
  pathOf({ ...Object.fromEntries(new URLSearchParams(list.query)), list: String(list.id) })

/** The page of a list, new or saved: what it asks for in words, its name, with whom it is shared. */
async function page(
  req: Request,
  res: Response,
  list: queries.SavedList | null,
  query: string,
  form: object,
) {
  const asking = askingOf(req)
  const asked = readAsked(query, asking.rights)
  const options = await optionsOf(req.school.db, asking.who, yearMeant(asked, asking.currentYear))
  res.page("lists/show", {
    saved: list,
    query,
    form,
    filters: filtersInWords(chipsOf(asked, options)),
    columns: asked.columns.map((key) => columnOf(key).label),
    dropped: asked.dropped,
    opened: list && opened(list),
    changes: !list || mayChange(req, list),
    own: !list || list.account_id === req.member.id,
  })
}

export async function create(req: Request, res: Response) {
  const read = listForm.read(req.body)
  if (!read.ok) return page(req, res.status(422), null, read.typed.query ?? "", read)
  const query = kept(req, read.values.query)
  const row = { name: read.values.name, query, shared: sharedBy(req, read.values.shared, 0) }
  const id = await queries.saveList(req.school.db, req.member, row, req.now)
  if (!id) return page(req, res.status(422), null, query, refused(read, "name", t("lists.name_taken")))
  res.flash("lists.saved", row).redirect(303, opened({ id, query }))
}

/** Without the right to share, a list stays as shared as it was. */
const sharedBy = (req: Request, wanted: boolean, before: number) =>
  req.can("lists.share") ? Number(wanted) : before

export async function show(req: Request, res: Response) {
  const list = await listFor(req)
  await page(req, res, list, list.query, {
    typed: { name: list.name, ...(list.shared && { shared: "1" }) },
    problems: [],
  })
}

export async function change(req: Request, res: Response) {
  const list = await listToChange(req)
  const read = listForm.read({ ...req.body, query: list.query })
  if (!read.ok) return page(req, res.status(422), list, list.query, read)
  const shared = sharedBy(req, read.values.shared, list.shared)
  const row = { name: read.values.name, query: list.query, shared }
  const done = await queries.changeList(req.school.db, req.member, list, row, req.now)
  if (!done) return page(req, res.status(422), list, list.query, refused(read, "name", t("lists.name_taken")))
  res.flash("lists.changed", row).redirect(303, opened(list))
}

/** Keeps the filters and columns now on the screen under the name that the list has. */
export async function changeContent(req: Request, res: Response) {
  const list = await listToChange(req)
  const read = contentForm.read(req.body)
  if (!read.ok) return page(req, res.status(422), list, list.query, read)
  const row = { name: list.name, query: kept(req, read.values.query), shared: list.shared }
  await queries.changeList(req.school.db, req.member, list, row, req.now)
  res.flash("lists.content_changed", row).redirect(303, opened({ ...list, query: row.query }))
}

export async function deletePage(req: Request, res: Response) {
  const list = await listFor(req)
  if (!mayChange(req, list)) return res.redirect(303, `/lists/${list.id}`)
  res.page("lists/delete", { saved: list })
}

export async function remove(req: Request, res: Response) {
  const list = await listToChange(req)
  await queries.deleteList(req.school.db, req.member, list, req.now)
  res.flash("lists.deleted", { name: list.name }).redirect(303, "/students")
}
