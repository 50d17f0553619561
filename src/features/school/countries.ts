// Country profiles: what a school's settings start from. Starting values to confirm, never rules of the program.
import type { SettingKey } from "../../settings.ts"

export type PeriodPlan = "T3" | "S2"

export type Country = {
  code: string
  label: string
  /** the settings that follow from the country */
  settings: Partial<Record<SettingKey, string>>
  /** month and day on which its school years usually begin and end */
  yearBegins: string
  yearEnds: string
  periods: PeriodPlan
}

/** Mottoes and names as printed on official papers (domain.md §1.5 for Mali, §2 for the others). */
export const COUNTRIES: readonly Country[] = [
  {
    code: "ML",
    label: "Mali",
    settings: {
      currency: "XOF",
      timeZone: "Africa/Bamako",
      phonePrefix: "+223",
      ministry: "Ministère de l’Éducation nationale",
      republic: "République du Mali",
      motto: "Un Peuple – Un But – Une Foi",
    },
    yearBegins: "10-01",
    yearEnds: "06-30",
    periods: "T3",
  },
  {
    code: "GN",
    label: "Guinée",
    settings: {
      currency: "GNF",
      timeZone: "Africa/Conakry",
      phonePrefix: "+224",
      ministry: "Ministère de l’Enseignement pré-universitaire et de l’Alphabétisation",
      republic: "République de Guinée",
      motto: "Travail – Justice – Solidarité",
    },
    yearBegins: "10-01",
    yearEnds: "06-30",
    periods: "S2",
  },
  {
    code: "GA",
    label: "Gabon",
    settings: {
      currency: "XAF",
      timeZone: "Africa/Libreville",
      phonePrefix: "+241",
      ministry: "Ministère de l’Éducation nationale",
      republic: "République gabonaise",
      motto: "Union – Travail – Justice",
    },
    yearBegins: "09-15",
    yearEnds: "06-30",
    periods: "T3",
  },
  {
    code: "BE",
    label: "Belgique (Fédération Wallonie-Bruxelles)",
    settings: {
      currency: "EUR",
      timeZone: "Europe/Brussels",
      phonePrefix: "+32",
      ministry: "Administration générale de l’Enseignement",
      republic: "Fédération Wallonie-Bruxelles",
      motto: "",
    },
    yearBegins: "08-24",
    yearEnds: "07-02",
    periods: "T3",
  },
]

export const countryOf = (code: string): Country | undefined => COUNTRIES.find((one) => one.code === code)

export const CURRENCIES = [
  { value: "XOF", label: "Franc CFA (UEMOA, XOF)" },
  { value: "XAF", label: "Franc CFA (CEMAC, XAF)" },
  { value: "GNF", label: "Franc guinéen (GNF)" },
  { value: "EUR", label: "Euro (EUR)" },
] as const
