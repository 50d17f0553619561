// How a school writes what its files name: its classes and its telephone numbers. Pure.
import { type ClassVocabulary, canonicalClass, MALI, parseClass } from "../classes/naming.ts"
import { fold } from "../people/naming.ts"
import { type PhonePlan, planOf } from "../people/phone.ts"

export interface Customs {
  /** levels and series by every spelling */
  vocabulary: ClassVocabulary
  /** classes that bear a name of their own, « Les Lionceaux »: the label by its folded spelling */
  named: ReadonlyMap<string, string>
  /** the school's classes by their label without spaces */
  together: ReadonlyMap<string, string>
  phones: PhonePlan
}

/** Without a school: the levels and series of Mali, numbers of eight digits. */
export const MALIAN: Customs = {
  vocabulary: MALI,
  named: new Map(),
  together: new Map(),
  phones: planOf("+223"),
}

/** A school's own: the classes of its year whose label its vocabulary does not read are known by that label. */
export function customsOf(
  vocabulary: ClassVocabulary,
  { labels, phonePrefix }: { labels: readonly string[]; phonePrefix: string },
): Customs {
  const own = labels.filter((label) => parseClass(label, vocabulary) === null)
  const together = labels.map(
    (label) => [compact(label), canonicalClass(label, vocabulary) ?? label] as const,
  )
  return {
    vocabulary,
    named: new Map(own.map((label) => [fold(label), label])),
    together: new Map(together),
    phones: planOf(phonePrefix),
  }
}

/** « P1 A » and « P1A » are one class. */
const compact = (label: string) => fold(label).replace(/[^a-z0-9]+/g, "")

const read = new WeakMap<Customs, Map<string, string | null>>()

/** The one label of any spelling of a class, or null when it cannot be a class of this school. */
export function readClass(typed: string, customs: Customs): string | null {
  // a file writes the same dozen classes a thousand times
  const known = read.get(customs) ?? new Map<string, string | null>()
  read.set(customs, known)
  const there = known.get(typed)
  if (there !== undefined) return there
  const { vocabulary, named, together } = customs
  const label =
    named.get(fold(typed)) ?? canonicalClass(typed, vocabulary) ?? together.get(compact(typed)) ?? null
  if (known.size < MOST_SPELLINGS) known.set(typed, label)
  return label
}

/** Beyond so many spellings a file's column holds no classes. */
const MOST_SPELLINGS = 1000
