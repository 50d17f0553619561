// The end of a session: what is missing is listed, the minutes are frozen; and the minutes as a PDF.
import type { Request, Response } from "express"
import { type Db, tx } from "../../../db/index.ts"
import { withLogo } from "../../../documents/logo.ts"
import { renderInWorker } from "../../../documents/pool.ts"
import type { ReadForm } from "../../../web/form.ts"
import { dateTime } from "../../../web/french.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { type CouncilClass, councilOf } from "../classroom.ts"
import type { MinutesData } from "../contract.ts"
import { closeForm } from "../forms.ts"
import { minutesContent } from "../minutes.ts"
import { keepMinutes, minutesOf, minutesVersion, namesOf, placeOf } from "../queries/minutes.ts"
import { attendeesOf, closeSession, holdOpen, meanwhile, notOpen } from "../queries/sessions.ts"
import { councilFor, type SessionAsked, sessionFor, studentPath } from "./asking.ts"

export async function ask(req: Request, res: Response) {
  const { about, council } = await councilFor(req)
  if (!about.open) throw notOpen()
  closingPage(res, about, council)
}

function closingPage(res: Response, about: SessionAsked, council: CouncilClass, form?: ReadForm<unknown>) {
  res.page("council/close", {
    about,
    ...lackingIn(council),
    total: council.students.length,
    path: (id: number) => studentPath(about, id, "rank"),
    ...(form ? { form } : {}),
  })
}

/** Of whom nothing is decided, who has no appreciation, who was decided at another average. */
const lackingIn = ({ students }: CouncilClass) => ({
  undecided: students.filter(({ choice }) => !choice),
  unwritten: students.filter(({ row }) => !row.appreciation),
  changed: students.filter(({ changed }) => changed),
})

/** Students left undecided must be accepted knowingly. */
export async function close(req: Request, res: Response) {
  const { about, council } = await councilFor(req)
  if (!about.open) throw notOpen()
  const read = closeForm.read(req.body)
  if (!read.ok) return closingPage(res.status(422), about, council, read)
  const { seen, remarks, anyway } = read.values
  if (lackingIn(council).undecided.length > 0 && !anyway) {
    const text = "Des élèves n’ont pas de décision : cochez « Clore quand même » si c’est voulu."
    const form = { ok: false as const, typed: read.typed, problems: [{ field: "anyway", text }] }
    return closingPage(res.status(422), about, council, form)
  }
  const at = req.now.toISOString()
  await tx(req.school.db, async (trx) => {
    await holdOpen(trx, about)
    await closeSession(trx, req.member, about, { seen, at, remarks })
    const now = await councilOf(trx, about)
    if (!now) throw meanwhile()
    const [newest] = await minutesOf(trx, about)
    const by = dateTime(at, req.school.settings.timeZone)
    const content = await contentOf(req, trx, { ...about, remarks }, now, {
      version: (newest?.version ?? 0) + 1,
      closed: `le ${by} par ${req.member.name}`,
    })
    await keepMinutes(trx, req.member, about, { content, at })
  })
  res.flash("council.closed").redirect(303, about.path)
}

async function contentOf(
  req: Request,
  db: Db,
  about: SessionAsked,
  council: CouncilClass,
  { version, closed }: { version: number; closed: string | null },
): Promise<MinutesData> {
  const place = await placeOf(db, about.class_id)
  const overruled = council.students.flatMap(({ row }) => row.council?.decided_by ?? [])
  return minutesContent(council, {
    settings: req.school.settings,
    schoolYear: place.year,
    formTeacher: place.surname ? `${place.given_names} ${place.surname}` : "",
    className: about.class,
    periodLabel: about.period,
    session: about,
    attendees: await attendeesOf(db, about),
    names: await namesOf(db, overruled),
    version,
    closed,
    madeAt: req.now.toISOString(),
  })
}

/** The minutes as they were frozen, the newest or `?version=`; of an open session a draft that says so. */
export async function minutes(req: Request, res: Response) {
  const about = await sessionFor(req)
  const asked = rowNumber(req.query.version)
  if (about.state !== "closed" && !asked) return draft(req, res)
  const newest = asked || (await minutesOf(req.school.db, about))[0]?.version
  const kept = newest && (await minutesVersion(req.school.db, about, newest))
  if (!kept) throw notFound()
  await sendMinutes(res, JSON.parse(kept.content), kept.hash)
}

async function draft(req: Request, res: Response) {
  const { about, council } = await councilFor(req)
  if (about.state !== "open")
    throw new Refusal(409, "Le procès-verbal s’imprime quand la séance est ouverte ou close.")
  const [newest] = await minutesOf(req.school.db, about)
  const as = { version: (newest?.version ?? 0) + 1, closed: null }
  await sendMinutes(res, await contentOf(req, req.school.db, about, council, as), null)
}

/** Shown in the browser, where it is printed at once. */
async function sendMinutes(res: Response, data: MinutesData, hash: string | null): Promise<void> {
  const head = await withLogo(res.req.school.folder, data.schoolHead)
  const bytes = await renderInWorker("minutes", { data: { ...data, schoolHead: head }, hash })
  const name = `proces-verbal ${data.className} ${data.periodLabel}${hash ? ` v${data.version}` : " projet"}`
  const plain = name.normalize("NFD").replace(/[^\w .-]+/g, "")
  res.setHeader("Content-Type", "application/pdf")
  res.setHeader("Content-Disposition", `inline; filename="${plain.replace(/ +/g, "-")}.pdf"`)
  res.setHeader("Cache-Control", "private, no-store")
  res.end(bytes)
}
