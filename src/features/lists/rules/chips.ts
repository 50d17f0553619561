// Each filter in words, with the address of the list without it. Pure.
import { short } from "../../../web/french.ts"
import { CHANNELS, type Channel } from "../../people/choices.ts"
import {
  type Asked,
  CONSENTS,
  FILTER_KEYS,
  type FilterKey,
  hundredthsOf,
  PHOTOS,
  pathOf,
  queryOf,
  REGIMES,
  REPEATING,
  SEXES,
  STATUSES,
} from "./asked.ts"

/** What the numbers and codes of an address are called in this school. */
export type Words = {
  years: readonly { id: number; label: string }[]
  levels: readonly { code: string; label: string }[]
  series: readonly { code: string; label: string }[]
  classes: readonly { id: number; label: string }[]
}

export type Chip = { key: FilterKey; label: string; without: string }

const called = (found: { label: string } | undefined) => found?.label ?? "inconnu(e)"
const byId = (rows: readonly { id: number; label: string }[], id: string) =>
  called(rows.find((one) => String(one.id) === id))
const byCode = (rows: readonly { code: string; label: string }[], code: string) =>
  called(rows.find((one) => one.code === code))

const LABELS: Record<FilterKey, (value: string, words: Words) => string> = {
  q: (value) => `« ${value} »`,
  year: (value, { years }) => `Année : ${byId(years, value)}`,
  level: (value, { levels }) => `Niveau : ${byCode(levels, value)}`,
  series: (value, { series }) => `Série : ${byCode(series, value)}`,
  class: (value, { classes }) => `Classe : ${byId(classes, value)}`,
  status: (value) => STATUSES[value as keyof typeof STATUSES],
  sex: (value) => SEXES[value as keyof typeof SEXES],
  repeating: (value) => REPEATING[value as keyof typeof REPEATING],
  regime: (value) =>
    value === "unknown" ? REGIMES.unknown : `Régime : ${REGIMES[value as "ETAT" | "PRIVE"]}`,
  born_from: (value) => `Nés en ${value} ou après`,
  born_to: (value) => `Nés en ${value} ou avant`,
  no_matricule: () => "Sans matricule",
  no_birth: () => "Sans date de naissance",
  consent: (value) => CONSENTS[value as keyof typeof CONSENTS],
  zone: (value) => `Adresse : ${value}`,
  commune: (value) => `Commune : ${value}`,
  quartier: (value) => `Quartier : ${value}`,
  channel: (value) => `A connu l’école par : ${CHANNELS[value as Channel]}`,
  photo: (value) => PHOTOS[value as keyof typeof PHOTOS],
  below: (value) => `Moyenne sous ${short(hundredthsOf(value))}`,
  fall: (value) =>
    `Baisse de plus de ${short(hundredthsOf(value))} point${hundredthsOf(value) < 200 ? "" : "s"}`,
  absent: (value) => `Au moins ${value} h d’absence`,
}

/** The filters in force, in the order of the form. */
export function chipsOf(asked: Asked, words: Words): Chip[] {
  return FILTER_KEYS.filter((key) => asked.filters[key]).map((key) => ({
    key,
    label: LABELS[key](asked.filters[key], words),
    without: pathOf(queryOf(asked, key)),
  }))
}

/** « Classe : 10ème CG 1 ; Filles », for the register; what everybody sees when nothing is asked. */
export const filtersInWords = (chips: readonly Chip[]) =>
  chips.map(({ label }) => label).join(" ; ") || "Tous les élèves inscrits"
