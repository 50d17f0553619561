import { join } from "node:path"
import { forgetKept, sweepKept } from "../../documents/kept.ts"
import type { School } from "../../school.ts"
import { DAY_MS } from "../../web/days.ts"
import { FOLDER } from "./files.ts"
import { allPaths, emptyBin } from "./queries.ts"
import { BIN_DAYS } from "./rules.ts"

/** Empties the bin of what went into it a month ago; then the files without a row, as old as that. */
export async function sweep({ db, folder }: School, now: Date): Promise<string> {
  const monthAgo = new Date(now.getTime() - BIN_DAYS * DAY_MS)
  const deleted = await emptyBin(db, monthAgo.toISOString())
  for (const path of deleted) await forgetKept(join(folder, path))
  const named = new Set((await allPaths(db)).map((path) => path.slice(FOLDER.length + 1)))
  const orphans = await sweepKept(join(folder, FOLDER), named, monthAgo)
  return `${deleted.length} scans of the bin and ${orphans} files without a row deleted`
}
