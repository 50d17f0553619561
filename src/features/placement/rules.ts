// How a class is dealt out into several. Pure.

export const WAYS = {
  sexes: "filles et garçons répartis également, par ordre alphabétique",
  turns: "un à un, par ordre alphabétique",
  blocks: "par tranches de l’alphabet",
} as const

export type Way = keyof typeof WAYS
export const isWay = (word: string): word is Way => word in WAYS

export const MOST_PARTS = 6

type Pupil = { id: number; sex: "M" | "F" | null }

/** The part of each student, from 0; students come in roll order, parts differ by one student at most. */
export function dealt(students: readonly Pupil[], parts: number, way: Way): Map<number, number> {
  if (way === "blocks") {
    const size = students.length / parts
    return new Map(students.map(({ id }, n) => [id, Math.min(parts - 1, Math.floor((n + 0.5) / size))]))
  }
  const order =
    way === "sexes" ? ["F", "M", null].flatMap((sex) => students.filter((one) => one.sex === sex)) : students
  return new Map(order.map(({ id }, n) => [id, n % parts]))
}

/**
 * Sections for the new classes, after those that are taken: « 2 », « 3 » beside « 1 » or a class without section,
 * « B », « C » beside « A ».
 */
export function freeSections(own: string, taken: ReadonlySet<string>, n: number): string[] {
  const letters = /^[A-Z]$/.test(own)
  const all = letters
    ? Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at))
    : Array.from({ length: 99 }, (_, at) => String(at + 1))
  // a class without section is the first of its kind
  const from = own === "" ? ["1"] : []
  return all.filter((section) => !taken.has(section) && !from.includes(section)).slice(0, n)
}
