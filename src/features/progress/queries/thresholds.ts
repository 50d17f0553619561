import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import { changeSettings } from "../../../settings.ts"

/** Writes the school's thresholds; the caller reads the school again with `refresh`. */
export const changeThresholds = (
  db: Db,
  by: { id: number },
  { before, after, at }: { before: string; after: string; at: string },
) =>
  tx(db, async (trx) => {
    await changeSettings(trx, { controls: after })
    const change = { before: { controls: before }, after: { controls: after } }
    await record(trx, by, { subject: "setting", subjectId: 0, action: "changed", ...change }, at)
  })
