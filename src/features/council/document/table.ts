// The tables of the minutes: thin lines between rows, a stronger one under the head, as on screen.
import { printable } from "../../../documents/fonts.ts"
import { QUIET, RULE, SLATE } from "../../../documents/sheet.ts"

export const TABLE = {
  hLineWidth: (line: number, node: { table: { headerRows?: number; body: unknown[] } }) =>
    line === 0 ? 0 : line === 1 ? 1 : line === node.table.body.length ? 1 : 0.4,
  vLineWidth: () => 0,
  hLineColor: (line: number) => (line === 1 ? SLATE : RULE),
  paddingLeft: () => 3,
  paddingRight: () => 3,
  paddingTop: () => 2.4,
  paddingBottom: () => 2.4,
}

export const cell = (text: string) => ({ text: printable(text) || " ", fontSize: 8.6 })
export const bold = (text: string) => ({ ...cell(text), bold: true })
export const small = (text: string) => ({ text: printable(text), fontSize: 7, color: QUIET })

export const heading = (text: string) => ({
  text: printable(text),
  headlineLevel: 1,
  fontSize: 11,
  bold: true,
  color: SLATE,
  margin: [0, 12, 0, 4],
})
