// Files kept in the school's folder: written whole, found again by a row of the database, swept when none names them.
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises"
import { dirname, join } from "node:path"
import { randomToken } from "../web/signing.ts"

/**
 * Writes a file, never half of one under its own name, and on the disk when this returns: a row that names it may be
 * written then, whatever happens to the power.
 */
export async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const part = `${file}.${randomToken(6)}.part`
  try {
    await written(part, bytes)
    await rename(part, file)
  } catch (problem) {
    await forgetKept(part)
    throw problem
  }
  await flushed(dirname(file))
}

async function written(part: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(part, "w", 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The folder's own list of names; some systems cannot be asked for that, and keep it anyway. */
async function flushed(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

/** Deletes a file; one that is not there is as good. */
export const forgetKept = (file: string) => rm(file, { force: true })

/** Deletes the files of a folder that no row names, last written before `before`; their number. */
export async function sweepKept(folder: string, named: ReadonlySet<string>, before: Date): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  let swept = 0
  for (const name of names.filter((one) => !named.has(one))) {
    const file = join(folder, name)
    const { mtime } = await stat(file)
    if (mtime >= before) continue
    await forgetKept(file)
    swept++
  }
  return swept
}
