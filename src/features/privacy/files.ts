// Files whose rows are erased: named in the transaction, taken away after it, again at night if that failed.
import { rm } from "node:fs/promises"
import { isAbsolute, join, normalize } from "node:path"
import type { School } from "../../school.ts"
import { filesToRemove, forgetRemoved } from "./queries/erasing.ts"

/** The place of a file in the school's folder, or null for a path that would leave it. */
export function placeIn(folder: string, path: string): string | null {
  const inside = normalize(path)
  return isAbsolute(inside) || inside === ".." || inside.startsWith("../") ? null : join(folder, inside)
}

/** Removes what waits to be removed; how many files. */
export async function removeFiles({ db, folder }: School): Promise<number> {
  const waiting = await filesToRemove(db)
  for (const path of waiting) {
    const place = placeIn(folder, path)
    if (place) await rm(place, { force: true })
    await forgetRemoved(db, path)
  }
  return waiting.length
}
