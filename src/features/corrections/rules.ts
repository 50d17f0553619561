// What a proposal says beyond what the school holds, and how many one may send. Pure.

export type Held<F extends string> = Record<F, string | null>

/** Sendings of one guardian within a day: a family that makes a mistake in its own form may send again. */
export const MOST_A_DAY = 5

/** The fields in which something else is proposed than the school has. */
export function differing<F extends string>(fields: readonly F[], proposed: Held<F>, held: Held<F>) {
  return fields.flatMap((field) => {
    const value = proposed[field]
    return value !== null && value !== "" && value !== (held[field] ?? "")
      ? [{ field, value, held: held[field] }]
      : []
  })
}

/** Names one child and one guardian: of what waits under this key there is one. */
export const waitingKey = (student: number, guardian: number) => `${student}:${guardian}`

export type Decision = "accepted" | "refused"

/** « nom de famille, quartier »: the labels of those decided so, in a sentence. */
const listed = (lines: readonly { label: string; decision: string | null }[], decision: Decision) =>
  lines
    .filter((line) => line.decision === decision)
    .map(({ label }) => label.toLowerCase())
    .join(", ")

/** The SMS that tells what was decided; it names no value. */
export function decidedText(
  school: string,
  child: string,
  lines: readonly { label: string; decision: string | null }[],
): string {
  const [accepted, refused] = [listed(lines, "accepted"), listed(lines, "refused")]
  const parts = [accepted && `corrigé : ${accepted}`, refused && `non retenu : ${refused}`].filter(Boolean)
  return `${school} : votre signalement pour ${child} est traité. ${capital(parts.join(" ; ") || "Merci")}.`
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
