// The files as they were handed in, kept in the school's own folder and never served.
import { createHash } from "node:crypto"
import { existsSync, mkdirSync } from "node:fs"
import { readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { Refusal } from "../../web/refusal.ts"

const FOLDER = "imports"

export const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")

/** Keeps a file under the name of its content; the same file twice is kept once. Gives its path in the folder. */
export async function keepFile(folder: string, bytes: Uint8Array, format: "csv" | "xlsx"): Promise<string> {
  const path = `${FOLDER}/${hashOf(bytes)}.${format}`
  const whole = join(folder, path)
  if (existsSync(whole)) return path
  mkdirSync(join(folder, FOLDER), { recursive: true })
  await writeFile(`${whole}.part`, bytes, { mode: 0o600 })
  await rename(`${whole}.part`, whole)
  return path
}

export async function readKept(folder: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, path))
  } catch {
    throw new Refusal(409, "Le fichier de cet import n’est plus sur le serveur : envoyez-le de nouveau.")
  }
}

export const forgetFile = (folder: string, path: string) => rm(join(folder, path), { force: true })
