import type { Table } from "./table.ts"

const WORDS = [
  ["Abs. justifiée", "abs j"],
  ["Abs. non just.", "abs nj"],
  ["Dispensé", "disp"],
] as const

/**
 * A bar at the bottom names the cell one is in and leads to its history; under a thumb the keyboard shows figures,
 * and the bar has a button for each word that is no figure.
 */
export function showCell(table: Table, typed: (input: HTMLInputElement) => void) {
  const touch = window.matchMedia("(pointer: coarse)").matches
  const bar = document.createElement("div")
  bar.className = "cellbar"
  bar.hidden = true
  const name = document.createElement("span")
  const history = document.createElement("a")
  history.textContent = "Historique"
  bar.append(name, history)
  let at: HTMLInputElement | null = null
  if (touch) {
    const next = button("↓", () => {
      if (!at) return
      const { row, column } = table.placeOf(at)
      for (let to = row + 1; to < table.body.rows.length; to++) if (table.go(to, column)) return
    })
    next.setAttribute("aria-label", "Élève suivant")
    bar.append(
      document.createElement("br"),
      ...WORDS.map(([label, word]) =>
        button(label, () => {
          if (!at) return
          at.value = word
          typed(at)
          next.click()
        }),
      ),
      next,
    )
  }
  table.form.after(bar)
  table.body.addEventListener("focusin", ({ target }) => {
    if (!table.owns(target)) return
    at = target
    if (touch) target.inputMode = "decimal"
    const { row, column } = table.placeOf(target)
    const student = table.seen.value.split("|")[row + 1]?.split(":")[0]
    const heads = (table.body.parentElement as HTMLTableElement).tHead?.rows[0]?.cells
    const who = table.body.rows[row]?.cells[0]?.firstChild?.textContent ?? ""
    const what = heads?.[column]?.firstChild?.textContent ?? ""
    name.textContent = `${who} · ${what}`
    history.href = `/grades/marks/${target.name.slice(1)}/${student}`
    bar.hidden = false
  })
}

/** Does not take the focus: the keyboard of a phone stays open. */
function button(label: string, press: () => void) {
  const made = document.createElement("button")
  made.type = "button"
  made.textContent = label
  made.addEventListener("pointerdown", (event) => event.preventDefault())
  made.addEventListener("click", press)
  return made
}
