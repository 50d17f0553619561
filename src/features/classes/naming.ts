// The many ways a class is written, and the one way it is kept: level, series, section (domain.md §1.1).

export interface ClassName {
  /** « 10 », « 11 », « 12 »: the level's code */
  level: string
  /** « CG », « TSE »; empty for a class without series */
  series: string
  /** « 3 », « A »; empty for the only class of its kind */
  section: string
}

export interface LevelNames {
  code: string
  /** « 10ème » */
  label: string
  /** folded words that mean this level without its number */
  aliases: readonly string[]
}

export interface SeriesNames {
  code: string
  level: string
  /** folded, without spaces */
  aliases: readonly string[]
}

export interface ClassVocabulary {
  levels: readonly LevelNames[]
  series: readonly SeriesNames[]
}

const ordinal = (code: number, ...aliases: string[]): LevelNames => ({
  code: String(code),
  label: `${code}ème`,
  aliases,
})

/** Not « 1ère »: that is the Première of every lycée. */
const FIRST_YEAR: LevelNames = { code: "1", label: "1ère année", aliases: ["1ere annee", "premiere annee"] }

/** Mali: fondamental 1 to 9, lycée 10 to 12 with the series of the 2011 reform. Other countries bring their own. */
export const MALI: ClassVocabulary = {
  levels: [
    FIRST_YEAR,
    ...[2, 3, 4, 5, 6, 7, 8, 9].map((code) => ordinal(code)),
    ordinal(10, "seconde", "2nde", "2nd", "dixieme"),
    ordinal(11, "premiere", "1ere", "1re", "onzieme"),
    ordinal(12, "terminale", "term", "tle", "douzieme"),
  ],
  series: [
    { code: "CG", level: "10", aliases: ["cg", "communegenerale", "tronccommun"] },
    { code: "CT", level: "10", aliases: ["ct", "communetechnique"] },
    { code: "L", level: "11", aliases: ["l", "lettres"] },
    { code: "S", level: "11", aliases: ["s", "sciences"] },
    {
      code: "SES",
      level: "11",
      aliases: ["ses", "es", "scienceseconomiquesetsociales", "sceco", "sciencesecosociales"],
    },
    { code: "TLL", level: "12", aliases: ["tll", "ll", "langueslitterature", "langueslitteratures"] },
    { code: "TAL", level: "12", aliases: ["tal", "al", "artslettres", "artsetlettres"] },
    { code: "TSS", level: "12", aliases: ["tss", "ss", "sh", "sciencessociales"] },
    {
      code: "TSECO",
      level: "12",
      aliases: ["tseco", "tsec", "seco", "sceco", "scienceseconomiques", "scienceseco"],
    },
    { code: "TSE", level: "12", aliases: ["tse", "se", "sciencesexactes", "scexactes"] },
    {
      code: "TSEXP",
      level: "12",
      aliases: ["tsexp", "tsexpe", "sexp", "scexp", "sb", "sciencesexperimentales", "sciencesexp"],
    },
  ],
}

// A lone « e » after a space belongs to the level only when no letter follows: « 11 ES 1 » is the series ES.
const NUMBERED_LEVEL =
  /^(\d{1,2})(?: ?(?:ieme|eme|ere|nde|nd|re|th|e)(?![a-z])|(?:ieme|eme|ere|nde|e)(?=[a-z]))?/
const SECTION = /^(?:\d{1,2}|[a-z])?$/

/**
 * Reads « 10EME CG 1 », « CG7 », « T S E », « Tseco 2 », « Terminale TLL », « Première S 2 », « 2nde ».
 * Null when it cannot be a class. A series that only one level has tells the level.
 */
export function parseClass(label: string, vocabulary: ClassVocabulary = MALI): ClassName | null {
  const text = label
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(/[°º]/g, "e ")
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
  if (text === "" || text.length > 60) return null
  for (const { level, rest } of levelReadings(text, vocabulary)) {
    const read = parseSeries(rest, level, vocabulary)
    if (read) return read
  }
  return null
}

/** The class as every list, paper and address writes it: « 10ème CG 3 », « 12ème TSECO 2 », « 12ème TSE ». */
export function classLabel(name: ClassName, vocabulary: ClassVocabulary = MALI): string {
  const level = vocabulary.levels.find((one) => one.code === name.level)?.label ?? name.level
  return [level, name.series, name.section].filter(Boolean).join(" ")
}

/** The canonical label of any spelling, or null when it cannot be a class. */
export function canonicalClass(label: string, vocabulary: ClassVocabulary = MALI): string | null {
  const name = parseClass(label, vocabulary)
  return name && classLabel(name, vocabulary)
}

/**
 * « 1ère S » is première before it is the first year: words first, the longest before the others (« 1ère année »),
 * then the number, then no level at all.
 */
function levelReadings(text: string, vocabulary: ClassVocabulary): { level: string | null; rest: string }[] {
  const readings: { level: string | null; rest: string }[] = vocabulary.levels
    .flatMap((level) => level.aliases.map((alias) => ({ level: level.code, alias })))
    .filter(({ alias }) => text === alias || text.startsWith(`${alias} `))
    .sort((one, other) => other.alias.length - one.alias.length)
    .map(({ level, alias }) => ({ level, rest: text.slice(alias.length) }))
  const number = NUMBERED_LEVEL.exec(text)
  const code = number && String(Number(number[1]))
  if (number && vocabulary.levels.some((level) => level.code === code)) {
    readings.push({ level: code, rest: text.slice(number[0].length).replace(/^ ?annee\b/, "") })
  }
  if (!number) readings.push({ level: null, rest: text })
  return readings
}

function parseSeries(rest: string, level: string | null, vocabulary: ClassVocabulary): ClassName | null {
  const compact = rest.replace(/^ ?(?:serie|option)\b/, "").replaceAll(" ", "")
  if (level && compact === "") return { level, series: "", section: "" }
  const own = level === null ? [] : vocabulary.series.filter((series) => series.level === level)
  const found = longestAlias(compact, own) ?? longestAlias(compact, vocabulary.series)
  if (found) {
    return {
      level: level ?? found.series.level,
      series: found.series.code,
      section: found.section.toUpperCase(),
    }
  }
  if (level && SECTION.test(compact)) return { level, series: "", section: compact.toUpperCase() }
  // A series this country's table does not know yet: taken as written where the level has series at all.
  const unknown = level && own.length > 0 && /^([a-z]{2,5})(\d{0,2})$/.exec(compact)
  return unknown
    ? { level, series: (unknown[1] as string).toUpperCase(), section: unknown[2] as string }
    : null
}

function longestAlias(compact: string, among: readonly SeriesNames[]) {
  let best: { series: SeriesNames; section: string; length: number } | null = null
  for (const series of among) {
    for (const alias of series.aliases) {
      if (!compact.startsWith(alias) || alias.length <= (best?.length ?? 0)) continue
      const section = compact.slice(alias.length)
      if (SECTION.test(section))
        best = { series, section: section.replace(/^0+(?=\d)/, ""), length: alias.length }
    }
  }
  return best
}
