// The project's own files, for tests that read them.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "../src/root.ts"

export type Source = {
  /** from the project's folder: « src/features/grades/pages.ts » */
  path: string
  text: string
  lines: number
}

/** Every file under a folder whose name ends so, in order of path. */
export function sources(folder: string, end: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(end))
    .map((name) => {
      const text = readFileSync(join(root, folder, name), "utf8")
      return { path: `${folder}/${name}`, text, lines: text.split("\n").length - 1 }
    })
    .sort((one, other) => (one.path < other.path ? -1 : 1))
}

export const isTest = ({ path }: Source) => path.endsWith(".test.ts") || path.endsWith(".e2e.ts")

/** What a file imports, as it is written there; types too. */
export const importsOf = ({ text }: Source): string[] =>
  [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)"([^"]+)"/gm)].map(([, from]) => from as string)

/** The code without its comments. */
export const codeOf = ({ text }: Source) =>
  text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`])\/\/.*$/gm, "$1")
