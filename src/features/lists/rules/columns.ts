// The columns that a list of students may have, and what stands in their cells. Pure.
import { CHANNELS, type Channel } from "../../people/choices.ts"
import { birthText } from "../../people/rules.ts"
import type { Need } from "./asked.ts"

/** What stands in a cell, before it is written for a screen, a CSV or a workbook. */
export type Cell =
  | string
  | number
  /** ISO day */
  | { day: string }
  /** a mark or a number of points */
  | { hundredths: number }
  /** E.164 */
  | { phones: string[] }
  | null

/** How a cell is hidden from who may not take personal data away (masking.ts). */
export type Mask = "phones" | "birth" | "names" | "whole"

/** One student of a list; of what the chosen columns do not need, nothing is read: it is not there. */
export type StudentLine = {
  id: number
  surname: string
  given_names: string
  matricule: string | null
  sex: string | null
  birth_date: string | null
  birth_year: number | null
  birth_approximate: number
  birth_place: string | null
  nationality: string | null
  phone: string | null
  address: string | null
  father_name: string | null
  mother_name: string | null
  status: string
  class_label: string | null
  level_label: string | null
  series_code: string | null
  repeating: number | null
  regime: string | null
  starts_on: string | null
  /** of the guardians, in one order, between commas */
  guardians: string | null
  guardian_phones: string | null
  consents: string | null
  /** hundredths, of the newest publication */
  average: number | null
  fall: number | null
  internal_number: string | null
  national_number: string | null
  quartier: string | null
  commune: string | null
  transport_stop: string | null
  previous_school: string | null
  entered_on: string | null
  channel: string | null
  repeated_before: number | null
  exam_number: string | null
  exam_centre: string | null
  /** of the emergency contacts, in order, between commas */
  contact_phones: string | null
  /** 1 yes, 0 no, null never asked */
  photo: number | null
  /** hours since the year began */
  absences: number | null
}

type Column = {
  label: string
  cell: (line: StudentLine) => Cell
  needs?: Need
  mask?: Mask
  /** numbers stand at the right */
  number?: true
  /** in characters, for a workbook */
  width: number
}

const REGIME_WORDS: Record<string, string> = { ETAT: "État", PRIVE: "Privé" }
const STATUS_WORDS: Record<string, string> = {
  active: "inscrit(e)",
  pending: "en attente",
  withdrawn: "parti(e)",
}
const CONSENT_WORDS: Record<string, string> = { "1": "oui", "0": "non", "": "jamais demandé" }

const PHOTO_WORDS: Record<string, string> = { "1": "oui", "0": "non" }

const split = (joined: string | null) => (joined === null ? [] : joined.split(","))
const hundredths = (value: number | null) => (value === null ? null : { hundredths: value })
const day = (iso: string | null) => (iso === null ? null : { day: iso })

function birth(line: StudentLine): Cell {
  if (line.birth_date && !line.birth_approximate) return { day: line.birth_date }
  return line.birth_year ? birthText(line) : null
}

/** In the order in which they stand. */
export const COLUMNS = {
  matricule: { label: "Matricule", cell: (line) => line.matricule, width: 17 },
  internal: { label: "Numéro interne", cell: (line) => line.internal_number, width: 14 },
  birth: { label: "Né(e) le", cell: birth, mask: "birth", width: 12 },
  birth_place: { label: "Lieu de naissance", cell: (line) => line.birth_place, width: 18 },
  sex: { label: "Sexe", cell: (line) => line.sex, width: 6 },
  class: { label: "Classe", cell: (line) => line.class_label, width: 14 },
  level: { label: "Niveau", cell: (line) => line.level_label, width: 10 },
  series: { label: "Série", cell: (line) => line.series_code, width: 8 },
  repeating: {
    label: "Redoublant",
    cell: (line) => (line.repeating === null ? null : line.repeating ? "oui" : "non"),
    width: 11,
  },
  regime: { label: "Régime", cell: (line) => REGIME_WORDS[line.regime ?? ""] ?? line.regime, width: 9 },
  entered: { label: "Entré(e) le", cell: (line) => day(line.starts_on), width: 12 },
  status: { label: "Situation", cell: (line) => STATUS_WORDS[line.status] ?? line.status, width: 12 },
  joined: { label: "Dans l’école depuis", cell: (line) => day(line.entered_on), width: 12 },
  previous: { label: "École d’origine", cell: (line) => line.previous_school, width: 24 },
  repeated: {
    label: "Redoublements avant",
    cell: (line) => line.repeated_before,
    number: true,
    width: 10,
  },
  channel: {
    label: "A connu l’école par",
    cell: (line) => CHANNELS[line.channel as Channel] ?? line.channel,
    width: 18,
  },
  exam_number: { label: "Numéro d’examen", cell: (line) => line.exam_number, width: 16 },
  exam_centre: { label: "Centre d’examen", cell: (line) => line.exam_centre, width: 20 },
  photo: {
    label: "Photos publiées",
    cell: (line) => PHOTO_WORDS[String(line.photo)] ?? "jamais demandé",
    width: 14,
  },
  nationality: { label: "Nationalité", cell: (line) => line.nationality, width: 14 },
  national: {
    label: "Numéro national",
    cell: (line) => line.national_number,
    needs: "guardians",
    mask: "whole",
    width: 18,
  },
  phone: {
    label: "Téléphone de l’élève",
    cell: (line) => (line.phone ? { phones: [line.phone] } : null),
    needs: "guardians",
    mask: "phones",
    width: 20,
  },
  address: {
    label: "Adresse",
    cell: (line) => line.address,
    needs: "guardians",
    mask: "whole",
    width: 28,
  },
  quartier: {
    label: "Quartier",
    cell: (line) => line.quartier,
    needs: "guardians",
    mask: "whole",
    width: 18,
  },
  commune: { label: "Commune", cell: (line) => line.commune, needs: "guardians", width: 14 },
  stop: {
    label: "Arrêt du transport",
    cell: (line) => line.transport_stop,
    needs: "guardians",
    mask: "whole",
    width: 20,
  },
  father: { label: "Père", cell: (line) => line.father_name, mask: "names", width: 24 },
  mother: { label: "Mère", cell: (line) => line.mother_name, mask: "names", width: 24 },
  guardian: {
    label: "Tuteurs",
    cell: (line) => split(line.guardians).join(", ") || null,
    needs: "guardians",
    mask: "names",
    width: 28,
  },
  guardian_phone: {
    label: "Téléphones des tuteurs",
    cell: (line) => (line.guardian_phones ? { phones: split(line.guardian_phones) } : null),
    needs: "guardians",
    mask: "phones",
    width: 24,
  },
  contacts: {
    label: "Contacts d’urgence",
    cell: (line) => (line.contact_phones ? { phones: split(line.contact_phones) } : null),
    needs: "guardians",
    mask: "phones",
    width: 24,
  },
  consent: {
    label: "Accord SMS",
    cell: (line) =>
      split(line.consents)
        .map((one) => CONSENT_WORDS[one] ?? one)
        .join(", ") || null,
    needs: "guardians",
    width: 16,
  },
  average: {
    label: "Moyenne publiée",
    cell: (line) => hundredths(line.average),
    needs: "academic",
    number: true,
    width: 10,
  },
  fall: {
    label: "Baisse",
    cell: (line) => hundredths(line.fall),
    needs: "academic",
    number: true,
    width: 8,
  },
  absent: {
    label: "Heures d’absence",
    cell: (line) => line.absences,
    needs: "academic",
    number: true,
    width: 10,
  },
} as const satisfies Record<string, Column>

export type ColumnKey = keyof typeof COLUMNS

export const columnOf = (key: ColumnKey): Column => COLUMNS[key]

export const isColumn = (word: string): word is ColumnKey => Object.hasOwn(COLUMNS, word)

/** What a list shows beside the name until somebody chooses otherwise. */
export const DEFAULT_COLUMNS: readonly ColumnKey[] = ["matricule", "birth", "sex", "class"]
