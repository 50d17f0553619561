// Files made once, kept in the school's folder and served again.
import { mkdir, rename, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import { randomToken } from "../web/signing.ts"

/** Writes a file, never half of one under its own name. */
export async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const part = `${file}.${randomToken(6)}.part`
  await writeFile(part, bytes)
  await rename(part, file)
}
