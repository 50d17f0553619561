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

/** Results as a text says them; null for what is not published, or not shown by the school. */
export type ResultWords = {
  period: string | null
  average: string | null
  rank: string | null
  award: string | null
  annualAverage: string | null
  annualRank: string | null
  decision: string | null
}

export type PaperFacts = {
  kind: PaperKind
  wording: Wording
  settings: Settings
  origin: string
  student: StudentFacts
  stay: Stay
  fields: Partial<Record<FieldName, string | null>>
  /** what was published of the year that the paper is about */
  results?: ResultWords | null
  /** the school's own day, ISO */
  on: string
}

/** The words that the wording's placeholders stand for; null for what is not known. */
export function valuesOf({ settings, student, stay, fields, results, on }: PaperFacts): Values {
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
    "période notée": results?.period ?? null,
    moyenne: results?.average ?? null,
    rang: results?.rank ?? null,
    distinction: results?.award ?? null,
    "moyenne annuelle": results?.annualAverage ?? null,
    "rang annuel": results?.annualRank ?? null,
    décision: results?.decision ?? null,
  }
}

/** What the published bulletins of a year, in the order of its periods, come to. */
export function resultWords(bulletins: readonly BulletinData[]): ResultWords | null {
  const last = bulletins.at(-1)
  if (!last) return null
  const { output, scaleMax, annual } = last
  const outOf = (rank: string | null, of: number) =>
    output.rank && rank ? (/^\d/.test(rank) ? `${rank} sur ${of} classés` : rank) : null
  const on = (average: string | null) => (output.average && average ? `${average} / ${scaleMax}` : null)
  return {
    period: last.periodLabel,
    average: on(last.generalAverage),
    rank: outOf(last.rank, last.outOf),
    award: last.award || null,
    annualAverage: last.isLastPeriod ? on(annual?.average ?? null) : null,
    annualRank: last.isLastPeriod && annual ? outOf(annual.rank, annual.outOf) : null,
    decision: last.isLastPeriod ? last.decision : null,
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

/** What issuing gives a paper of its own. */
export type Given = { reference: string; code: string; at: string }

/** The whole paper in words. */
export function paperContent(facts: PaperFacts, given: Given): PaperData {
  const { wording, fields } = facts
  const said = (Object.keys(FIELDS) as FieldName[]).flatMap((name) =>
    fields[name] ? [[name, fields[name]]] : [],
  )
  return {
    ...paperFrame(facts, given),
    title: upperCase(wording.title),
    fields: Object.fromEntries(said),
    blocks: textOf(facts),
  }
}

type FrameFacts = Pick<PaperFacts, "kind" | "settings" | "origin" | "student" | "on"> & {
  stay: Pick<Stay, "yearLabel" | "className">
}

/** All that any paper says around its text or its table. */
export function paperFrame(
  { kind, settings, student, stay, on, origin }: FrameFacts,
  { reference, code, at }: Given,
): Omit<PaperData, "title" | "fields" | "blocks"> {
  return {
    kind,
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
