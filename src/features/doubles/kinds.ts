// The three kinds of cards: what each is called in addresses, and who may be shown it.
import type { Person } from "../../personal.ts"

export const KINDS = {
  student: { path: "students", see: "people.see", name: ["surname", "given_names"] },
  guardian: { path: "guardians", see: "people.guardians", name: ["name"] },
  staff: { path: "staff", see: "people.staff", name: ["surname", "given_names"] },
} as const satisfies Record<Person, { path: string; see: string; name: readonly string[] }>

export const PERSONS = Object.keys(KINDS) as Person[]

export const kindOfPath = (path: unknown) => PERSONS.find((kind) => KINDS[kind].path === path) ?? "student"

/** « KEÏTA Moussa » */
export const cardName = (kind: Person, card: Readonly<Record<string, unknown>>) =>
  KINDS[kind].name
    .map((column) => card[column])
    .join(" ")
    .trim()
