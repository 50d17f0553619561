import { readFile, stat } from "node:fs/promises"
import { parseArgs } from "node:util"
import * as v from "valibot"
import { Refusal } from "../../web/refusal.ts"
import { type Chosen, commitFile, hasSchool, rosterOfSchool, staffOfFolder } from "./cliSchool.ts"
import { type Customs, MALIAN, readClass } from "./customs.ts"
import { readGuardians } from "./guardians.ts"
import { readMarks } from "./marks.ts"
import { type ImportResult, printed } from "./outcomes.ts"
import { LIMITS, refuseHeavy } from "./reading/bytes.ts"
import { readTable, type Table } from "./reading/table.ts"
import { reportText } from "./report.ts"
import type { Enrolled } from "./roster.ts"
import type { ImportKind } from "./spellings.ts"
import { readStaff } from "./staff.ts"
import { readStudents } from "./students.ts"

const USAGE = `ardoise import students FICHIER [--class CLASSE] [--school-year ANNÉE] [--roster ÉLÈVES.json] [--json]
ardoise import marks FICHIER [--roster ÉLÈVES.json] [--class CLASSE] [--scale 20] [--json]
ardoise import guardians FICHIER [--roster ÉLÈVES.json] [--json]
ardoise import staff FICHIER [--json]

Sans --commit, rien n’est enregistré. Sans --roster, des tuteurs et des notes sont comparés aux élèves de l’école
du dossier de données ; une liste d’élèves ou du personnel aussi, quand ARDOISE_DATA le désigne.
Avec --commit, le fichier est enregistré dans cette école (pour des notes, indiquez --class et --period T1) ; les
lignes douteuses attendent sur la page de l’import.`

export interface VerbAnswer {
  output: string
  exitCode: number
}

const OPTIONS = {
  class: { type: "string" },
  "school-year": { type: "string" },
  roster: { type: "string" },
  scale: { type: "string", default: "20" },
  json: { type: "boolean", default: false },
  period: { type: "string" },
  commit: { type: "boolean", default: false },
} as const

type Options = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>["values"]

/** From what the verb is run: the moment, for what it writes; the environment that names the data folder. */
export interface Run {
  now?: Date
  env?: NodeJS.ProcessEnv
}

/**
 * `ardoise import …`: a dry run that prints one outcome per physical line, or with --commit what was written.
 * 0 read, 1 refused, 2 misused.
 */
export async function importVerb(args: string[], run: Run = {}): Promise<VerbAnswer> {
  let parsed: ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>
  try {
    parsed = parseArgs({ args, options: OPTIONS, allowPositionals: true })
  } catch (problem) {
    return { output: `${(problem as Error).message}\n\n${USAGE}`, exitCode: 2 }
  }
  const [kind, file, ...more] = parsed.positionals
  const env = run.env ?? process.env
  const readerFor = READERS[kind ?? ""]
  if (!readerFor || file === undefined || more.length > 0) return { output: USAGE, exitCode: 2 }
  try {
    if (parsed.values.commit) return await committed(kind as ImportKind, file, parsed.values, { ...run, env })
    const read = await readerFor(parsed.values, env)
    const table = await readTable(await bytesOf(file))
    const result = read(table)
    return { output: parsed.values.json ? asJson(result) : reportText(table, result), exitCode: 0 }
  } catch (problem) {
    if (problem instanceof Refusal || problem instanceof Misuse) {
      return { output: problem.message, exitCode: problem instanceof Misuse ? 2 : 1 }
    }
    throw problem
  }
}

class Misuse extends Error {}

async function committed(kind: ImportKind, file: string, options: Options, { now, env }: Run) {
  if (options.roster !== undefined) throw new Misuse("--commit compare avec l’école : laissez --roster.")
  if (!now || !env) throw new Error("a commit needs its moment")
  const chosen = chosenOf(options)
  const done = await commitFile(env, { kind, path: file, bytes: await bytesOf(file) }, { chosen, now })
  if (options.json) return { output: JSON.stringify(done, null, 1), exitCode: 0 }
  const what = done.written.join(", ") || "rien de nouveau à écrire"
  const lines = done.waiting > 1 ? `${done.waiting} lignes attendent` : "1 ligne attend"
  const waiting = done.waiting > 0 ? `\n${lines} une réponse sur /imports/${done.import}.` : ""
  return { output: `Import n° ${done.import} enregistré : ${what}.${waiting}`, exitCode: 0 }
}

const chosenOf = (options: Options): Chosen => ({
  className: options.class ?? null,
  schoolYear: options["school-year"] ?? null,
  period: options.period ?? null,
})

type Reader = (table: Table) => ImportResult

/** What the options ask for, checked before the file is opened. */
const READERS: Record<string, (options: Options, env: NodeJS.ProcessEnv) => Promise<Reader>> = {
  students: async (options, env) => {
    const schoolYear = options["school-year"] ?? ""
    if (!/^20\d\d-20\d\d$/.test(schoolYear))
      throw new Misuse("Indiquez l’année scolaire : --school-year 2026-2027.")
    const own = options.roster === undefined && env.ARDOISE_DATA !== undefined && hasSchool(env)
    const { existing, customs } = own
      ? await rosterOfSchool(env, { kind: "students", chosen: chosenOf(options) })
      : await rosterOf(options)
    const context = { className: chosenClass(options, customs), schoolYear, existing, customs }
    return (table) => readStudents(table, context)
  },
  marks: async (options, env) => {
    const scale = Number(options.scale)
    if (!Number.isInteger(scale) || scale < 1) {
      throw new Misuse("Le barème (--scale) est un nombre entier, par exemple 20.")
    }
    const { existing, customs } = await requiredRoster("marks", options, env)
    const context = { className: chosenClass(options, customs), scale, customs }
    return (table) => readMarks(table, existing, context)
  },
  staff: async (options, env) => {
    if (options.roster !== undefined) throw new Misuse("--roster est une liste d’élèves.")
    const own = env.ARDOISE_DATA !== undefined && hasSchool(env)
    const context = own ? await staffOfFolder(env) : {}
    return (table) => readStaff(table, context)
  },
  guardians: async (options, env) => {
    const { existing, customs } = await requiredRoster("guardians", options, env)
    const context = { className: chosenClass(options, customs), customs }
    return (table) => readGuardians(table, existing, context)
  },
}

function chosenClass(options: Options, customs: Customs): string | null {
  if (options.class === undefined) return null
  const label = readClass(options.class, customs)
  if (label === null)
    throw new Misuse(`« ${options.class} » n’est pas une classe connue : écrivez par exemple « 10ème CG 3 ».`)
  return label
}

/** Too heavy a file is refused by its size, before it is brought into memory. */
async function bytesOf(file: string): Promise<Uint8Array> {
  const size = await stat(file).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  )
  if (size === null) throw new Refusal(404, `Le fichier « ${file} » n’existe pas ou ne peut pas être lu.`)
  refuseHeavy(size, LIMITS)
  return readFile(file)
}

const text = v.nullish(v.string())
const rosterSchema = v.array(
  v.object({
    matricule: v.optional(v.nullable(v.string()), null),
    nom: v.string(),
    prenom: v.string(),
    classe: text,
    sexe: v.nullish(v.picklist(["M", "F"])),
    naissance: text,
    lieu: text,
    telephone: text,
  }),
)

type Compared = { existing: Enrolled[]; customs: Customs }

/** ROSTER.json stands in for the school's own students. */
async function rosterOf(options: Options): Promise<Compared> {
  if (options.roster === undefined) return { existing: [], customs: MALIAN }
  let content: unknown
  try {
    content = JSON.parse(await readFile(options.roster, "utf8"))
  } catch {
    throw new Misuse(`La liste d’élèves « ${options.roster} » n’est pas un fichier JSON lisible.`)
  }
  const read = v.safeParse(rosterSchema, content)
  if (read.success) return { existing: read.output, customs: MALIAN }
  throw new Misuse(
    `La liste d’élèves « ${options.roster} » doit être une liste de {"matricule", "nom", "prenom", "classe"}.`,
  )
}

async function requiredRoster(kind: ImportKind, options: Options, env: NodeJS.ProcessEnv): Promise<Compared> {
  if (options.roster !== undefined) return rosterOf(options)
  if (!hasSchool(env)) throw new Misuse("Indiquez la liste des élèves : --roster ÉLÈVES.json.")
  if (kind === "marks" && options.class === undefined)
    throw new Misuse("Indiquez la classe : --class CLASSE.")
  return rosterOfSchool(env, { kind, chosen: chosenOf(options) })
}

const asJson = ({ counts, outcomes }: ImportResult) =>
  JSON.stringify({ counts, outcomes: outcomes.map(printed) }, null, 1)
