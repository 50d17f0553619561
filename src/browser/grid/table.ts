/** The rows and fields of one grid, by position. */
export class Table {
  readonly form: HTMLFormElement
  readonly body: HTMLTableSectionElement
  readonly #live: HTMLElement

  constructor(form: HTMLFormElement) {
    this.form = form
    this.body = form.querySelector("table.marks tbody") as HTMLTableSectionElement
    this.#live = document.createElement("p")
    this.#live.className = "sr"
    this.#live.setAttribute("role", "status")
    form.after(this.#live)
  }

  get seen() {
    return this.form.elements.namedItem("seen") as HTMLInputElement
  }

  /** The columns that hold fields, as cell positions in a row. */
  get columns(): number[] {
    const row = [...this.body.rows].find((one) => one.querySelector("td.cell"))
    if (!row) return []
    return [...row.cells].filter((cell) => cell.classList.contains("cell")).map((cell) => cell.cellIndex)
  }

  at(row: number, column: number): HTMLInputElement | null {
    return fieldIn(this.body.rows[row]?.cells[column])
  }

  placeOf(input: Element) {
    const cell = input.closest("td") as HTMLTableCellElement
    return { row: (cell.parentElement as HTMLTableRowElement).sectionRowIndex, column: cell.cellIndex }
  }

  /** Is a field of this grid, and not an answer to a question in a cell. */
  owns(target: EventTarget | null): target is HTMLInputElement {
    return target instanceof HTMLInputElement && target.type !== "radio" && this.body.contains(target)
  }

  /** Goes to a field and selects what it holds; false where there is none, or it is not shown. */
  go(row: number, column: number): boolean {
    const input = this.at(row, column)
    if (!input || input.closest("td")?.hidden) return false
    input.focus()
    input.select()
    return true
  }

  /** Said to a screen reader. */
  say(text: string) {
    this.#live.textContent = text
  }
}

export const fieldIn = (cell: Element | null | undefined) =>
  cell?.querySelector<HTMLInputElement>("input:not([type=radio])") ?? null
