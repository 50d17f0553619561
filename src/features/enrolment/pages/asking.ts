// What the pages of enrolment ask of a request: the year they are for, the file in the address, what forms need.
import type { Request } from "express"
import { money } from "../../../web/french.ts"
import { notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { LINKS } from "../../people/forms.ts"
import { phoneFor, planFor, todayFor, yearOf } from "../../people/pages/asking.ts"
import { typedBirth } from "../../people/rules.ts"
import type { Reading } from "../forms.ts"
import { type Application, type ApplicationGuardian, findApplication } from "../queries/applications.ts"
import { yearChoices } from "../queries/board.ts"
import type { KindRow } from "../queries/documents.ts"
import { type Place, placesOf } from "../queries/making.ts"

export type IntakeYear = { id: number; label: string; starts_on: string }

/** The year that applications are for: the one chosen in the settings, else the current one; null before any. */
export async function intakeYear(req: Request): Promise<IntakeYear | null> {
  const { settings, year, db } = req.school
  const chosen = rowNumber(settings.applicationsYear)
  if (!chosen || chosen === year?.id) return year
  return (await yearChoices(db)).find(({ id }) => id === chosen) ?? year
}

export async function yearFor(req: Request): Promise<IntakeYear> {
  return (await intakeYear(req)) ?? yearOf(req)
}

export const shortName = ({ school: { settings } }: Request) => settings.shortName || settings.name

/** « 15 000 F CFA »; null where nothing is due. */
export const feeText = (req: Request, amount: number | null) =>
  amount === null ? null : money(amount, req.school.settings.currency)

export const followUrl = (req: Request, code: string) => `${req.school.origin}/apply/${code}`

/** The file in the address, or a 404. */
export async function fileFor(req: Request): Promise<Application> {
  const file = await findApplication(req.school.db, rowNumber(req.params.application))
  if (!file) throw notFound()
  return file
}

type Option = { value: string; label: string }
type OptionGroup = { label: string; options: Option[] }

/** The form's choices of a level and series, by level where a level has several series. */
export function placeOptions(places: readonly Place[]): (Option | OptionGroup)[] {
  const levels = new Map<string, Place[]>()
  for (const place of places) levels.set(place.level_code, [...(levels.get(place.level_code) ?? []), place])
  return [...levels].map(([code, own]) => {
    const label = own[0]?.level ?? code
    const named = own.filter(({ series_code }) => series_code)
    if (named.length < 2) {
      const series = named[0]?.series_code ?? ""
      return { value: `${code}/${series}`, label: `${label} ${series}`.trim() }
    }
    const options = named.map(({ series_code, series }) => ({
      value: `${code}/${series_code}`,
      label: `${label} ${series_code}${series && series !== series_code ? ` – ${series}` : ""}`,
    }))
    return { label, options: [...options, { value: `${code}/`, label: `${label}, série à décider` }] }
  })
}

/** What reading an application needs to know (whose numbers, which day, which classes), and what its form shows. */
export async function readingOf(req: Request, year: IntakeYear, desk: boolean) {
  const places = await placesOf(req.school.db, year.id)
  const options = placeOptions(places)
  const values = options.flatMap((one) => ("options" in one ? one.options : one)).map(({ value }) => value)
  const reading: Reading = { plan: planFor(req), today: todayFor(req), places: values, desk }
  return { reading, options, places }
}

/** The documents that a form asks about, each with the levels that want it when not all do. */
export function documentChoices(kinds: readonly KindRow[], places: readonly Place[]) {
  const labels = new Map(places.map(({ level_code, level }) => [level_code, level]))
  return kinds
    .filter(
      ({ active, levels }) => active && (levels.length === 0 || levels.some((code) => labels.has(code))),
    )
    .map((kind) => ({ ...kind, only: kind.levels.flatMap((code) => labels.get(code) ?? []).join(", ") }))
}

/** The file as its form types it. */
export function typedFile(file: Application, guardians: readonly ApplicationGuardian[], req: Request) {
  const phone = phoneFor(req)
  const typed: Record<string, string> = {
    surname: file.surname,
    given_names: file.given_names,
    birth: typedBirth(file),
    birth_place: file.birth_place ?? "",
    sex: file.sex ?? "",
    nationality: file.nationality ?? "",
    address: file.address ?? "",
    place: `${file.level_code}/${file.series_code}`,
    previous_school: file.previous_school ?? "",
    matricule: file.matricule ?? "",
    remark: file.remark ?? "",
    version: String(file.version),
  }
  for (const { position, name, phone: number, link, sms_consent } of guardians) {
    typed[`g${position}_name`] = name
    typed[`g${position}_phone`] = phone(number)
    typed[`g${position}_link`] = link
    typed[`g${position}_sms_consent`] = sms_consent === null ? "unasked" : sms_consent ? "yes" : "no"
  }
  return typed
}

export const linkOptions = Object.entries(LINKS).map(([value, label]) => ({ value, label }))
