import { fieldIn, type Table } from "./table.ts"

type Cell = { key: string; version: string; stored: string }
type Sent = { typed: string; choice: string }

/** Cells in one sending: a class pasted at once goes in a few. */
const MOST = 150
const RETRY_MS = 20_000

const REFUSED = "le serveur a refusé l’envoi. Réessayez, ou notez-les avant de recharger la page."
const REASONS: Record<number, string> = {
  0: "le réseau ne répond pas. Restez sur cette page.",
  403: "votre session est terminée. Connectez-vous dans un autre onglet, puis réessayez ici.",
  409: "cette grille vient d’être verrouillée. Notez-les avant de recharger la page.",
}

/**
 * Carries typed marks to the server, a few cells at a time and one sending after the other, and puts what comes
 * back in its place. What did not arrive stays in its field, marked, until it does; nothing of it is kept elsewhere.
 */
export class Courier {
  readonly #table: Table
  readonly #post: HTMLFormElement
  readonly #cells = new WeakMap<HTMLInputElement, Cell>()
  readonly #waiting = new Map<string, HTMLInputElement>()
  readonly #choices = new Map<string, string>()
  readonly #columns: string[]
  #underway = new Map<string, Sent>()
  #stopped = false
  /** the status of the last failure */
  #failure = 0

  constructor(table: Table, post: HTMLFormElement) {
    this.#table = table
    this.#post = post
    const [columns = "", ...rows] = table.seen.value.split("|")
    this.#columns = columns.split(".")
    for (const [row, said] of rows.entries()) this.#learn(table.body.rows[row], said)
    this.#listen()
  }

  #listen() {
    const { body, form } = this.#table
    body.addEventListener("input", ({ target }) => {
      if (this.#table.owns(target)) target.closest("td")?.classList.add("changed")
    })
    body.addEventListener("change", ({ target }) => {
      if (this.#table.owns(target)) this.queue([target])
      else if (target instanceof HTMLInputElement) this.#answer(target)
    })
    form.addEventListener("submit", () => {
      this.#writeSeen()
      this.#waiting.clear()
      this.#underway.clear()
    })
    this.#post.addEventListener("submit", (event) => {
      event.preventDefault()
      void this.#again()
    })
    this.#post.addEventListener("htmx:afterRequest", (event) => {
      this.#arrived((event as CustomEvent<{ xhr: XMLHttpRequest }>).detail.xhr)
    })
    // said here, beside the button that sends again
    for (const outage of ["htmx:sendError", "htmx:timeout"]) {
      this.#post.addEventListener(outage, (event) => event.stopPropagation())
    }
    window.addEventListener("online", () => void this.#again())
    window.addEventListener("beforeunload", (event) => {
      if (this.#waiting.size + this.#underway.size > 0) event.preventDefault()
    })
  }

  /** Sends these fields unless they hold what is stored. */
  queue(inputs: HTMLInputElement[]) {
    for (const input of inputs) {
      const cell = this.#cells.get(input)
      if (!cell) continue
      if (input.value.trim() === cell.stored && !this.#underway.has(cell.key)) this.#settle(input, cell)
      else {
        this.#waiting.set(cell.key, input)
        this.#choices.delete(cell.key)
        for (const why of input.closest("td")?.querySelectorAll(".why") ?? []) why.remove()
        sign(input, "waiting", "…", "en attente")
      }
    }
    this.#send()
  }

  /** Escape: what is stored, and no word of what was typed. */
  restore(input: HTMLInputElement) {
    const cell = this.#cells.get(input)
    if (!cell) return
    input.value = cell.stored
    this.#settle(input, cell)
  }

  #settle(input: HTMLInputElement, cell: Cell) {
    this.#waiting.delete(cell.key)
    this.#choices.delete(cell.key)
    const td = input.closest("td") as HTMLTableCellElement
    td.className = "cell"
    for (const extra of td.querySelectorAll(".sign, .why")) extra.remove()
    input.removeAttribute("aria-invalid")
    input.removeAttribute("aria-describedby")
  }

  /** An answer to the question of a cell: justified or not, theirs or mine. */
  #answer(radio: HTMLInputElement) {
    const input = fieldIn(radio.closest("td"))
    const cell = input && this.#cells.get(input)
    if (!input || !cell) return
    this.#choices.set(cell.key, radio.value)
    this.#waiting.set(cell.key, input)
    this.#send()
  }

  #send() {
    if (this.#underway.size > 0 || this.#waiting.size === 0 || this.#stopped) return
    for (const old of this.#post.querySelectorAll("input.load")) old.remove()
    for (const [key, input] of [...this.#waiting].slice(0, MOST)) {
      const cell = this.#cells.get(input) as Cell
      const sent = { typed: input.value, choice: this.#choices.get(key) ?? "" }
      this.#underway.set(key, sent)
      this.#waiting.delete(key)
      this.#post.append(load("c", `${key}.${cell.version}`), load("t", sent.typed), load("k", sent.choice))
    }
    this.#post.dispatchEvent(new CustomEvent("courier"))
  }

  #arrived(xhr: XMLHttpRequest) {
    const sent = this.#underway
    this.#underway = new Map()
    const page =
      xhr.status === 200 || xhr.status === 422
        ? new DOMParser().parseFromString(xhr.responseText, "text/html")
        : null
    const rows = [...(page?.querySelectorAll<HTMLTableRowElement>("tr[data-seen]") ?? [])]
    if (!page || rows.length === 0) return this.#failed(sent, xhr.status)
    this.#stopped = false
    this.#post.hidden = true
    for (const row of rows) this.#place(row, sent)
    for (const id of ["progress", "counts"]) {
      const fresh = page.getElementById(id)
      if (fresh) document.getElementById(id)?.replaceChildren(...fresh.childNodes)
    }
    this.#writeSeen()
    this.#table.say(`${sent.size} cases envoyées, ${page.getElementById("progress")?.textContent ?? ""}`)
    this.#send()
  }

  /** The fields keep what was typed, each says that it is not stored, and a button sends them again. */
  #failed(sent: Map<string, Sent>, status: number) {
    this.#stopped = true
    this.#failure = status
    for (const key of sent.keys()) {
      const input = this.#inputOf(key)
      if (!input) continue
      if (!this.#waiting.has(key)) this.#waiting.set(key, input)
    }
    for (const input of this.#waiting.values()) sign(input, "changed", "!", "non enregistrée")
    const n = this.#waiting.size
    const [first, ...others] = this.#post.querySelectorAll("p")
    for (const other of others) other.remove()
    const text = first ?? document.createElement("p")
    const count = n === 1 ? "Une note n’est pas enregistrée" : `${n} notes ne sont pas enregistrées`
    text.textContent = `${count} : ${REASONS[status] ?? REFUSED}`
    this.#post.prepend(text)
    this.#post.hidden = false
    this.#table.say(text.textContent)
    if (status === 0) window.setTimeout(() => void this.#again(), RETRY_MS)
  }

  async #again() {
    if (!this.#stopped) return
    if (this.#failure === 403) await renewNumbers().catch(() => {})
    this.#stopped = false
    this.#send()
  }

  #inputOf(key: string): HTMLInputElement | null {
    const [assessment = "", student = ""] = key.split(".")
    const row = this.#rowOf(student)
    return fieldIn(row?.cells[this.#columns.indexOf(assessment) + 1])
  }

  #rowOf(student: string): HTMLTableRowElement | undefined {
    const rows = this.#table.seen.value.split("|").slice(1)
    return this.#table.body.rows[rows.findIndex((row) => row.startsWith(`${student}:`))]
  }

  /** A row come back: cells that were sent, cells that somebody else changed meanwhile, averages. */
  #place(fresh: HTMLTableRowElement, sent: Map<string, Sent>) {
    const said = fresh.dataset.seen ?? ""
    const [student = "", all = ""] = said.split(":")
    const row = this.#rowOf(student)
    if (!row) return
    for (const [c, assessment] of this.#columns.entries()) {
      const key = `${assessment}.${student}`
      const version = all.split(".")[c] ?? ""
      this.#placeCell(row.cells[c + 1], fresh.cells[c + 1], { key, version }, sent.get(key))
    }
    for (let c = this.#columns.length + 1; c < row.cells.length; c++) {
      const average = fresh.cells[c]
      if (average) row.cells[c]?.replaceChildren(...average.childNodes)
    }
  }

  #placeCell(
    cell: HTMLTableCellElement | undefined,
    fresh: HTMLTableCellElement | undefined,
    { key, version }: { key: string; version: string },
    sent: Sent | undefined,
  ) {
    const input = fieldIn(cell)
    const field = fieldIn(fresh)
    if (!cell || !fresh || !input || !field) return
    const stored = fresh.dataset.was ?? field.value
    if (sent && input.value !== sent.typed) {
      // typed again while the first value was on its way: it follows
      this.#cells.set(input, { key, version, stored })
      this.#waiting.set(key, input)
      return
    }
    if (!sent && (this.#waiting.has(key) || input === document.activeElement)) return
    if (!sent && this.#cells.get(input)?.version === version) return
    this.#choices.delete(key)
    const focused = input === document.activeElement
    const placed = document.importNode(fresh, true)
    placed.hidden = cell.hidden
    cell.replaceWith(placed)
    const now = fieldIn(placed) as HTMLInputElement
    this.#cells.set(now, { key, version, stored })
    if (focused) {
      now.focus()
      now.select()
    }
  }

  #learn(row: HTMLTableRowElement | undefined, said: string) {
    const [student = "", all = ""] = said.split(":")
    for (const [c, version] of all.split(".").entries()) {
      const cell = row?.cells[c + 1]
      const input = fieldIn(cell)
      if (!cell || !input) continue
      const stored = cell.dataset.was ?? input.defaultValue
      this.#cells.set(input, { key: `${this.#columns[c]}.${student}`, version, stored })
    }
  }

  /** The hidden field as it stands now, for the button that sends the whole form. */
  #writeSeen() {
    const { seen, body } = this.#table
    const [columns = "", ...rows] = seen.value.split("|")
    const lines = rows.map((said, r) => {
      const versions = this.#columns.map((_, c) => {
        const input = fieldIn(body.rows[r]?.cells[c + 1])
        return (input && this.#cells.get(input)?.version) ?? "x"
      })
      return `${said.split(":")[0]}:${versions.join(".")}`
    })
    seen.value = [columns, ...lines].join("|")
  }
}

/** After signing in again elsewhere, the forms of this page carry the new session's number. */
async function renewNumbers() {
  const answer = await fetch(location.href)
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const fresh = page.querySelector<HTMLInputElement>("#courier [name=_form]")
  if (!fresh) return
  for (const number of document.querySelectorAll<HTMLInputElement>("[name=_form]")) number.value = fresh.value
}

function load(name: string, value: string) {
  const input = document.createElement("input")
  input.type = "hidden"
  input.className = "load"
  input.name = name
  input.value = value
  return input
}

/** Marks a field's cell with a sign that is also said. */
function sign(input: HTMLInputElement, state: string, mark: string, said: string) {
  const cell = input.closest("td") as HTMLTableCellElement
  cell.className = `cell ${state}`
  const span = cell.querySelector(".sign") ?? document.createElement("span")
  span.className = "sign"
  span.setAttribute("role", "img")
  span.setAttribute("aria-label", said)
  span.setAttribute("title", said)
  span.removeAttribute("aria-hidden")
  span.textContent = mark
  input.after(span)
}
