import { readFile } from "node:fs/promises"
import { gradeUnitCases, isUnitCases } from "./unitcases.ts"
import { type GradingInput, grade, gradeVariant, WorksheetProblem } from "./worksheet.ts"

type Document = {
  input: GradingInput
  expected_variants?: Record<string, { config_patch: Record<string, unknown> }>
}

/**
 * `grading FILE [--variants]`: the bulletins of the class described in FILE, as JSON; with --variants, the averages
 * and ranks under each `config_patch` that its `expected_variants` name. A file of single cases (rounding, ranks,
 * typed marks…) is printed again with each `expected` worked out. Refusals are errors with a French message.
 */
export async function gradingVerb(args: string[]): Promise<string> {
  const variants = args.includes("--variants")
  const files = args.filter((arg) => !arg.startsWith("--"))
  const unknown = args.find((arg) => arg.startsWith("--") && arg !== "--variants")
  if (unknown) throw new Error(`Option inconnue : ${unknown}`)
  const [file, ...others] = files
  if (file === undefined || others.length > 0) throw new Error("Usage : grading FICHIER [--variants]")

  const json = await readJson(file)
  if (isUnitCases(json)) return print(variants ? {} : gradeUnitCases(json))
  if (typeof json !== "object" || json === null || !("input" in json)) {
    throw new Error(`${file} : aucune classe à calculer (clé « input » absente)`)
  }
  const { input, expected_variants = {} } = json as Document
  try {
    if (!variants) return print(grade(input))
    const results = Object.entries(expected_variants).map(([name, { config_patch }]) => [
      name,
      { config_patch, ...gradeVariant(input, config_patch) },
    ])
    return print(Object.fromEntries(results))
  } catch (error) {
    if (error instanceof WorksheetProblem) throw new Error(`${file} :\n${error.message}`)
    throw error
  }
}

const print = (value: unknown) => JSON.stringify(value, null, 1)

async function readJson(file: string): Promise<unknown> {
  let text: string
  try {
    text = await readFile(file, "utf8")
  } catch {
    throw new Error(`${file} : fichier illisible`)
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""))
  } catch (error) {
    throw new Error(`${file} : ce n'est pas du JSON (${(error as Error).message})`)
  }
}
