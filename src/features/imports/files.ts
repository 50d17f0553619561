// The files as they were handed in, kept in the school's own folder and never served.
import { createHash } from "node:crypto"
import { existsSync, mkdirSync } from "node:fs"
import { open, readFile, rename, rm } from "node:fs/promises"
import { join, parse } from "node:path"
import { Refusal } from "../../web/refusal.ts"

const FOLDER = "imports"

export const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")

/** Keeps a file under the name of its content; the same file twice is kept once. Gives its path in the folder. */
export async function keepFile(folder: string, bytes: Uint8Array, format: "csv" | "xlsx"): Promise<string> {
  const path = `${FOLDER}/${hashOf(bytes)}.${format}`
  const whole = join(folder, path)
  if (existsSync(whole)) return path
  mkdirSync(join(folder, FOLDER), { recursive: true })
  // on the disk before it bears its name: after a power cut it is whole or not there
  const part = await open(`${whole}.part`, "w", 0o600)
  try {
    await part.writeFile(bytes)
    await part.sync()
  } finally {
    await part.close()
  }
  await rename(`${whole}.part`, whole)
  return path
}

/** The file as it was handed in; refused when it is gone, or is no longer the one that its name says. */
export async function readKept(folder: string, path: string): Promise<Uint8Array> {
  const bytes = await readFile(join(folder, path)).catch(() => null)
  if (!bytes || hashOf(bytes) !== parse(path).name) {
    throw new Refusal(409, "Le fichier de cet import n’est plus sur le serveur : envoyez-le de nouveau.")
  }
  return bytes
}

export const forgetFile = (folder: string, path: string) => rm(join(folder, path), { force: true })
