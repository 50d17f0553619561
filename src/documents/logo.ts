// The school's logo as papers print it. Each one ever chosen is kept under its own name: a paper that froze the name
// prints the same for ever, whatever logo the school has since.
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { sha256 } from "../web/signing.ts"
import { writeWhole } from "./kept.ts"
import { wholeJpeg } from "./received.ts"
import type { SchoolHead } from "./schoolHead.ts"

const NAME_LETTERS = 16
const pathOf = (folder: string, name: string) => join(folder, "logo", `${name}.jpg`)
const isName = (name: string) => new RegExp(`^[0-9a-f]{${NAME_LETTERS}}$`).test(name)

/** Keeps a logo made by the worker; gives its name, the same for the same picture. */
export async function keepLogo(folder: string, jpeg: Uint8Array): Promise<string> {
  const name = sha256(jpeg).slice(0, NAME_LETTERS)
  await writeWhole(pathOf(folder, name), jpeg)
  return name
}

/** The logo of that name; null where there is none, or the file was lost or spoilt: papers print without it. */
export async function logoNamed(folder: string, name: string): Promise<Buffer | null> {
  const bytes = isName(name) ? await readFile(pathOf(folder, name)).catch(() => null) : null
  return bytes && wholeJpeg(bytes) ? bytes : null
}

/** The head of a paper with the picture that it names, ready to be printed. */
export async function withLogo(folder: string, head: SchoolHead): Promise<SchoolHead> {
  const logo = head.logo ? await logoNamed(folder, head.logo) : null
  return logo ? { ...head, logoPng: logo.toString("base64") } : head
}
