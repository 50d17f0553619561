// The files in which a person is given their data: one for people, one for programs. Pure.
import { date } from "../../../web/french.ts"
import { ACTIONS, SUBJECTS } from "../../accounts/rules/audit.ts"
import { columnLabel, type Meanings, readable, sheetName } from "./columns.ts"

type Row = Record<string, string | number | null>
type Table = { label: string; rows: Row[]; apart: boolean }
type About = { name: string; school: string; day: string }

const APART = "Ces données existent et sont tenues à part : une personne habilitée peut les communiquer."

/** Excel refuses a cell of more than 32,767 characters. */
const LONGEST_CELL = 32_000

const WIDEST = 60
const NARROWEST = 12

/** One sheet a heading; first, what the file is. Headings about which nothing is held are left out. */
export function sheetsOf(tables: readonly Table[], about: About, meanings: Meanings, timeZone: string) {
  const taken = new Set(["résumé"])
  const told = tables.filter(({ rows, apart }) => rows.length > 0 || apart)
  const first = {
    name: "Résumé",
    head: [`Données de ${about.name}`, ""],
    widths: [45, 50],
    rows: [
      ["École", about.school],
      ["Établi le", date(about.day)],
      ...told.map(({ label, rows, apart }): [string, string | number] => [
        label,
        apart ? APART : rows.length,
      ]),
    ] as (string | number | null)[][],
  }
  const rest = told
    .filter(({ rows }) => rows.length > 0)
    .map(({ label, rows }) => {
      const columns = Object.keys(rows[0] as Row)
      const name = sheetName(label, taken)
      taken.add(name.toLowerCase())
      const cells = rows.map((row) =>
        columns.map((column) =>
          cell(readable(column, inWords(column, row[column] ?? null), meanings, timeZone)),
        ),
      )
      const width = (n: number, title: string) =>
        Math.min(
          WIDEST,
          Math.max(NARROWEST, title.length, ...cells.map((row) => String(row[n] ?? "").length)) + 2,
        )
      const head = columns.map(columnLabel)
      return { name, head, widths: head.map((title, n) => width(n, title)), rows: cells }
    })
  return [first, ...rest]
}

const cell = (value: string | number | null) =>
  typeof value === "string" && value.length > LONGEST_CELL ? `${value.slice(0, LONGEST_CELL)}…` : value

/** The trail's own words for what was changed and how. */
function inWords(column: string, value: string | number | null) {
  if (column === "subject") return SUBJECTS[String(value)] ?? value
  if (column === "action") return ACTIONS[String(value)] ?? value
  return value
}

/** Every value as it is stored, each table under its French heading. */
export function jsonOf(tables: readonly Table[], { name, school, day }: About): string {
  const told = tables
    .filter(({ rows, apart }) => rows.length > 0 || apart)
    .map(({ label, rows, apart }) =>
      apart ? { titre: label, a_part: APART } : { titre: label, lignes: rows },
    )
  return `${JSON.stringify({ personne: name, ecole: school, etabli_le: day, donnees: told }, null, 2)}\n`
}
