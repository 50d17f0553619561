// What the council decided, student by student; then where it did not follow the proposal, and why.
import { printable } from "../../../documents/fonts.ts"
import { QUIET } from "../../../documents/sheet.ts"
import type { MinutesData, MinutesStudent } from "../contract.ts"
import { bold, cell, heading, TABLE } from "./table.ts"

type Column = {
  head: string
  width: number | "*"
  right?: true
  of: (one: MinutesStudent, n: number) => object
}

const right = (text: string) => ({ ...cell(text), alignment: "right" })

function columnsOf({ output, isLastPeriod, students }: MinutesData): Column[] {
  const marks: Column[] = output.average
    ? [{ head: "Moyenne", width: 44, right: true, of: ({ average }) => right(average) }]
    : []
  const ranks: Column[] = output.rank ? [{ head: "Rang", width: 48, of: ({ rank }) => cell(rank) }] : []
  const year: Column[] = isLastPeriod
    ? [
        { head: "Année", width: 36, right: true, of: ({ annual }) => right(annual ?? "–") },
        { head: "Rang", width: 48, of: ({ annualRank }) => cell(annualRank ?? "–") },
      ]
    : []
  const decisions: Column[] = isLastPeriod
    ? [{ head: "Décision", width: 118, of: ({ decision }) => ({ ...cell(decision ?? "–"), bold: true }) }]
    : []
  const awards: Column[] = students.some(({ award }) => award)
    ? [{ head: "Distinction", width: 82, of: ({ award }) => cell(award || "–") }]
    : []
  return [
    { head: "N°", width: 18, right: true, of: (_, n) => right(String(n + 1)) },
    { head: "Élève", width: 148, of: nameCell },
    ...[...marks, ...ranks, ...year, ...awards, ...decisions],
    {
      head: "Appréciation",
      width: "*",
      of: ({ appreciation }) => ({ ...cell(appreciation), fontSize: 7.6 }),
    },
  ]
}

const nameCell = ({ name, told, repeating, changed }: MinutesStudent) => ({
  text: [
    { text: printable(name), fontSize: 8.6 },
    { text: `  ${printable(told)}${repeating ? " · R" : ""}`, fontSize: 6.4, color: QUIET },
    ...(changed ? [{ text: "  * moyenne changée depuis", fontSize: 6.4 }] : []),
  ],
})

export function studentTable(data: MinutesData): object {
  const columns = columnsOf(data)
  return {
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: columns.map(({ width }) => width),
      body: [
        columns.map(({ head, right: end }) => ({ ...bold(head), ...(end ? { alignment: "right" } : {}) })),
        ...data.students.map((one, n) => columns.map(({ of }) => of(one, n))),
      ],
    },
    layout: TABLE,
  }
}

export function overruledTable({ students, isLastPeriod }: MinutesData): object[] {
  const rows = students.flatMap(({ name, overruled, award, decision }) => {
    if (!overruled) return []
    const decided = [award || "aucune distinction", isLastPeriod && decision].filter(Boolean).join(", ")
    return [[cell(name), cell(overruled.proposed), cell(decided), cell(overruled.reason), cell(overruled.by)]]
  })
  if (rows.length === 0) return []
  const head = ["Élève", "Proposé par la règle", "Décidé par le conseil", "Motif", "Noté par"].map(bold)
  const widths = ["*", "*", "*", "*", 80]
  return [
    heading("Décisions prises contre la proposition"),
    {
      table: { headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true, widths, body: [head, ...rows] },
      layout: TABLE,
    },
  ]
}
