// A table of a class's students filled in as one form, some fields a student: what came in, and what becomes of each
// field when somebody else changed it meanwhile. No I/O.
import { createHash } from "node:crypto"

export type TypedField = {
  student: number
  column: string
  /** what the page showed, as a token */
  seen: string
  typed: string
  /** theirs, or mine.<token of what is stored> */
  choice: string | null
}

export type Settled<V> =
  | { kind: "same" }
  | { kind: "write"; value: V }
  | { kind: "refused"; why: string }
  | { kind: "conflict" }

export type Reading<V> = { ok: true; value: V } | { ok: false; why: string }

/** One column of such a table: how its fields are read, and what they show. */
export type Column<V> = { name: string; read: (typed: string) => Reading<V>; show: (value: V) => string }

type Body = Record<string, string | string[] | undefined>

const PLAIN = /^[\d,]{0,6}$/

/** What a field showed, in a few letters: a short number as it is, a text by its fingerprint. */
export const tokenOf = (text: string) =>
  PLAIN.test(text) ? text : createHash("sha1").update(text).digest("base64url").slice(0, 8)

export const fieldKey = (column: string, student: number) => `${column}.${student}`

/** The hidden field of such a table: « conduct.late|345:15.2|346:14. ». */
export const seenFields = (columns: readonly string[], rows: { student: number; tokens: string[] }[]) =>
  [columns.join("."), ...rows.map(({ student, tokens }) => `${student}:${tokens.join(".")}`)].join("|")

/** The fields of the form, row by row; null when it does not hold together. `columns` are those it may hold. */
export function fieldsOf(body: Body, columns: readonly string[]): TypedField[] | null {
  const [head = "", ...rows] = String(body.seen ?? "").split("|")
  const sent = head.split(".")
  if (!sent.every((column) => columns.includes(column))) return null
  const values = sent.map((column) => list(body[column]))
  const fields: TypedField[] = []
  for (const row of rows) {
    const [id = "", said = ""] = row.split(":")
    const tokens = said.split(".")
    if (!/^\d{1,9}$/.test(id) || tokens.length !== sent.length) return null
    for (const [c, column] of sent.entries()) {
      const typed = values[c]?.shift()
      if (typed === undefined) return null
      const choice = list(body[`k${fieldKey(column, Number(id))}`]).at(-1) ?? null
      fields.push({ student: Number(id), column, seen: tokens[c] as string, typed: tidy(typed), choice })
    }
  }
  return fields
}

const list = (value: string | string[] | undefined) => (value === undefined ? [] : [value].flat())

const tidy = (typed: string) =>
  typed
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come in
    .replace(/[\u0000-\u001f]/g, " ")
    .replace(/\s+/g, " ")
    .trim()

/** What becomes of one field of a column; `stored` is what is kept now. */
export function settle<V>(field: TypedField, column: Column<V>, stored: V): Settled<V> {
  const { typed, seen, choice } = field
  const text = column.show(stored)
  if (choice === "theirs" || typed === text || tokenOf(typed) === seen) return { kind: "same" }
  const reading = column.read(typed)
  if (!reading.ok) return { kind: "refused", why: reading.why }
  if (column.show(reading.value) === text) return { kind: "same" }
  const now = tokenOf(text)
  if (now !== seen && choice !== `mine.${now}`) return { kind: "conflict" }
  return { kind: "write", value: reading.value }
}
