import type { Table } from "./table.ts"

/** A block as a spreadsheet copies it: rows by line, columns by tab; the line break at its end is no row. */
export const blockOf = (text: string) =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => line.split("\t").map((one) => one.trim()))

/**
 * A column, or a block, pasted from a spreadsheet fills downwards and to the right from the field it is pasted in.
 * Its empty cells leave ours as they are; a row without a field (an exempt student) takes its line and keeps nothing.
 */
export function pasteBlocks(table: Table, filled: (inputs: HTMLInputElement[]) => void) {
  table.body.addEventListener("paste", (event) => {
    const input = event.target
    const text = event.clipboardData?.getData("text/plain") ?? ""
    if (!table.owns(input) || !/[\n\t]/.test(text.replace(/\r?\n$/, ""))) return
    event.preventDefault()
    const { row, column } = table.placeOf(input)
    const columns = table.columns
    const from = columns.indexOf(column)
    const inputs: HTMLInputElement[] = []
    let lost = 0
    for (const [down, line] of blockOf(text).entries()) {
      for (const [right, value] of line.entries()) {
        if (value === "") continue
        const to = columns[from + right]
        const field = to === undefined ? null : table.at(row + down, to)
        if (!field) lost++
        else {
          field.value = value
          inputs.push(field)
        }
      }
    }
    filled(inputs)
    input.select()
    const left = lost > 0 ? `, ${lost} en trop laissées de côté` : ""
    table.say(`${inputs.length} valeurs collées${left}`)
  })
}
