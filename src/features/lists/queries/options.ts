import { sql } from "kysely"
import type { Db } from "../../../db/index.ts"
import { classesSeenBy, type Viewer } from "../../people/scope.ts"

export type Options = Awaited<ReturnType<typeof optionsOf>>

const distinct = <T, K>(rows: readonly T[], key: (row: T) => K) => [
  ...new Map(rows.map((row) => [key(row), row])).values(),
]

/** What filters may be chosen from: the years, and a year's levels, series and classes with their sizes. One question. */
export async function optionsOf(db: Db, who: Viewer, year: number) {
  const rows = await classesSeenBy(db, who)
    .innerJoin("school_year", "school_year.id", "class.school_year_id")
    .leftJoin("level", "level.code", "class.level_code")
    .leftJoin("series", "series.code", "class.series_code")
    .select([
      "class.id",
      "class.label",
      "class.level_code",
      "class.series_code",
      "class.school_year_id",
      "school_year.label as year_label",
      "level.label as level_label",
      "series.label as series_label",
      sql<number>`case when class.school_year_id = ${year} then (select count(*) from enrolment
        where enrolment.class_id = class.id and (enrolment.ends_on is null
        or (school_year.current = 0 and enrolment.ends_on >= school_year.ends_on))) else 0 end`.as("size"),
    ])
    .orderBy("school_year.starts_on", "desc")
    .orderBy("class.position")
    .orderBy("class.label")
    .execute()
  const classes = rows.filter((row) => row.school_year_id === year)
  const series = distinct(classes, (row) => row.series_code).map((row) => ({
    code: row.series_code,
    label: row.series_label ?? row.series_code,
  }))
  return {
    years: distinct(rows, (row) => row.school_year_id).map((row) => ({
      id: row.school_year_id,
      label: row.year_label,
    })),
    levels: distinct(classes, (row) => row.level_code).map((row) => ({
      code: row.level_code,
      label: row.level_label ?? row.level_code,
    })),
    series: series.filter(({ code }) => code),
    classes: classes.map(({ id, label, size }) => ({ id, label, size: Number(size) })),
  }
}
