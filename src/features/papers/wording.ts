// A school's own wording of a paper, and how it becomes the text about one student. Pure.
//   {nom}              replaced by what is known of the student
//   {inscrit|inscrite} agrees with the student: masculine, feminine
//   [, matricule {m}]  left out where a word to replace inside it is not known
//   Motif : {motif}    two such lines or more in a row become a table
import { fold } from "../people/naming.ts"

export type Sex = "M" | "F" | null

/** What a wording may name, and what each stands for. */
export const PLACEHOLDERS = {
  nom: "nom et prénoms",
  "nom de famille": "nom de famille seul",
  prénoms: "prénoms seuls",
  naissance: "« le 4 mars 2011 » ou « vers 2008 »",
  lieu: "lieu de naissance",
  nationalité: "nationalité",
  parents: "« de Mamadou KEÏTA et d’Awa DIALLO »",
  matricule: "matricule",
  classe: "classe",
  année: "année scolaire de la classe",
  période: "« depuis le 1er octobre 2026 », ou « du … au … » d’une année passée",
  est: "« est », ou « a été » pour une année passée",
  fréquente: "« fréquente », ou « a fréquenté »",
  titre: "titre du chef d’établissement",
  signataire: "nom du chef d’établissement",
  école: "nom de l’école",
  "de l’école": "« du Lycée Kalanso », « de l’École Faso »",
  ville: "ville de l’école",
  date: "jour de la délivrance",
  destination: "établissement de destination",
  radiation: "date de radiation",
  motif: "motif",
  travail: "travail",
  conduite: "conduite",
  "moyenne annuelle": "« 12,45 / 20 », des bulletins publiés",
  "rang annuel": "« 3e sur 54 classés »",
  décision: "décision du conseil de classe",
  "période notée": "dernière période publiée, « 2e trimestre »",
  moyenne: "moyenne générale de cette période",
  rang: "rang de cette période",
  distinction: "distinction de cette période",
} as const
export type Placeholder = keyof typeof PLACEHOLDERS
export type Values = Record<Placeholder, string | null>

const BY_FOLDED = new Map((Object.keys(PLACEHOLDERS) as Placeholder[]).map((name) => [fold(name), name]))
/** The facts about the student are set in bold. */
const BOLD = new Set<Placeholder>([
  "nom",
  "nom de famille",
  "prénoms",
  "naissance",
  "lieu",
  "matricule",
  "classe",
  "année",
  "radiation",
  "destination",
])

/** Short facts that no line breaks: « 10ème CG 1 », « 4 mars 2011 ». */
const WHOLE = new Set<Placeholder>(["naissance", "classe", "année", "date", "radiation"])
const MOST_WHOLE = 24

/** Written where a fact is missing and no bracket allows to leave it out: filled in by hand. */
const BLANK = "………………………"

export type Run = { text: string; bold?: true }
export type TextBlock =
  | { kind: "text"; runs: Run[] }
  | { kind: "pairs"; rows: { label: string; value: string }[] }

type Node =
  | { text: string }
  | { masculine: string; feminine: string }
  | { name: Placeholder }
  | { optional: Node[] }
type Line = { nodes: Node[]; pair: boolean }

/** « inscrit », « inscrite », or « inscrit(e) » where the sex is not known; « il/elle » where one is not in the other. */
export function agree(masculine: string, feminine: string, sex: Sex): string {
  if (sex) return sex === "F" ? feminine : masculine
  if (masculine === feminine) return masculine
  return feminine.startsWith(masculine) && feminine.length - masculine.length <= 2
    ? `${masculine}(${feminine.slice(masculine.length)})`
    : `${masculine}/${feminine}`
}

/** What is wrong with a wording, in sentences; none when it can be used. */
export function wordingProblems(body: string): string[] {
  const { lines, problems } = read(body)
  const names = lines.flatMap(({ nodes }) => placeholdersIn(nodes))
  if (!names.includes("nom") && !names.includes("nom de famille"))
    problems.push("Le texte doit nommer l’élève : mettez {nom}.")
  if (lines.length > MOST_LINES)
    problems.push(`${MOST_LINES} lignes au plus : le document tient sur une page.`)
  return [...new Set(problems)]
}

const MOST_LINES = 24

/** The text about one student. Throws where the wording has problems: they are found when it is saved. */
export function fill(body: string, values: Values, sex: Sex): TextBlock[] {
  const { lines, problems } = read(body)
  if (problems.length > 0) throw new Error(problems.join(" "))
  const blocks: TextBlock[] = []
  lines.forEach(({ nodes, pair }, n) => {
    const runs = joined(runsOf(nodes, values, sex) ?? [])
    const table = pair && (lines[n - 1]?.pair || lines[n + 1]?.pair)
    const last = blocks.at(-1)
    if (runs.length === 0) return
    if (!table) blocks.push({ kind: "text", runs })
    else if (last?.kind === "pairs" && lines[n - 1]?.pair) last.rows.push(rowOf(runs))
    else blocks.push({ kind: "pairs", rows: [rowOf(runs)] })
  })
  return blocks
}

const PAIR = /^\[?\p{L}[^:{}|[\]]{1,40}:/u

function read(body: string): { lines: Line[]; problems: string[] } {
  const problems: string[] = []
  const lines = body
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => ({ nodes: new Reader(line, problems).nodes(), pair: PAIR.test(line) }))
  return { lines, problems }
}

class Reader {
  private at = 0
  private readonly line: string
  private readonly problems: string[]
  constructor(line: string, problems: string[]) {
    this.line = line
    this.problems = problems
  }

  nodes(inside = false): Node[] {
    const nodes: Node[] = []
    while (this.at < this.line.length) {
      const sign = this.line[this.at] as string
      if (sign === "]" && inside) return nodes
      if (sign === "{") nodes.push(...this.braces())
      else if (sign === "[") nodes.push(this.brackets())
      else if (sign === "]" || sign === "}") {
        this.problems.push(`Un signe « ${sign} » est de trop.`)
        this.at++
      } else nodes.push({ text: this.words() })
    }
    return nodes
  }

  private words(): string {
    const [text = ""] = this.line.slice(this.at).match(/^[^[\]{}]+/) ?? []
    this.at += text.length
    return text
  }

  private brackets(): Node {
    this.at++
    const optional = this.nodes(true)
    if (this.line[this.at] !== "]") this.problems.push("Un crochet [ n’est pas refermé sur sa ligne.")
    if (placeholdersIn(optional).length === 0) {
      this.problems.push(
        "Des crochets ne contiennent aucun mot à remplacer : leur texte ne serait jamais laissé de côté.",
      )
    }
    this.at++
    return { optional }
  }

  private braces(): Node[] {
    const [whole, inner = ""] = this.line.slice(this.at).match(/^\{([^{}[\]]*)\}/) ?? []
    if (!whole) {
      this.problems.push("Une accolade { n’est pas refermée.")
      this.at++
      return []
    }
    this.at += whole.length
    const sides = inner.split("|").map((side) => side.trim())
    if (sides.length === 1) {
      const name = BY_FOLDED.get(fold(inner))
      if (name) return [{ name }]
      this.problems.push(`« ${whole} » n’existe pas : prenez un mot de la liste.`)
      return []
    }
    const [masculine = "", feminine = ""] = sides
    if (sides.length > 2 || !masculine || !feminine) {
      this.problems.push(`« ${whole} » : écrivez deux formes, le masculin puis le féminin, comme {né|née}.`)
    }
    return [{ masculine, feminine }]
  }
}

function placeholdersIn(nodes: readonly Node[]): Placeholder[] {
  return nodes.flatMap((node) =>
    "name" in node ? [node.name] : "optional" in node ? placeholdersIn(node.optional) : [],
  )
}

/** Null where an optional part has to be left out. */
function runsOf(nodes: readonly Node[], values: Values, sex: Sex, optional = false): Run[] | null {
  const runs: Run[] = []
  for (const node of nodes) {
    if ("text" in node) runs.push({ text: typeset(node.text) })
    else if ("masculine" in node) runs.push({ text: typeset(agree(node.masculine, node.feminine, sex)) })
    else if ("optional" in node) runs.push(...(runsOf(node.optional, values, sex, true) ?? []))
    else {
      const value = values[node.name]
      if (!value && optional) return null
      const whole = value && WHOLE.has(node.name) && value.length <= MOST_WHOLE
      const text = value ? typeset(whole ? value.replace(/(?<!^le) /g, "\u00a0") : value) : BLANK
      runs.push(value && BOLD.has(node.name) ? { text, bold: true } : { text })
    }
  }
  return runs
}

/** Typographic apostrophes, and no line begins with a sign that French keeps apart from its word. */
export const typeset = (text: string) =>
  text
    .replaceAll("'", "’")
    .replace(/ ([:;!?»])/g, "\u00a0$1")
    .replace(/« /g, "«\u00a0")

/** Neighbours of one kind become one. */
function joined(runs: readonly Run[]): Run[] {
  const whole: Run[] = []
  for (const run of runs) {
    const last = whole.at(-1)
    if (last && last.bold === run.bold) last.text += run.text
    else if (run.text) whole.push({ ...run })
  }
  return whole
}

function rowOf(runs: readonly Run[]) {
  const text = runs.map((run) => run.text).join("")
  const colon = text.indexOf(":")
  return { label: text.slice(0, colon).trim(), value: text.slice(colon + 1).trim() }
}
