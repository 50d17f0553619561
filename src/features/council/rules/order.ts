// In which order the council speaks of the students. Pure.

export type Order = "rank" | "name"

type Placed = { id: number; rank: number | null }

/** The roll is by name; by rank, best first, those without a rank last, and equal ranks by name. */
export function inOrder<S extends Placed>(roll: readonly S[], order: Order): S[] {
  if (order === "name") return [...roll]
  const place = ({ rank }: S) => rank ?? Number.POSITIVE_INFINITY
  return [...roll].sort((one, other) => (place(one) === place(other) ? 0 : place(one) - place(other)))
}

/** Who comes before and after a student, and the place in the order, from 1. */
export function around<S extends Placed>(ordered: readonly S[], id: number) {
  const at = ordered.findIndex((one) => one.id === id)
  return { before: ordered[at - 1] ?? null, after: ordered[at + 1] ?? null, place: at + 1 }
}
