import type { Table } from "./table.ts"

/** On a phone one assessment at a time: the first with a blank cell, or the one chosen among the tabs. */
export function oneColumn(table: Table) {
  const { columns } = table
  if (columns.length < 2 || !window.matchMedia("(max-width: 639px)").matches) return
  const blank = columns.find((column) =>
    [...table.body.rows].some((_, row) => table.at(row, column)?.value === ""),
  )
  const tabs = [...document.querySelectorAll<HTMLAnchorElement>("#assessments a")]
  const show = (column: number | null) => {
    for (const row of (table.body.parentElement as HTMLTableElement).rows) {
      for (const cell of row.cells) {
        const average = cell.cellIndex > (columns[columns.length - 1] as number)
        const last = cell.cellIndex === row.cells.length - 1
        cell.hidden = column !== null && cell.cellIndex > 0 && (average ? !last : cell.cellIndex !== column)
      }
    }
    for (const [n, tab] of tabs.entries()) {
      const current = n === (column === null ? 0 : columns.indexOf(column) + 1)
      if (current) tab.setAttribute("aria-current", "page")
      else tab.removeAttribute("aria-current")
    }
  }
  for (const [n, tab] of tabs.entries()) {
    tab.addEventListener("click", (event) => {
      event.preventDefault()
      show(n === 0 ? null : (columns[n - 1] as number))
    })
  }
  show(blank ?? (columns[0] as number))
}
