// The school's appreciations: which are offered for an average. Pure.
import { agree, type Sex } from "./agreement.ts"

export type Phrase = {
  id: number
  text: string
  /** hundredths on 20 */
  from_mark: number | null
  below_mark: number | null
}

/** An average on 20, in hundredths: 7.5 of 10 is 1500. `rounded` counts units of 10^-decimals. */
export const onTwenty = (rounded: number, decimals: number, max: number): number =>
  Math.round((rounded * 2000) / (max * 10 ** decimals))

/** Those of the average's band, then those that may be said of anybody; of who has no average only these. */
export function phrasesFor<P extends Phrase>(phrases: readonly P[], mark: number | null): P[] {
  const banded = phrases.filter((phrase) => !forAll(phrase))
  const within = ({ from_mark, below_mark }: P) =>
    mark !== null && mark >= (from_mark ?? 0) && mark < (below_mark ?? Number.POSITIVE_INFINITY)
  return [...banded.filter(within), ...phrases.filter(forAll)]
}

const forAll = ({ from_mark, below_mark }: Phrase) => from_mark === null && below_mark === null

/** As said of this student. */
export const spoken = (phrases: readonly Phrase[], sex: Sex | null) =>
  phrases.map(({ id, text }) => ({ id, text: agree(text, sex) }))

/** « de 12 à 14 », « moins de 8 », « 16 et plus », « toutes les moyennes » */
export function bandText(from: number | null, below: number | null, mark: (n: number) => string): string {
  if (from === null && below === null) return "toutes les moyennes"
  if (from === null) return `moins de ${mark(below as number)}`
  if (below === null) return `${mark(from)} et plus`
  return `de ${mark(from)} à moins de ${mark(below)}`
}
