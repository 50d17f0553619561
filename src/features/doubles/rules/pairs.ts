// Which two cards may be one person, and why. Pure.
import { fold } from "../../people/naming.ts"
import { probableDouble } from "../../people/rules.ts"

/** Why two cards stand in the list; each has its French sentence. */
export type Reason = "same_name" | "swapped" | "one_letter" | "same_phone" | "shared_child" | "same_number"

export type Pair = { one: number; other: number; reasons: Reason[] }

/** A number on more cards than this is a school's or a shop's: it says nothing of persons. */
const MOST_SHARING = 5

/** Two numbers as one word, the lower first. */
export const pairKey = (one: number, other: number) => `${Math.min(one, other)}-${Math.max(one, other)}`

class Pairs {
  readonly #found = new Map<string, Pair>()

  add(a: number, b: number, reason: Reason): void {
    const key = pairKey(a, b)
    const pair = this.#found.get(key) ?? { one: Math.min(a, b), other: Math.max(a, b), reasons: [] }
    if (!pair.reasons.includes(reason)) pair.reasons.push(reason)
    this.#found.set(key, pair)
  }

  /** The surest first: those with most reasons, then in the order of the cards. */
  all(): Pair[] {
    return [...this.#found.values()].sort(
      (a, b) => b.reasons.length - a.reasons.length || a.one - b.one || a.other - b.other,
    )
  }
}

/** Calls back with every two of those that share a word; words that are empty are shared by nobody. */
function together<T>(
  rows: readonly T[],
  wordsOf: (row: T) => string[],
  both: (a: T, b: T) => void,
  most = 50,
) {
  const sharing = new Map<string, T[]>()
  for (const row of rows) {
    for (const word of new Set(wordsOf(row).filter(Boolean))) {
      const group = sharing.get(word)
      if (group) group.push(row)
      else sharing.set(word, [row])
    }
  }
  for (const group of sharing.values()) {
    if (group.length > most) continue
    group.forEach((a, n) => {
      for (const b of group.slice(n + 1)) both(a, b)
    })
  }
}

/** « keita moussa » and « moussa keita » are the same words. */
const wordsInOrder = (name: string) => name.split(" ").sort().join(" ")

/** One letter more, less, other, or two neighbours changed round. */
export function oneLetterApart(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && left === [...right].reverse().join("")
}

export type StudentLike = {
  id: number
  surname: string
  given_names: string
  sort_name: string
  birth_date: string | null
  birth_year: number | null
}

/** Names are compared here, however they are ordered: only the births are left to say no. */
const NAMELESS = { surname: "", given_names: "" }

/** The same name, or its parts the other way round, and births that do not contradict; a letter apart, born the same day. */
export function studentPairs(students: readonly StudentLike[]): Pair[] {
  const pairs = new Pairs()
  together(
    students,
    ({ sort_name }) => [wordsInOrder(sort_name)],
    (a, b) => {
      if (!probableDouble({ ...a, ...NAMELESS }, { ...b, ...NAMELESS })) return
      pairs.add(a.id, b.id, a.sort_name === b.sort_name ? "same_name" : "swapped")
    },
  )
  together(
    students,
    ({ birth_date }) => [birth_date ?? ""],
    (a, b) => {
      if (oneLetterApart(a.sort_name, b.sort_name)) pairs.add(a.id, b.id, "one_letter")
    },
  )
  return pairs.all()
}

export type GuardianLike = {
  id: number
  folded: string
  phone: string | null
  phone2: string | null
  children: readonly number[]
}

/** The same number; or the same name, with a child or a number in common. */
export function guardianPairs(guardians: readonly GuardianLike[]): Pair[] {
  const pairs = new Pairs()
  together(
    guardians,
    ({ phone, phone2 }) => [phone ?? "", phone2 ?? ""],
    (a, b) => {
      pairs.add(a.id, b.id, "same_phone")
      if (a.folded === b.folded) pairs.add(a.id, b.id, "same_name")
    },
    MOST_SHARING,
  )
  together(
    guardians,
    ({ folded }) => [wordsInOrder(folded)],
    (a, b) => {
      if (!a.children.some((child) => b.children.includes(child))) return
      pairs.add(a.id, b.id, a.folded === b.folded ? "same_name" : "swapped")
      pairs.add(a.id, b.id, "shared_child")
    },
  )
  return pairs.all()
}

export type StaffLike = { id: number; folded: string; phone: string | null; employee_number: string | null }

/** The same name in any order, the same number of agent however spaced, the same telephone. */
export function staffPairs(staff: readonly StaffLike[]): Pair[] {
  const pairs = new Pairs()
  const agent = (number: string | null) => fold(number ?? "").replace(/[^a-z0-9]/g, "")
  together(
    staff,
    ({ folded }) => [wordsInOrder(folded)],
    (a, b) => pairs.add(a.id, b.id, a.folded === b.folded ? "same_name" : "swapped"),
  )
  together(
    staff,
    ({ phone }) => [phone ?? ""],
    (a, b) => pairs.add(a.id, b.id, "same_phone"),
    MOST_SHARING,
  )
  together(
    staff,
    ({ employee_number }) => [agent(employee_number)],
    (a, b) => pairs.add(a.id, b.id, "same_number"),
  )
  return pairs.all()
}
