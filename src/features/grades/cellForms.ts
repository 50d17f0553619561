// How cells travel in forms: a whole grid in order, or a few of them one by one. No I/O.
import type { TypedCell } from "./cells.ts"
import { cellKey } from "./cells.ts"

type Body = Record<string, string | string[] | undefined>

/** Longer than any mark or word of absence; the rest of a pasted novel is not echoed. */
const MOST_TYPED = 40

/** The rows and versions that a grid shows, as its hidden field carries them: « 12.13|345:1.0|346:x.2 ». */
export const seenText = (columns: number[], rows: string[]) => [columns.join("."), ...rows].join("|")

/** One row of it: the versions of its cells, null where the row has none (the student is exempt). */
export const seenRow = (student: number, versions: (number | null)[]) =>
  `${student}:${versions.map((one) => one ?? "x").join(".")}`

/**
 * The cells of a whole form: `seen` names columns, rows and versions; each `m<assessment>` holds one value a row, in
 * their order, without the cells marked x. Null when the form does not hold together.
 */
export function cellsOfForm(body: Body): TypedCell[] | null {
  const [head = "", ...rows] = String(body.seen ?? "").split("|")
  const columns = numbers(head)
  if (!columns) return null
  const values = columns.map((column) => list(body[`m${column}`]))
  const cells: TypedCell[] = []
  for (const row of rows) {
    const [id = "", said = ""] = row.split(":")
    const versions = said.split(".")
    const student = wholeIn(id)
    if (student === null || versions.length !== columns.length) return null
    for (const [c, assessment] of columns.entries()) {
      if (versions[c] === "x") continue
      const seen = wholeIn(versions[c] as string)
      const typed = values[c]?.shift()
      if (seen === null || typed === undefined) return null
      const choice = list(body[`k${cellKey(assessment, student)}`]).at(-1) ?? null
      cells.push({ assessment, student, seen, typed: clean(typed), choice })
    }
  }
  return values.every((left) => left.length === 0) ? cells : null
}

/** A few cells sent by the grid's script: parallel lists `c` (« 12.345.1 »), `t` (typed) and `k` (choice or empty). */
export function cellsOfCourier(body: Body): TypedCell[] | null {
  const keys = list(body.c)
  const typed = list(body.t)
  const choices = list(body.k)
  if (keys.length === 0 || keys.length !== typed.length || keys.length !== choices.length) return null
  const cells: TypedCell[] = []
  for (const [i, key] of keys.entries()) {
    const [assessment, student, seen] = numbers(key) ?? []
    if (assessment === undefined || student === undefined || seen === undefined) return null
    cells.push({ assessment, student, seen, typed: clean(typed[i] as string), choice: choices[i] || null })
  }
  return cells
}

const list = (value: string | string[] | undefined) => (value === undefined ? [] : [value].flat())

const wholeIn = (text: string) => (/^\d{1,9}$/.test(text) ? Number(text) : null)

function numbers(text: string): number[] | null {
  const found = text.split(".").map(wholeIn)
  return found.every((one) => one !== null) ? found : null
}

const clean = (typed: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come in
  typed.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "").slice(0, MOST_TYPED)
