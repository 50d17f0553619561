// A new student, with the first guardian on the same page: the window has a queue.
import type { Request, Response } from "express"
import type { ReadForm } from "../../../web/form.ts"
import { refused } from "../../../web/form.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { type FirstGuardian, firstGuardianForm } from "../arrivalForm.ts"
import { CHANNELS, LINKS } from "../choices.ts"
import { contactsIn } from "../contacts.ts"
import { placeForm, studentForm } from "../forms.ts"
import { splitFullName } from "../naming.ts"
import { phoneText } from "../phone.ts"
import { addArrival } from "../queries/arrivals.ts"
import { type ClassChoice, classChoices } from "../queries/enrolments.ts"
import { sameGuardian } from "../queries/guardians.ts"
import { doublesOf, holderOf } from "../queries/students.ts"
import { birthText, capitalised, studentName } from "../rules.ts"
import { viewer } from "../scope.ts"
import { entryDay, planFor, todayFor, yearId, yearOf } from "./asking.ts"
import { contactFields, crowded, oddMatricule, rowOf, type StudentValues, taken } from "./students.ts"

/** The form, with the name that was looked for in vain (`?name=`). */
export async function newPage(req: Request, res: Response) {
  yearOf(req)
  const said = String(req.query.name ?? "").slice(0, 160)
  const { surname, givenNames } = splitFullName(said)
  const typed = {
    class: String(rowNumber(req.query.class) || ""),
    surname: surname.toLocaleUpperCase("fr"),
    given_names: capitalised(givenNames),
  }
  await arrivalPage(req, res, { typed, problems: [] })
}

type Form = { typed: Record<string, string>; problems: { field: string; text: string }[] }

async function arrivalPage(req: Request, res: Response, form: Form, extra: object = {}) {
  const classes = await classChoices(req.school.db, viewer(req), yearId(req))
  res.page("people/new", {
    form,
    classes,
    matriculeOpen: true,
    birthText,
    channels: CHANNELS,
    links: LINKS,
    phone: (e164: string | null) => phoneText(e164, planFor(req)),
    ...extra,
  })
}

export async function create(req: Request, res: Response) {
  const { db } = req.school
  const read = studentForm(planFor(req), todayFor(req)).read(req.body)
  const place = placeForm.read(req.body)
  const guardian = guardianIn(req)
  if (!read.ok || !place.ok || !guardian.ok) {
    const problems = [...read.problems, ...place.problems, ...guardian.problems]
    return arrivalPage(req, res.status(422), { typed: read.typed, problems })
  }
  const row = rowOf(read.values)
  const holder = row.matricule ? await holderOf(db, row.matricule) : undefined
  if (holder) return arrivalPage(req, res.status(422), taken(read), { holder })
  const classes = await classChoices(db, viewer(req), yearOf(req).id)
  const chosen = classes.find(({ id }) => id === rowNumber(place.values.class))
  if (place.values.class && !chosen) {
    return arrivalPage(req, res.status(422), refused(read, "class", "Choisissez la classe dans la liste."))
  }
  const doubles = place.values.confirmed ? [] : await doublesOf(db, row)
  const first = guardian.values
  const known = first && (await sameGuardian(db, first.row))
  if (doubles.length > 0 || (known && first.known === null)) {
    return arrivalPage(req, res.status(422), { ...read, problems: [] }, { doubles, known })
  }
  const id = await addArrival(
    db,
    req.member,
    {
      row,
      place: chosen ? placementOf(req, chosen, read.values) : null,
      contacts: contactsIn(contactFields(read.values)),
      guardian: first && { ...first, known: first.known === "same" ? (known ?? null) : null },
    },
    req.now,
  )
  if (!id) return arrivalPage(req, res.status(422), taken(read))
  const note = [oddMatricule(row.matricule), chosen && crowded(chosen)].filter(Boolean).join(" ")
  const said = chosen ? "people.student_added" : "people.student_added_unplaced"
  const values = { name: studentName(row), class: chosen?.label ?? "", note: note && ` ${note}` }
  res.flash(said, values, note ? "warning" : "done").redirect(303, `/students/${id}?arrived=1`)
}

/** The first guardian of the form; null when none is typed, or when this person may not write guardians. */
function guardianIn(req: Request): ReadForm<FirstGuardian | null> {
  if (!req.can("people.guardians_change")) return { ok: true, values: null, typed: {}, problems: [] }
  return firstGuardianForm(planFor(req)).read(req.body)
}

const placementOf = (req: Request, chosen: ClassChoice, values: StudentValues) => ({
  class: chosen.id,
  year: yearOf(req).id,
  on: entryDay(req),
  repeating: values.repeating,
  regime: values.regime,
})
