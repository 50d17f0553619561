// From what the school knows to what a paper says: what issuing freezes. Pure.
import { schoolHead } from "../../documents/schoolHead.ts"
import type { Settings } from "../../settings.ts"
import { date } from "../../web/french.ts"
import type { BulletinData } from "../bulletins/contract.ts"
import { upperCase } from "../people/naming.ts"
import { birthText, studentName } from "../people/rules.ts"
import type { CardData, PaperData } from "./contract.ts"
import { FIELDS, type FieldName, type PaperKind, type Wording } from "./kinds.ts"
import { birthInWords, born, dayInWords, ofParents, ofSchool, periodInWords, type Stay } from "./rules.ts"
import { fill, type Sex, type Values } from "./wording.ts"

export type StudentFacts = {
  id: number
  surname: string
  given_names: string
  matricule: string | null
  sex: Sex
  birth_date: string | null
  birth_year: number | null
  birth_approximate: number
  birth_place: string | null
  nationality: string | null
  father_name: string | null
  mother_name: string | null
}

export type PaperFacts = {
  kind: PaperKind
  wording: Wording
  settings: Settings
  origin: string
  student: StudentFacts
  stay: Stay
  fields: Partial<Record<FieldName, string | null>>
  /** the school's own day, ISO */
  on: string
}

/** The words that the wording's placeholders stand for; null for what is not known. */
export function valuesOf({ settings, student, stay, fields, on }: PaperFacts): Values {
  const present = stay.until === null
  return {
    nom: studentName(student),
    "nom de famille": student.surname,
    prénoms: student.given_names,
    naissance: birthInWords(student),
    lieu: student.birth_place,
    nationalité: student.nationality,
    parents: ofParents(student.father_name, student.mother_name),
    matricule: student.matricule,
    classe: stay.className,
    année: stay.yearLabel,
    période: periodInWords(stay),
    est: present ? "est" : "a été",
    fréquente: present ? "fréquente" : "a fréquenté",
    titre: settings.headTitle || null,
    signataire: settings.headName || null,
    école: settings.name,
    "de l’école": ofSchool(settings.name),
    ville: settings.city || null,
    date: dayInWords(on),
    destination: fields.destination ?? null,
    radiation: fields.left_on ? dayInWords(fields.left_on) : null,
    motif: fields.reason ?? null,
    travail: fields.work ?? null,
    conduite: fields.conduct ?? null,
  }
}

/** What the form of a paper proposes, as it is typed: all of it may be changed. */
export function proposed(
  stay: Stay,
  bulletin: Pick<
    BulletinData,
    "generalAverage" | "scaleMax" | "periodLabel" | "mention" | "conduct" | "output"
  > | null,
  today: string,
): Record<FieldName, string> {
  const average = bulletin?.output.average && bulletin.generalAverage
  const work = average
    ? `${average} / ${bulletin.scaleMax}${bulletin.mention ? `, ${bulletin.mention}` : ""} (${bulletin.periodLabel})`
    : ""
  return {
    destination: "",
    left_on: date(stay.leftOn ?? today),
    reason: stay.endReason === "transferred" ? "Transfert vers un autre établissement" : "",
    work,
    conduct: bulletin?.conduct?.appreciation || bulletin?.conduct?.display || "",
  }
}

/** The text of a paper before it is issued, as it will be printed. */
export const textOf = (facts: PaperFacts) => fill(facts.wording.body, valuesOf(facts), facts.student.sex)

/** The whole paper in words. */
export function paperContent(
  facts: PaperFacts,
  { reference, code, at }: { reference: string; code: string; at: string },
): PaperData {
  const { kind, wording, settings, student, stay, fields, on, origin } = facts
  const said = (Object.keys(FIELDS) as FieldName[]).flatMap((name) =>
    fields[name] ? [[name, fields[name]]] : [],
  )
  return {
    kind,
    title: upperCase(wording.title),
    reference,
    schoolHead: schoolHead(settings),
    schoolYear: stay.yearLabel,
    student: {
      surname: student.surname,
      givenNames: student.given_names,
      matricule: student.matricule,
      sex: student.sex,
      className: stay.className,
    },
    fields: Object.fromEntries(said),
    blocks: textOf(facts),
    placeAndDate: `Fait${settings.city ? ` à ${settings.city}` : ""}, le ${dayInWords(on)}`,
    signatory: { title: settings.headTitle, name: settings.headName },
    issuedAt: at,
    code,
    verifyUrl: `${origin}/p/${code}`,
  }
}

/** One school card; `verifyUrl` is its signed address. */
export function cardContent(
  settings: Settings,
  student: Omit<StudentFacts, "nationality" | "father_name" | "mother_name">,
  { className, schoolYear, verifyUrl }: { className: string; schoolYear: string; verifyUrl: string },
): CardData {
  const birth = student.birth_year || student.birth_date ? birthText(student) : ""
  return {
    school: settings.name,
    republic: settings.republic,
    motto: settings.motto,
    schoolYear,
    surname: student.surname,
    givenNames: student.given_names,
    className,
    matricule: student.matricule,
    bornLabel: upperFirst(born(student.sex)) + (birth.startsWith("vers") ? "" : " le"),
    birth,
    birthPlace: student.birth_place ?? "",
    signatory: { title: settings.headTitle, name: settings.headName },
    verifyUrl,
  }
}

const upperFirst = (text: string) => text.charAt(0).toLocaleUpperCase("fr") + text.slice(1)
