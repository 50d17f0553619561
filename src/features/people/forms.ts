import * as v from "valibot"
import {
  checkbox,
  choice,
  day,
  optionalChoice,
  optionalDay,
  optionalEmail,
  optionalLine,
  optionalText,
  optionalWholeNumber,
  wholeNumber,
} from "../../web/fields.ts"
import { form, type ReadForm } from "../../web/form.ts"
import { CHANNELS, CONTRACTS, type GuardianLink, LANGUAGES, LINKS, SEXES, WITHDRAWALS } from "./choices.ts"
import { contactProblems } from "./contacts.ts"
import { capitalized, tidy, upperCase } from "./naming.ts"
import { type PhonePlan, readPhone } from "./phone.ts"
import { birthProblem, readBirth, readMatricule } from "./rules.ts"

export { type GuardianLink, LINKS, SEXES } from "./choices.ts"

const NAME_LENGTH = 80

/** A name: at least one letter, single spaces, composed accents. */
export const personName = (max = NAME_LENGTH) =>
  v.pipe(
    v.string(),
    v.transform(tidy),
    v.nonEmpty("Remplissez ce champ."),
    v.maxLength(max, `${max} caractères au plus.`),
    v.regex(/\p{L}/u, "Un nom a au moins une lettre."),
  )

/** Given names, each with its capital. */
export const givenNames = () => v.pipe(personName(), v.transform(capitalized))

/** A family name, in capitals (domain.md §1.10). */
export const surname = () => v.pipe(personName(), v.transform(upperCase))

const optionalName = () => optionalLine(NAME_LENGTH)

/** A phone number as E.164, or null. */
export const optionalPhone = (plan: PhonePlan) =>
  v.pipe(
    v.string(),
    v.rawTransform<string, string | null>(({ dataset, addIssue }) => {
      if (dataset.value.trim() === "") return null
      const read = readPhone(dataset.value, plan)
      if (read.kind === "number") return read.e164
      addIssue({ message: read.reason })
      return null
    }),
  )

export const birth = (today: string) =>
  v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue }) => {
      const read = readBirth(dataset.value, today)
      if (read === null) addIssue({ message: birthProblem(dataset.value) })
      return read ?? ({ birth_date: null, birth_year: null, birth_approximate: 0 } as const)
    }),
  )

export const matricule = () =>
  v.pipe(
    v.string(),
    v.transform(readMatricule),
    v.check((read) => read === null || read.length <= 30, "30 caractères au plus."),
    v.check(
      (read) => read === null || /^[\p{L}\p{N}/._-]+$/u.test(read),
      "Des lettres et des chiffres seulement.",
    ),
  )

/** A day of the past or today, or null. */
const pastDay = (today: string) =>
  v.pipe(
    optionalDay(),
    v.check((day) => day === null || day <= today, "Ce jour n’est pas encore venu."),
  )

const words = <T extends object>(of: T) => Object.keys(of) as (keyof T & string)[]

const studentFields = (plan: PhonePlan, today: string) => ({
  surname: surname(),
  given_names: givenNames(),
  matricule: matricule(),
  sex: optionalChoice(SEXES),
  birth: birth(today),
  birth_approximate: checkbox(),
  birth_place: optionalLine(80),
  nationality: optionalLine(60),
  national_number: matricule(),
  phone: optionalPhone(plan),
  address: optionalLine(150),
  quartier: optionalLine(60),
  commune: optionalLine(60),
  transport_stop: optionalLine(80),
  father_name: optionalName(),
  mother_name: optionalName(),
  previous_school: optionalLine(120),
  entered_on: optionalDay(),
  repeated_before: optionalWholeNumber(0, 9),
  channel: optionalChoice(words(CHANNELS)),
  exam_number: matricule(),
  exam_centre: optionalLine(80),
  repeating: checkbox(),
  regime: optionalChoice(["ETAT", "PRIVE"]),
  contact1_name: optionalName(),
  contact1_relation: optionalLine(40),
  contact1_phone: optionalPhone(plan),
  contact2_name: optionalName(),
  contact2_relation: optionalLine(40),
  contact2_phone: optionalPhone(plan),
  contact3_name: optionalName(),
  contact3_relation: optionalLine(40),
  contact3_phone: optionalPhone(plan),
})

/** What a form accepts of a student; `today` is the school's own day. */
export function studentForm(plan: PhonePlan, today: string) {
  const fields = form(studentFields(plan, today))
  return {
    read(body: unknown): ReturnType<typeof fields.read> {
      const read = fields.read(body)
      const problems = read.ok ? contactProblems(read.values) : []
      return shortened(problems.length > 0 ? { ok: false, typed: read.typed, problems } : read)
    },
  }
}

/** Characters of a refused field that its page shows again. */
const MOST_SHOWN = 300

/** A whole list pasted into one field: the page says how much came, and shows where it began. */
export function shortened<T>(read: ReadForm<T>): ReadForm<T> {
  if (read.ok) return read
  const typed = { ...read.typed }
  const problems = read.problems.map(({ field, text }) => {
    const length = typed[field]?.length ?? 0
    if (length <= MOST_SHOWN) return { field, text }
    typed[field] = (typed[field] as string).slice(0, MOST_SHOWN)
    return { field, text: `${text} Vous en avez écrit ${length} : seul le début est repris ci-dessous.` }
  })
  return { ok: false, typed, problems }
}

/** Where a new student goes; empty: enrolled later. */
export const placeForm = form({ class: v.pipe(v.string(), v.trim()), confirmed: checkbox() })

export const moveForm = form({ class: v.pipe(v.string(), v.nonEmpty("Choisissez la classe.")), on: day() })

export const withdrawalForm = form({
  on: day(),
  reason: choice(words(WITHDRAWALS)),
  remark: optionalLine(200),
})

const link = () => choice(Object.keys(LINKS) as GuardianLink[])

/** Yes, no, or never asked: what is not asked is never a yes. */
export const consent = () =>
  v.pipe(
    choice(["yes", "no", "unasked"]),
    v.transform((word) => (word === "yes" ? 1 : word === "no" ? 0 : null)),
  )

/** The same where a form may leave the question out. */
const consentIfAsked = () =>
  v.pipe(
    optionalChoice(["yes", "no", "unasked"]),
    v.transform((word) => (word === "yes" ? 1 : word === "no" ? 0 : null)),
  )

const guardianFields = (plan: PhonePlan) => ({
  name: personName(120),
  phone: optionalPhone(plan),
  phone2: optionalPhone(plan),
  money_phone: v.pipe(
    optionalChoice(["1", "2"]),
    v.transform((word) => (word === null ? null : Number(word))),
  ),
  email: optionalEmail(),
  address: optionalLine(150),
  quartier: optionalLine(60),
  language: v.pipe(
    optionalChoice(words(LANGUAGES)),
    v.transform((word) => word ?? "fr"),
  ),
  sms_consent: consent(),
  consent_source: optionalLine(100),
  email_consent: consentIfAsked(),
  email_consent_source: optionalLine(100),
  whatsapp_consent: consentIfAsked(),
  whatsapp_consent_source: optionalLine(100),
})

type Numbers = { phone: string | null; phone2: string | null; money_phone: number | null }

/** Mobile money stands on a number that is there. */
function moneyProblems({ phone, phone2, money_phone }: Numbers) {
  const missing = (money_phone === 1 && !phone) || (money_phone === 2 && !phone2)
  return missing ? [{ field: "money_phone", text: "Ce téléphone n’est pas rempli ci-dessus." }] : []
}

function checked<T extends Numbers>(read: ReadForm<T>): ReadForm<T> {
  const problems = read.ok ? moneyProblems(read.values) : []
  return shortened(problems.length > 0 ? { ok: false, typed: read.typed, problems } : read)
}

export const guardianForm = (plan: PhonePlan) => {
  const fields = form(guardianFields(plan))
  return { read: (body: unknown) => checked(fields.read(body)) }
}

/** What a guardian is to one child. */
const linkFields = () => ({
  link: link(),
  informed: checkbox(),
  lives_with: v.pipe(
    optionalChoice(["yes", "no"]),
    v.transform((word) => (word === null ? null : Number(word === "yes"))),
  ),
})

/** A guardian made for one student: who it is and what to that child. */
export const newGuardianForm = (plan: PhonePlan) => {
  const fields = form({ ...guardianFields(plan), ...linkFields(), confirmed: checkbox() })
  return { read: (body: unknown) => checked(fields.read(body)) }
}

/** A guardian known to the school, linked from a list. */
export const shortLinkForm = form({ link: link(), informed: checkbox() })

/** The link on its own page: also whether this guardian may see the child. */
export const linkForm = form({ ...linkFields(), unseen: checkbox(), unseen_reason: optionalLine(200) })

export const consentForm = (kinds: readonly string[], today: string) =>
  form({
    kind: choice(kinds),
    answer: v.pipe(
      v.picklist(["yes", "no"], "Choisissez oui ou non."),
      v.transform((word) => (word === "yes" ? 1 : 0)),
    ),
    given_on: v.pipe(
      day(),
      v.check((day) => day <= today, "Ce jour n’est pas encore venu."),
    ),
    source: v.pipe(
      v.string(),
      v.transform(tidy),
      v.nonEmpty("Écrivez qui a répondu et comment : fiche signée, au téléphone…"),
      v.maxLength(150, "150 caractères au plus."),
    ),
  })

export const staffForm = (plan: PhonePlan, today: string) =>
  form({
    surname: surname(),
    given_names: givenNames(),
    sex: optionalChoice(SEXES),
    position: v.pipe(
      v.string(),
      v.transform(tidy),
      v.nonEmpty("Écrivez la fonction."),
      v.maxLength(80, "80 caractères au plus."),
    ),
    teaching: checkbox(),
    employee_number: optionalLine(40),
    phone: optionalPhone(plan),
    email: optionalEmail(),
    grade: optionalLine(80),
    diplomas: optionalLine(150),
    specialities: optionalLine(150),
    availability: optionalText(500),
    entered_on: pastDay(today),
    contract: optionalChoice(words(CONTRACTS)),
  })

/** Which state of a row the person saw; 0 when the page did not say. */
export const versionForm = form({
  version: v.union([
    wholeNumber(0, 999_999_999),
    v.pipe(
      v.literal(""),
      v.transform(() => 0),
    ),
  ]),
})
