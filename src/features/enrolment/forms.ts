// What the forms of an enrolment accept: the application itself, and each step of its file.
import * as v from "valibot"
import {
  checkbox,
  choice,
  day,
  optionalChoice,
  optionalDay,
  optionalLine,
  optionalText,
  wholeNumber,
} from "../../web/fields.ts"
import { form, type Problem, type ReadForm, typedIn } from "../../web/form.ts"
import {
  birth,
  consent,
  type GuardianLink,
  givenNames,
  LINKS,
  matricule,
  optionalPhone,
  personName,
  SEXES,
  surname,
} from "../people/forms.ts"
import type { PhonePlan } from "../people/phone.ts"
import type { Birth } from "../people/rules.ts"

/** The child as asked for: the columns of `application` that a form fills. */
export type ApplicationRow = Birth & {
  surname: string
  given_names: string
  sex: "F" | "M" | null
  birth_place: string | null
  nationality: string | null
  address: string | null
  level_code: string
  series_code: string
  previous_school: string | null
  matricule: string | null
  remark: string | null
}

export type GuardianEntry = {
  name: string
  phone: string | null
  link: GuardianLink
  sms_consent: number | null
}

export type ApplicationValues = { row: ApplicationRow; guardians: GuardianEntry[]; documents: number[] }

/** Guardians that one form takes. */
export const GUARDIANS = [1, 2] as const

export type Reading = {
  plan: PhonePlan
  today: string
  /** « 10/CG », « 10/ »: the level and series that may be asked for */
  places: readonly string[]
  /** typed at the desk: a secretary may leave open what a family must answer */
  desk: boolean
}

const knownBirth = (today: string) =>
  v.pipe(
    birth(today),
    v.check(({ birth_year }) => birth_year !== null, "Écrivez la date de naissance, ou « vers 2008 »."),
  )

const childForm = ({ today, desk }: Reading) =>
  form({
    surname: surname(),
    given_names: givenNames(),
    birth: knownBirth(today),
    birth_place: optionalLine(80),
    sex: desk ? optionalChoice(SEXES) : choice(SEXES),
    nationality: optionalLine(60),
    address: optionalLine(150),
    place: v.pipe(v.string(), v.nonEmpty("Choisissez la classe demandée.")),
    previous_school: optionalLine(120),
    matricule: matricule(),
    remark: optionalText(500),
  })

const answered = v.pipe(
  v.picklist(["yes", "no"], "Répondez par oui ou par non."),
  v.transform((word) => (word === "yes" ? 1 : 0)),
)

const givenPhone = (plan: PhonePlan) =>
  v.pipe(
    v.string(),
    v.check((text) => text.trim() !== "", "Écrivez un numéro : l’école vous y répondra."),
    optionalPhone(plan),
  )

/** One guardian's questions; the first one's number and answer are wanted from a family. */
function guardianForm({ plan, desk }: Reading, n: number) {
  const wanted = n === 1 && !desk
  return form({
    name: personName(120),
    phone: wanted ? givenPhone(plan) : optionalPhone(plan),
    link: v.picklist(Object.keys(LINKS) as GuardianLink[], "Choisissez le lien avec l’enfant."),
    sms_consent: wanted ? answered : v.fallback(consent(), null),
  })
}

type Typed = Record<string, string>

/** The guardian in the fields « g1_name », « g1_phone »…; null for a second one who is not there. */
function readGuardian(reading: Reading, n: number, typed: Typed): ReadForm<GuardianEntry> | null {
  const own = Object.fromEntries(
    ["name", "phone", "link", "sms_consent"].map((name) => [name, typed[`g${n}_${name}`] ?? ""]),
  )
  if (n > 1 && !own.name?.trim() && !own.phone?.trim()) return null
  const read = guardianForm(reading, n).read(own)
  if (read.ok) return read
  const problems = read.problems.map(({ field, text }) => ({ field: `g${n}_${field}`, text }))
  return { ...read, problems }
}

/** The whole form of an application; of a field that took in a whole list, only the beginning is shown again. */
export function readApplication(body: unknown, reading: Reading): ReadForm<ApplicationValues> {
  const typed = typedIn(body)
  const child = childForm(reading).read(typed)
  const problems: Problem[] = [...child.problems]
  const placed = reading.places.includes(typed.place ?? "")
  if (child.ok && !placed) problems.push({ field: "place", text: "Choisissez la classe dans la liste." })
  const guardians = GUARDIANS.flatMap((n) => readGuardian(reading, n, typed) ?? [])
  problems.push(...guardians.flatMap((read) => read.problems))
  const shown = shortened(typed)
  if (!child.ok || problems.length > 0) return { ok: false, typed: shown, problems }
  const { birth: born, place, ...values } = child.values
  const [level_code = "", series_code = ""] = place.split("/")
  return {
    ok: true,
    typed: shown,
    problems: [],
    values: {
      row: { ...values, ...born, level_code, series_code },
      guardians: guardians.flatMap((read) => (read.ok ? read.values : [])),
      documents: tickedDocuments(typed),
    },
  }
}

/** Five hundred names pasted into one field must not make the page that says so heavier than the form. */
const MOST_SHOWN = 600
const shortened = (typed: Typed): Typed =>
  Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, text.slice(0, MOST_SHOWN)]))

/** The numbers of the documents ticked: fields « doc_12 ». */
export const tickedDocuments = (typed: Typed): number[] =>
  Object.entries(typed).flatMap(([name, value]) => {
    const id = /^doc_(\d{1,9})$/.exec(name)?.[1]
    return id && (value === "1" || value === "on") ? [Number(id)] : []
  })

export type ChecklistValues = { version: number; tell: boolean; given: Map<number, string> }

/** The checklist of a file: what is ticked, with its day; an empty day is today. */
export function readChecklist(body: unknown, today: string): ReadForm<ChecklistValues> {
  const read = form({ version: rowVersion(), tell: checkbox() }).read(body)
  const problems: Problem[] = [...read.problems]
  const given = new Map<number, string>()
  for (const id of tickedDocuments(read.typed)) {
    const on = form({ on: optionalDay() }).read({ on: read.typed[`on_${id}`] ?? "" })
    if (!on.ok) problems.push({ field: `on_${id}`, text: "Écrivez une date comme 05/10/2026." })
    else if ((on.values.on ?? today) > today)
      problems.push({ field: `on_${id}`, text: "Cette date n’est pas encore venue." })
    else given.set(id, on.values.on ?? today)
  }
  if (!read.ok || problems.length > 0) return { ok: false, typed: read.typed, problems }
  return { ...read, values: { ...read.values, given } }
}

/** Which state of the file the person saw; 0 when the page did not say. */
const rowVersion = () => v.fallback(wholeNumber(0, 999_999_999), 0)

export const versionForm = form({ version: rowVersion() })

export const checkForm = form({ version: rowVersion(), reason: optionalLine(200) })

/** `who`: « new », or the number of the student this is. */
export const numberForm = form({
  version: rowVersion(),
  matricule: matricule(),
  who: v.pipe(v.string(), v.nonEmpty("Dites si c’est un nouvel élève ou l’un de ceux-là.")),
})

export const activateForm = form({
  version: rowVersion(),
  class: v.pipe(v.string(), v.nonEmpty("Choisissez la classe.")),
  on: day(),
  repeating: checkbox(),
  regime: optionalChoice(["ETAT", "PRIVE"]),
})

export const endForm = form({
  version: rowVersion(),
  end: v.picklist(["refused", "abandoned"], "Dites si la demande est refusée ou abandonnée."),
  reason: v.pipe(
    v.string(),
    v.transform((text) => text.replace(/\s+/g, " ").trim()),
    v.nonEmpty("Écrivez la raison : elle reste dans l’histoire du dossier."),
    v.maxLength(200, "200 caractères au plus."),
  ),
})

export const reopenForm = form({ version: rowVersion(), reason: optionalLine(200) })
