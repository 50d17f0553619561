import * as v from "valibot"
import {
  checkbox,
  choice,
  day,
  optionalChoice,
  optionalEmail,
  optionalLine,
  wholeNumber,
} from "../../web/fields.ts"
import { form } from "../../web/form.ts"
import { tidy, upperCase } from "./naming.ts"
import { type PhonePlan, readPhone } from "./phone.ts"
import { readBirth, readMatricule } from "./rules.ts"

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
    v.transform((typed) => readBirth(typed, today)),
    v.check(
      (read) => read !== null,
      "Écrivez un jour passé du calendrier, comme 04/03/2011, ou « vers 2008 ».",
    ),
    v.transform((read) => read as NonNullable<typeof read>),
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

export const SEXES = ["F", "M"] as const

/** What a form accepts of a student; `today` is the school's own day. */
export const studentForm = (plan: PhonePlan, today: string) =>
  form({
    surname: surname(),
    given_names: personName(),
    matricule: matricule(),
    sex: optionalChoice(SEXES),
    birth: birth(today),
    birth_approximate: checkbox(),
    birth_place: optionalLine(80),
    nationality: optionalLine(60),
    phone: optionalPhone(plan),
    address: optionalLine(150),
    father_name: optionalName(),
    mother_name: optionalName(),
    repeating: checkbox(),
    regime: optionalChoice(["ETAT", "PRIVE"]),
  })

/** Where a new student goes; empty: enrolled later. */
export const placeForm = form({ class: v.pipe(v.string(), v.trim()), confirmed: checkbox() })

export const moveForm = form({ class: v.pipe(v.string(), v.nonEmpty("Choisissez la classe.")), on: day() })

export const WITHDRAWALS = {
  transferred: "Transfert vers un autre établissement",
  abandoned: "Abandon",
  moved_away: "Déménagement",
  excluded: "Exclusion",
  deceased: "Décès",
  other: "Autre raison",
} as const

export const withdrawalForm = form({
  on: day(),
  reason: choice(Object.keys(WITHDRAWALS) as [keyof typeof WITHDRAWALS]),
  remark: optionalLine(200),
})

export const LINKS = { PERE: "Père", MERE: "Mère", TUTEUR: "Tuteur ou tutrice" } as const
export type GuardianLink = keyof typeof LINKS
const link = () => choice(["PERE", "MERE", "TUTEUR"])

export const linkForm = form({ link: link(), informed: checkbox() })

/** Yes, no, or never asked: what is not asked is never a yes. */
export const consent = () =>
  v.pipe(
    choice(["yes", "no", "unasked"]),
    v.transform((word) => (word === "yes" ? 1 : word === "no" ? 0 : null)),
  )

const guardianFields = (plan: PhonePlan) => ({
  name: personName(120),
  phone: optionalPhone(plan),
  phone2: optionalPhone(plan),
  email: optionalEmail(),
  sms_consent: consent(),
  consent_source: optionalLine(100),
})

export const guardianForm = (plan: PhonePlan) => form(guardianFields(plan))

/** A guardian made for one student: who it is and what to that child. */
export const newGuardianForm = (plan: PhonePlan) =>
  form({ ...guardianFields(plan), link: link(), informed: checkbox(), confirmed: checkbox() })

export const staffForm = (plan: PhonePlan) =>
  form({
    surname: surname(),
    given_names: personName(),
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
