import { join } from "node:path"
import { forgetKept, sweepKept } from "../../documents/kept.ts"
import type { School } from "../../school.ts"
import { FOLDER } from "./files.ts"
import { allPaths, forgetFormer, settleAll } from "./queries.ts"
import { FORMER_KEPT_HOURS } from "./rules.ts"

const HOUR = 3_600_000
/** A file younger than this may be one whose row is being written. */
const YOUNG_HOURS = 1

/** Takes away the photos put aside a day ago, then the files that a power cut left without a row. */
export async function sweep({ db, folder }: School, now: Date): Promise<string> {
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * HOUR)
  const former = await forgetFormer(db, hoursAgo(FORMER_KEPT_HOURS).toISOString())
  for (const path of former) await forgetKept(join(folder, path))
  const named = new Set((await allPaths(db)).map((path) => path.slice(FOLDER.length + 1)))
  const orphans = await sweepKept(join(folder, FOLDER), named, hoursAgo(YOUNG_HOURS))
  const settled = await settleAll(db)
  return `${former.length} former photos and ${orphans} files without a row deleted, ${settled} cards put right`
}
