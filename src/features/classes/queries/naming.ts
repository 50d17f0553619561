import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import { fold } from "../../people/naming.ts"
import { type ClassVocabulary, MALI } from "../naming.ts"

export const levelsOf = (db: Db) => db.selectFrom("level").selectAll().orderBy("position").execute()

export const seriesOf = (db: Db) => db.selectFrom("series").selectAll().orderBy("position").execute()

export const aliasesOf = (db: Db) => db.selectFrom("class_alias").selectAll().orderBy("alias").execute()

/**
 * How this school names its classes: its levels and series, with its country's usual spellings and its own
 * aliases. For `parseClass` and `classLabel`.
 */
export async function vocabularyOf(db: Db, country: string): Promise<ClassVocabulary> {
  const aliases = await aliasesOf(db)
  const known = country === "ML" ? MALI : { levels: [], series: [] }
  const levels = (await levelsOf(db)).map(({ code, label }) => ({
    code,
    label,
    aliases: [
      ...namesOf(code, label),
      ...(known.levels.find((level) => level.code === code)?.aliases ?? []),
      ...aliases.filter((one) => one.level_code === code).map(({ alias }) => alias),
    ],
  }))
  const series = (await seriesOf(db)).map(({ code, level_code }) => ({
    code,
    level: level_code,
    aliases: [
      ...new Set([
        compact(code),
        ...(known.series.find((one) => one.code === code)?.aliases ?? []),
        ...aliases.filter((one) => one.series_code === code).map(({ alias }) => alias),
      ]),
    ],
  }))
  return { levels, series }
}

/** A level is called by its label, and by its code where that is more than a number. */
const namesOf = (code: string, label: string) =>
  [label, code].map(spelling).filter((name) => /[a-z]/.test(name))

/** How an alias is kept: a level's folded, a series's without spaces too, as `parseClass` reads them. */
const spelling = (text: string) =>
  fold(text)
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
const compact = (text: string) => spelling(text).replaceAll(" ", "")

/** Who says it, and when (ISO). */
type Said = { by: User; at: string }

/** Adds a level, or changes the label of the one that has this code. */
export function saveLevel(db: Db, level: { code: string; label: string; cycle: string }, { by, at }: Said) {
  return tx(db, async (trx) => {
    const last = await trx
      .selectFrom("level")
      .select((eb) => eb.fn.max("position").as("n"))
      .executeTakeFirst()
    const { id } = await trx
      .insertInto("level")
      .values({ ...level, position: (last?.n ?? 0) + 1 })
      .onConflict((oc) => oc.column("code").doUpdateSet({ label: level.label, cycle: level.cycle }))
      .returning("id")
      .executeTakeFirstOrThrow()
    await record(trx, by, { subject: "level", subjectId: id, action: "saved", after: level }, at)
  })
}

/** Adds a series, or changes the label of the one that has this code; its level stays. */
export function saveSeries(db: Db, series: { code: string; label: string; level: string }, { by, at }: Said) {
  return tx(db, async (trx) => {
    const last = await trx
      .selectFrom("series")
      .select((eb) => eb.fn.max("position").as("n"))
      .executeTakeFirst()
    const row = {
      code: series.code,
      label: series.label,
      level_code: series.level,
      position: (last?.n ?? 0) + 1,
    }
    const { id } = await trx
      .insertInto("series")
      .values(row)
      .onConflict((oc) => oc.column("code").doUpdateSet({ label: series.label }))
      .returning("id")
      .executeTakeFirstOrThrow()
    await record(trx, by, { subject: "series", subjectId: id, action: "saved", after: series }, at)
  })
}

/** Adds a spelling of a level or a series; false when it is empty or means something already. */
export function addAlias(
  db: Db,
  { alias, kind, code }: { alias: string; kind: "level" | "series"; code: string },
  { by, at }: Said,
): Promise<boolean> {
  const row =
    kind === "level"
      ? { alias: spelling(alias), level_code: code, series_code: null }
      : { alias: compact(alias), level_code: null, series_code: code }
  return tx(db, async (trx) => {
    const made =
      row.alias !== "" &&
      (await trx
        .insertInto("class_alias")
        .values(row)
        .onConflict((oc) => oc.doNothing())
        .returning("alias")
        .executeTakeFirst())
    if (!made) return false
    await record(trx, by, { subject: "class_alias", subjectId: 0, action: "added", after: row }, at)
    return true
  })
}

export function removeAlias(db: Db, alias: string, { by, at }: Said): Promise<void> {
  return tx(db, async (trx) => {
    await trx.deleteFrom("class_alias").where("alias", "=", alias).execute()
    await record(trx, by, { subject: "class_alias", subjectId: 0, action: "removed", before: { alias } }, at)
  })
}
