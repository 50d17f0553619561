import { sql } from "kysely"
import { type Change, record } from "../../../audit.ts"
import { chunks, type Db, tx } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import type { Confidence } from "../reference.ts"
import type { Line } from "../rules.ts"

/** One school year's tables, by level and series: how many subjects, the sum of coefficients (hundredths), the source. */
export function tablesOf(db: Db, year: number) {
  return db
    .selectFrom("coefficient")
    .select([
      "level_code",
      "series_code",
      sql<number>`count(*)`.as("subjects"),
      sql<number>`sum(case when optional is null then coefficient else 0 end)`.as("total"),
      sql<string | null>`max(source)`.as("source"),
      sql<Confidence | null>`max(confidence)`.as("confidence"),
    ])
    .where("school_year_id", "=", year)
    .groupBy(["level_code", "series_code"])
    .execute()
}

/** How many classes of the year follow each level and series. */
export function classCounts(db: Db, year: number) {
  return db
    .selectFrom("class")
    .select(["level_code", "series_code", sql<number>`count(*)`.as("n")])
    .where("school_year_id", "=", year)
    .groupBy(["level_code", "series_code"])
    .execute()
}

/** The template of a level and series in a year, in the order of the bulletin; coefficients in hundredths. */
export function linesOfTemplate(db: Db, year: number, level: string, series: string) {
  return db
    .selectFrom("coefficient")
    .innerJoin("subject", "subject.id", "coefficient.subject_id")
    .select([
      "coefficient.id",
      "coefficient.subject_id",
      "coefficient.coefficient",
      "coefficient.group_code",
      "coefficient.optional",
      "coefficient.position",
      "coefficient.source",
      "coefficient.confidence",
      "subject.code",
      "subject.label",
    ])
    .where("coefficient.school_year_id", "=", year)
    .where("coefficient.level_code", "=", level)
    .where("coefficient.series_code", "=", series)
    .orderBy("coefficient.position")
    .orderBy("subject.position")
    .execute()
}

export type TemplateLine = Awaited<ReturnType<typeof linesOfTemplate>>[number]

export const yearsOf = (db: Db) =>
  db
    .selectFrom("school_year")
    .select(["id", "label", "starts_on", "ends_on", "current"])
    .orderBy("starts_on", "desc")
    .execute()

export type TableChange = {
  year: number
  level: string
  series: string
  source: string | null
  confidence: Confidence
  kept: { from: TemplateLine; to: Omit<Line, "subject_id"> }[]
  removed: TemplateLine[]
  added: { subject_id: number; code: string; coefficient: number } | null
}

/** Writes a whole table of a level and series; each line that differs goes into the audit trail. */
export function saveTable(db: Db, by: User, table: TableChange, now: Date): Promise<void> {
  return tx(db, async (trx) => {
    const { source, confidence } = table
    const changes: Change[] = []
    for (const { from, to } of table.kept) {
      const after = { ...to, source, confidence }
      if (Object.entries(after).every(([field, value]) => from[field as keyof typeof after] === value))
        continue
      await trx.updateTable("coefficient").set(after).where("id", "=", from.id).execute()
      changes.push({
        subject: "coefficient",
        subjectId: from.id,
        action: "changed",
        before: from,
        after: { ...from, ...after },
      })
    }
    for (const line of table.removed) {
      await trx.deleteFrom("coefficient").where("id", "=", line.id).execute()
      changes.push({ subject: "coefficient", subjectId: line.id, action: "removed", before: line })
    }
    if (table.added) changes.push(await addTo(trx, table))
    if (changes.length > 0) await record(trx, by, changes, now.toISOString())
  })
}

async function addTo(
  trx: Db,
  { year, level, series, source, confidence, kept, added }: TableChange,
): Promise<Change> {
  const row = {
    school_year_id: year,
    level_code: level,
    series_code: series,
    subject_id: added?.subject_id ?? 0,
    coefficient: added?.coefficient ?? 0,
    group_code: "PRINCIPALES",
    optional: null,
    position: Math.max(0, ...kept.map(({ to }) => to.position)) + 1,
    source,
    confidence,
  }
  const { id } = await trx.insertInto("coefficient").values(row).returning("id").executeTakeFirstOrThrow()
  return { subject: "coefficient", subjectId: id, action: "added", after: { ...row, subject: added?.code } }
}

/** Copies every table of one year to another that has none. How many lines. */
export function copyTables(db: Db, by: User, from: number, to: number, now: Date): Promise<number> {
  return tx(db, async (trx) => {
    const rows = await trx
      .selectFrom("coefficient")
      .select([
        "level_code",
        "series_code",
        "subject_id",
        "coefficient",
        "group_code",
        "optional",
        "position",
        "source",
        "confidence",
      ])
      .where("school_year_id", "=", from)
      .execute()
    for (const part of chunks(rows, 10)) {
      await trx
        .insertInto("coefficient")
        .values(part.map((row) => ({ ...row, school_year_id: to })))
        .onConflict((oc) => oc.doNothing())
        .execute()
    }
    const after = { from, lines: rows.length }
    await record(
      trx,
      by,
      { subject: "school_year", subjectId: to, action: "coefficients_copied", after },
      now.toISOString(),
    )
    return rows.length
  })
}
