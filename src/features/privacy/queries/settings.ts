// The school's own choices: how long things are kept, whom to write to.
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import { type Kind, type Retentions, retentionsOf } from "../rules/retention.ts"
import type { DetailKey } from "../tables.ts"

export async function retentionsIn(db: Db, country: string): Promise<Retentions> {
  return retentionsOf(country, await db.selectFrom("retention").selectAll().execute())
}

export type Details = Record<DetailKey, string>

const NO_DETAILS: Details = {
  declaration: "",
  declared_on: "",
  contact: "",
  contact_phone: "",
  contact_email: "",
}

export async function detailsOf(db: Db): Promise<Details> {
  const rows = await db.selectFrom("privacy_detail").select(["key", "value"]).execute()
  return { ...NO_DETAILS, ...Object.fromEntries(rows.map(({ key, value }) => [key, value])) }
}

export type Choice = { kind: Kind; amount: number; obliged: number; source: string | null }

/** Writes what differs from what holds now; how many things changed. */
export function changeSettings(
  db: Db,
  by: { id: number },
  { before, choices, details, now }: { before: Retentions; choices: Choice[]; details: Details; now: Date },
): Promise<number> {
  const at = now.toISOString()
  const stamp = { changed_at: at, changed_by: by.id }
  return tx(db, async (trx) => {
    const chosen = choices.filter(({ kind, amount, obliged, source }) => {
      const now = before[kind]
      return now.amount !== amount || Number(now.obliged) !== obliged || (source ?? now.source) !== now.source
    })
    for (const choice of chosen) {
      const { kind, ...values } = choice
      await trx
        .insertInto("retention")
        .values({ ...choice, ...stamp })
        .onConflict((oc) => oc.column("kind").doUpdateSet({ ...values, ...stamp }))
        .execute()
    }
    const old = await detailsOf(trx)
    const said = (Object.entries(details) as [DetailKey, string][]).filter(
      ([key, value]) => old[key] !== value,
    )
    for (const [key, value] of said) {
      await trx
        .insertInto("privacy_detail")
        .values({ key, value, ...stamp })
        .onConflict((oc) => oc.column("key").doUpdateSet({ value, ...stamp }))
        .execute()
    }
    const told = Object.fromEntries(chosen.map(({ kind, amount }) => [kind, amount]))
    const was = Object.fromEntries(chosen.map(({ kind }) => [kind, before[kind].amount]))
    const changes = {
      before: { ...was, ...Object.fromEntries(said.map(([key]) => [key, old[key]])) },
      after: { ...told, ...Object.fromEntries(said) },
    }
    const n = chosen.length + said.length
    if (n > 0)
      await record(trx, by, { subject: "retention", subjectId: 0, action: "changed", ...changes }, at)
    return n
  })
}
