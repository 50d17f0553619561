import type { Table } from "./table.ts"

type Ways = {
  /** Tab goes down the column too, as a pile of papers is typed */
  down: boolean
  /** Escape: the field as it is stored */
  restore: (input: HTMLInputElement) => void
  /** Enter in the last field of a column, which it does not leave */
  commit: (input: HTMLInputElement) => void
}

const PAGE = 10

/** Arrows, Enter, Tab, Home, End, Page up and down, Escape. */
export function listenToKeys(table: Table, ways: Ways) {
  table.body.addEventListener("focusin", ({ target }) => {
    if (table.owns(target)) target.select()
  })
  table.body.addEventListener("keydown", (event) => {
    const input = event.target
    if (!table.owns(input) || event.altKey || event.metaKey || event.isComposing) return
    if (event.key === "Escape") {
      input.value = input.defaultValue
      ways.restore(input)
      input.select()
    } else if (!moved(table, input, event, ways)) return
    event.preventDefault()
  })
}

function moved(table: Table, input: HTMLInputElement, event: KeyboardEvent, ways: Ways): boolean {
  const { row, column } = table.placeOf(input)
  const last = table.body.rows.length - 1
  const back = event.shiftKey
  switch (event.key) {
    case "Enter":
      // never given back to the browser, which would send the whole form
      if (!step(table, row, column, back ? -1 : 1)) ways.commit(input)
      return true
    case "ArrowDown":
    case "ArrowUp": {
      const way = event.key === "ArrowDown" ? 1 : -1
      if (event.ctrlKey) return far(table, way > 0 ? last : 0, column, -way)
      return step(table, row, column, way) || true
    }
    case "PageDown":
      return far(table, Math.min(last, row + PAGE), column, -1)
    case "PageUp":
      return far(table, Math.max(0, row - PAGE), column, 1)
    case "Tab":
      if (!ways.down || input.closest("td")?.querySelector("[type=radio]")) return false
      return step(table, row, column, back ? -1 : 1) || nextColumn(table, column, back ? -1 : 1)
    case "ArrowLeft":
      return !back && atEdge(input, "start") && sideways(table, row, column, -1)
    case "ArrowRight":
      return !back && atEdge(input, "end") && sideways(table, row, column, 1)
    case "Home":
    case "End":
      return !back && !input.classList.contains("text") && toEnd(table, row, column, event)
  }
  return false
}

/** The nearest field above or below: a student who is exempt has none. */
function step(table: Table, row: number, column: number, way: 1 | -1): boolean {
  for (let to = row + way; to >= 0 && to < table.body.rows.length; to += way) {
    if (table.go(to, column)) return true
  }
  return false
}

/** That field, or the nearest one back towards where we come from. */
const far = (table: Table, row: number, column: number, back: number) =>
  table.go(row, column) || step(table, row, column, back > 0 ? 1 : -1)

function nextColumn(table: Table, column: number, way: 1 | -1): boolean {
  const columns = table.columns
  const next = columns[columns.indexOf(column) + way]
  if (next === undefined) return false
  const last = table.body.rows.length - 1
  return way > 0 ? far(table, 0, next, 1) : far(table, last, next, -1)
}

function sideways(table: Table, row: number, column: number, way: 1 | -1): boolean {
  const columns = table.columns
  const next = columns[columns.indexOf(column) + way]
  return next !== undefined && table.go(row, next)
}

function toEnd(table: Table, row: number, column: number, event: KeyboardEvent): boolean {
  const first = event.key === "Home"
  if (event.ctrlKey) return far(table, first ? 0 : table.body.rows.length - 1, column, first ? 1 : -1)
  const columns = table.columns
  const to = first ? columns[0] : columns[columns.length - 1]
  return to !== undefined && table.go(row, to)
}

/** The caret stands at that end, or the whole field is selected. */
function atEdge({ selectionStart, selectionEnd, value }: HTMLInputElement, edge: "start" | "end"): boolean {
  if (selectionStart === 0 && selectionEnd === value.length) return true
  return selectionStart === selectionEnd && selectionStart === (edge === "start" ? 0 : value.length)
}
