// What is decided about photos without asking anybody. Pure.

/** A phone's photo takes 3 to 8 MB. */
export const MOST_BYTES = 12_000_000

/** A photo that was replaced or removed can be taken back for so long: until the night of the next day. */
export const FORMER_KEPT_HOURS = 24

/** The next one without a photo, in the order of the roll, after the student named; then from the top. */
export function nextWithout<S extends { id: number; photo: string | null }>(
  students: readonly S[],
  after: number,
): S | null {
  const at = students.findIndex(({ id }) => id === after)
  return students.slice(at + 1).find(({ photo }) => !photo) ?? null
}
