// « Données »: everything held about one person, counted, and given out as a file.
import { readFile } from "node:fs/promises"
import { basename } from "node:path"
import type { Request, Response } from "express"
import { renderInWorker } from "../../../documents/pool.ts"
import type { Person } from "../../../personal.ts"
import { attach, TYPES, ticketFor, ticketIn } from "../../../web/download.ts"
import { notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { recordLook } from "../../medical/queries/looks.ts"
import { todayFor } from "../../people/pages/asking.ts"
import { placeIn } from "../files.ts"
import { exportForm } from "../forms.ts"
import { leavers } from "../queries/departures.ts"
import { recordExport } from "../queries/exports.ts"
import { fileHeld, gather, meaningsOf, overviewOf } from "../queries/gathering.ts"
import { jsonOf, sheetsOf } from "../rules/given.ts"
import { termText } from "../rules/retention.ts"
import { askingOf, type Named, personFor, rightsOf } from "./asking.ts"

/** What the address of a file is sealed for. */
const aboutOf = ({ person, id }: Named) => `${person} ${id}`

async function show(req: Request, res: Response, named: Named) {
  const asking = await askingOf(req)
  const { lines, files } = await overviewOf(req.school.db, named.person, named.id, rightsOf(req))
  const retention = asking.retentions[named.person]
  const [leaver] = await leavers(req.school.db, asking, named.person, [named.id])
  res.setHeader("Cache-Control", "no-store")
  res.page("privacy/held", {
    named,
    tabs: named.tabs,
    lines: lines.filter(({ rows, apart }) => rows > 0 || apart),
    files: files.map((one) => ({ ...one, name: basename(one.path) })),
    gone: Boolean(leaver?.left_on),
    term: `${termText(retention)} ${retention.from}`,
  })
}

/** Records that the data is given out, notes on health as a look too, then leads to the file. */
async function create(req: Request, res: Response, named: Named) {
  const { db } = req.school
  const read = exportForm.read(req.body)
  if (!read.ok) return res.redirect(303, `${named.place}/data`)
  const { person, id } = named
  const { format } = read.values
  const rights = rightsOf(req)
  const gathered = await gather(db, person, id, rights)
  const rows = gathered.reduce((sum, one) => sum + one.rows.length, 0)
  const medical = rights.medical && person === "student" ? 1 : 0
  if (medical) await recordLook(db, req.member, id, { reason: "Export des données", now: req.now })
  await recordExport(db, req.member, { person, person_id: id, format, rows, medical }, req.now)
  const ticket = ticketFor(req, aboutOf(named), { format, medical: String(medical) })
  res.redirect(303, `${named.place}/data/export?${ticket}`)
}

async function file(req: Request, res: Response, named: Named) {
  const { db, settings } = req.school
  const ticket = ticketIn(req, aboutOf(named), ["format", "medical"])
  if (!ticket) return res.flash("privacy.file_expired", {}, "warning").redirect(303, `${named.place}/data`)
  const medical = ticket.medical === "1" && rightsOf(req).medical
  const gathered = await gather(db, named.person, named.id, { medical })
  const day = todayFor(req)
  const about = { name: named.name, school: settings.name, day }
  const bytes =
    ticket.format === "json"
      ? Buffer.from(jsonOf(gathered, about))
      : await renderInWorker("sheets", sheetsOf(gathered, about, await meaningsOf(db), settings.timeZone))
  const kind = ticket.format === "json" ? "json" : "xlsx"
  attach(res, TYPES[kind], `donnees-${named.person}-${named.id}-${day}.${kind}`, bytes)
}

/** One of the files themselves: a portrait, a scanned paper, a bulletin. */
async function attachment(req: Request, res: Response, named: Named) {
  const { db, folder } = req.school
  if (!req.query.place) return res.redirect(303, `${named.place}/data`)
  const asked = { place: Number(rowNumber(req.query.place)) - 1, row: rowNumber(req.query.row) }
  const found = await fileHeld(db, named.person, named.id, asked, rightsOf(req))
  const place = found && placeIn(folder, found.path)
  if (!place) throw notFound()
  const bytes = await readFile(place).catch(() => null)
  if (!bytes) throw notFound()
  attach(res, "application/octet-stream", basename(found.path).replace(/[^\w.-]+/g, "-"), bytes)
}

/** The four addresses under a person's card. */
export const pagesAbout = (person: Person) => {
  const of =
    (page: (req: Request, res: Response, named: Named) => unknown) => async (req: Request, res: Response) =>
      page(req, res, await personFor(req, person))
  return { show: of(show), create: of(create), file: of(file), attachment: of(attachment) }
}
