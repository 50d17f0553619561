import { type ClassVocabulary, classLabel, parseClass } from "../classes/naming.ts"
import { fold } from "../people/naming.ts"
import { type Customs, MALIAN } from "./customs.ts"

/** What follows a class in its line and is not part of its name. */
const NOISE =
  /\b(?:effectif|eff|annee|professeur|prof|pp|titulaire|salle|total|nombre|trimestre|periode|semestre)\b|\b20\d\d\b|\(|[:,]? *\d+ (?:eleves|inscrits|filles|garcons)/

/** « 3ème trimestre », « 2e vague »: an order that is no level. */
const OTHER_ORDER =
  /\b\d{1,2} ?(?:er|ere|e|eme|nd|nde) ?(?:trimestre|semestre|periode|session|page|partie|liste|vague|edition|tour|groupe|cycle)s?\b/g

/**
 * The canonical class that a line announces: « CLASSE : 10EME CG 1 – Effectif : 62 », « T S E »,
 * and when `anywhere`, inside a sentence too: « Liste des élèves de la 11e S 2 ». Null when there is none.
 */
export function announcedClass(
  cells: readonly string[],
  anywhere: boolean,
  { vocabulary, named: names }: Customs = MALIAN,
): string | null {
  const said = fold(cells.join(" "))
  const own = names.get(said.replace(/^classe\b(?: de)?(?: la)?[^a-z0-9]*/, "")) ?? nameAtStart(said, names)
  if (own) return own
  const text = said.replace(OTHER_ORDER, " ").trim()
  const named = /(?:^|[^a-z])classe\b(?: de)?(?: la)?\W*(.*)$/.exec(text)
  if (named) return classAtStart(beforeNoise(named[1] as string), vocabulary)
  const bare = beforeNoise(text)
  if (/^[a-z]?$|^\d+$/.test(bare)) return null
  const whole = parseClass(bare, vocabulary)
  if (whole) return classLabel(whole, vocabulary)
  if (!anywhere) return null
  const level = /(?:^| )(\d{1,2} ?(?:e|eme|ieme)(?![a-z]).*|(?:seconde|premiere|terminale|tle)\b.*)$/.exec(
    bare,
  )
  return level ? classAtStart(level[1] as string, vocabulary) : null
}

/** « classe : les lionceaux – effectif 24 »: a class that bears a name of its own, announced as a class. */
function nameAtStart(said: string, names: Customs["named"]): string | undefined {
  const after = /(?:^|[^a-z])classe\b(?: de)?(?: la)?[^a-z0-9]*(.*)$/.exec(said)?.[1]
  if (!after || names.size === 0) return undefined
  const starts = [...names].filter(
    ([name]) => after.startsWith(name) && !/^[a-z0-9]/.test(after.slice(name.length)),
  )
  return starts.sort(([one], [other]) => other.length - one.length)[0]?.[1]
}

const beforeNoise = (text: string) => {
  const at = text.search(NOISE)
  return (at === -1 ? text : text.slice(0, at)).replace(/^\W+|\W+$/g, "")
}

/** « 10eme cg 1 suite »: the longest beginning that is a class; a level alone is one only when nothing follows. */
function classAtStart(text: string, vocabulary: ClassVocabulary): string | null {
  const words = text.split(" ")
  for (let length = words.length; length > 0; length--) {
    const name = parseClass(words.slice(0, length).join(" "), vocabulary)
    if (name && (length === words.length || name.series !== "")) return classLabel(name, vocabulary)
  }
  return null
}

/** Whether a cell may stand beside the class in its line without making the line a title. */
export const belongsToClassLine = (cell: string, customs: Customs = MALIAN) =>
  /^(?:classe|effectif|eff|annee)\b|^\W*\d+\W*$|^20\d\d/.test(fold(cell)) ||
  announcedClass([cell], false, customs) !== null
