// Two cards and their rows in words. Pure.
import type { Person } from "../../personal.ts"
import { decimal } from "../../web/french.ts"
import { hasString, t } from "../../web/strings.ts"
import type { Row } from "../people/conflict.ts"
import { birthText } from "../people/rules.ts"
import { fieldLabel, valueText } from "../people/told.ts"
import type { FieldPair } from "./rules/fields.ts"
import { contentOf, type Meeting } from "./rules/meetings.ts"

/** Stored in hundredths. */
const HUNDREDTHS = new Set(["value", "conduct"])

const labelOf = (column: string) => {
  const own = `doubles.field.${column}`
  return hasString(own) ? t(own) : fieldLabel(column)
}

function cell(column: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return "–"
  if (HUNDREDTHS.has(column)) return decimal(Number(value))
  const status = `doubles.status.${value}`
  return column === "status" && hasString(status) ? t(status) : valueText(column, value)
}

type Phone = (e164: string | null) => string

/** A field of both cards as a page shows it; `photo`: what it says is the name of a picture. */
export function toldField(field: FieldPair, kept: Row, other: Row, phone: Phone) {
  const said = (row: Row) => {
    const value = row[field.name]
    if (field.name === "birth_date") return birthText(row as Parameters<typeof birthText>[0])
    if (/^phone2?$/.test(field.name)) return phone(value as string | null) || "–"
    if (field.name === "photo") return value ? "une photo" : "–"
    return cell(field.name, value)
  }
  return { ...field, label: labelOf(field.name) ?? field.name, kept: said(kept), other: said(other) }
}

/** Two contradictory rows as a page shows them: what they are about, and in what they differ. */
export function toldMeeting(meeting: Meeting, names: ReadonlyMap<string, string>) {
  const { shape, kept, other, differing } = meeting
  const about = shape.columns
    .filter((column) => column !== shape.column)
    .flatMap((column) => names.get(`${column}.${other[column]}`) ?? [])
  const shown = contentOf(shape).filter((column) => differing.includes(column) && labelOf(column))
  const said = (row: Row) =>
    shown
      .filter((column) => row[column] !== null)
      .map((column) => `${labelOf(column)} : ${cell(column, row[column])}`)
      .join(" · ") || "–"
  return { ...meeting, about: [...new Set(about)].join(", "), keptText: said(kept), otherText: said(other) }
}

/** What stands in the way of a merge, and what to do about it. */
export function blockText(kind: Person, { shape, kept, other }: Meeting, names: ReadonlyMap<string, string>) {
  if (shape.table === "enrolment") {
    const [one, two] = [kept, other].map(({ class_id }) => names.get(`class_id.${class_id}`) ?? "une classe")
    return `La fiche gardée est en ${one}, l’autre en ${two} : changez d’abord l’une des deux de classe, pour que les deux soient dans la même.`
  }
  if (shape.table === "account") {
    return `Le compte de l’autre fiche sert aussi à une autre personne${kind === "staff" ? " (un parent ou un élève)" : ""} : demandez à l’administrateur de le séparer d’abord.`
  }
  return `${shape.label} : les deux fiches se contredisent. Une personne qui peut les lire doit d’abord les accorder.`
}

/** The columns of contradictory rows that name something else, and the numbers they hold. */
export function numbersNamed(meetings: readonly Meeting[]): Map<string, Set<number>> {
  const asked = new Map<string, Set<number>>()
  for (const { shape, kept, other } of meetings) {
    for (const column of shape.columns.filter((one) => one !== shape.column && one.endsWith("_id"))) {
      for (const value of [kept[column], other[column]]) {
        if (typeof value !== "number") continue
        const known = asked.get(column)
        if (known) known.add(value)
        else asked.set(column, new Set([value]))
      }
    }
  }
  return asked
}
