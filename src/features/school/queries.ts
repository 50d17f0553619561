// School years, periods and the school's own settings.
import { type Change, record } from "../../audit.ts"
import { type Db, tx } from "../../db/index.ts"
import { changeSettings, type SettingKey } from "../../settings.ts"
import { Refusal } from "../../web/refusal.ts"
import type { Period, Span } from "./rules.ts"

export type Year = Span & { label: string }
export type YearPeriod = Period & { id: number | null }

/** Every school year with its periods in order, the newest first. */
export async function schoolYears(db: Db) {
  const years = await db.selectFrom("school_year").selectAll().orderBy("starts_on", "desc").execute()
  const periods = await db.selectFrom("period").selectAll().orderBy("position").execute()
  return years.map((year) => ({
    ...year,
    periods: periods.filter(({ school_year_id }) => school_year_id === year.id),
  }))
}

export type SchoolYear = Awaited<ReturnType<typeof schoolYears>>[number]

/** Makes a year with its periods; the first one is the current one. Its id. */
export async function makeYear(trx: Db, year: Year, periods: readonly Period[]): Promise<number> {
  const current = await trx.selectFrom("school_year").select("id").where("current", "=", 1).executeTakeFirst()
  const { id } = await trx
    .insertInto("school_year")
    .values({ ...spanOf(year), label: year.label, current: current ? 0 : 1 })
    .returning("id")
    .executeTakeFirstOrThrow()
  await trx
    .insertInto("period")
    .values(periods.map((period, n) => rowOf(period, id, n)))
    .execute()
  return id
}

const spanOf = ({ starts_on, ends_on }: Span) => ({ starts_on, ends_on })
const rowOf = ({ code, label, weight, starts_on, ends_on }: Period, yearId: number, n: number) => ({
  school_year_id: yearId,
  code,
  label,
  weight,
  starts_on,
  ends_on,
  position: n + 1,
})

const told = (year: Year, periods: readonly Period[]) => ({
  label: year.label,
  ...spanOf(year),
  periods: periods.map(
    (one) => `${one.code} ${one.label} (${one.starts_on} – ${one.ends_on}, ${one.weight / 100})`,
  ),
})

/** A further year: with the coefficients, the grading rules and the bulletins' models of the one before, for classes made later. */
export function addYear(
  db: Db,
  by: { id: number },
  year: Year,
  { periods, from, at }: { periods: readonly Period[]; from: SchoolYear | undefined; at: string },
): Promise<number> {
  return tx(db, async (trx) => {
    const id = await makeYear(trx, year, periods)
    if (from) await copyTemplates(trx, from.id, id, at)
    const change = { subject: "school_year", subjectId: id, action: "created", after: told(year, periods) }
    await record(trx, by, change, at)
    return id
  })
}

async function copyTemplates(trx: Db, from: number, to: number, at: string): Promise<void> {
  const lines = await trx
    .selectFrom("coefficient")
    .select(["level_code", "series_code", "subject_id", "coefficient", "group_code"])
    .select(["optional", "position", "source"])
    .where("school_year_id", "=", from)
    .execute()
  for (const line of lines) {
    await trx
      .insertInto("coefficient")
      .values({ ...line, school_year_id: to })
      .execute()
  }
  const profiles = await trx
    .selectFrom("grading_profile as p")
    .select(["p.level_code", "p.label", "p.config"])
    .where("p.school_year_id", "=", from)
    .where((eb) =>
      eb(
        "p.version",
        "=",
        eb
          .selectFrom("grading_profile as q")
          .select((e) => e.fn.max("q.version").as("v"))
          .where("q.school_year_id", "=", from)
          .whereRef(
            (e) => e.fn.coalesce("q.level_code", e.val("")),
            "=",
            (e) => e.fn.coalesce("p.level_code", e.val("")),
          ),
      ),
    )
    .execute()
  for (const profile of profiles) {
    await trx
      .insertInto("grading_profile")
      .values({ ...profile, school_year_id: to, version: 1, created_at: at })
      .execute()
  }
  const models = await trx
    .selectFrom("bulletin_model")
    .select(["level_code", "config", "version"])
    .where("school_year_id", "=", from)
    .orderBy("version")
    .execute()
  for (const { level_code, config } of new Map(models.map((one) => [one.level_code, one])).values()) {
    if (config === null) continue
    await trx
      .insertInto("bulletin_model")
      .values({ school_year_id: to, level_code, version: 1, config, created_at: at })
      .execute()
  }
}

/** Tables in which a period may be at work. */
const USES = [
  "assessment",
  "student_period",
  "exemption",
  "subject_remark",
  "subject_lock",
  "class_period",
  "publication",
  "council_session",
] as const

/** A year's dates and periods; a period left out is deleted where nothing uses it, else a Refusal. */
export function changeYear(
  db: Db,
  by: { id: number },
  before: SchoolYear,
  { year, periods, at }: { year: Year; periods: readonly YearPeriod[]; at: string },
): Promise<void> {
  return tx(db, async (trx) => {
    await trx
      .updateTable("school_year")
      .set({ ...spanOf(year), label: year.label })
      .where("id", "=", before.id)
      .execute()
    for (const old of before.periods) {
      if (!periods.some(({ id }) => id === old.id)) await deletePeriod(trx, old)
      // codes are unique in a year: out of the way first, two may have been exchanged
      else
        await trx
          .updateTable("period")
          .set({ code: `~${old.id}` })
          .where("id", "=", old.id)
          .execute()
    }
    for (const [n, period] of periods.entries()) {
      const row = rowOf(period, before.id, n)
      if (period.id === null) await trx.insertInto("period").values(row).execute()
      else await trx.updateTable("period").set(row).where("id", "=", period.id).execute()
    }
    const change = { before: told(before, before.periods), after: told(year, periods) }
    await record(trx, by, { subject: "school_year", subjectId: before.id, action: "changed", ...change }, at)
  })
}

async function deletePeriod(trx: Db, period: { id: number; label: string }): Promise<void> {
  for (const table of USES) {
    const used = await trx
      .selectFrom(table)
      .select("period_id")
      .where("period_id", "=", period.id)
      .limit(1)
      .executeTakeFirst()
    if (used) {
      throw new Refusal(
        409,
        `« ${period.label} » ne peut pas être retirée : des notes, des appréciations ou des bulletins en dépendent. Rien n’a été enregistré.`,
      )
    }
  }
  await trx.deleteFrom("period").where("id", "=", period.id).execute()
}

/** One year is the current one; the others stay to be read. */
export function makeCurrent(db: Db, by: { id: number }, year: SchoolYear, at: string): Promise<void> {
  return tx(db, async (trx) => {
    const before = await trx
      .selectFrom("school_year")
      .select("label")
      .where("current", "=", 1)
      .executeTakeFirst()
    await trx.updateTable("school_year").set({ current: 0 }).where("current", "=", 1).execute()
    await trx.updateTable("school_year").set({ current: 1 }).where("id", "=", year.id).execute()
    const change = { before: { current: before?.label }, after: { current: year.label } }
    await record(
      trx,
      by,
      { subject: "school_year", subjectId: year.id, action: "made_current", ...change },
      at,
    )
  })
}

/** Writes the settings that differ; how many did. */
export function changeIdentity(
  db: Db,
  by: { id: number },
  before: Record<string, string>,
  { after, at }: { after: Partial<Record<SettingKey, string>>; at: string },
): Promise<number> {
  const changed = Object.entries(after).filter(([key, value]) => before[key] !== value)
  if (changed.length === 0) return Promise.resolve(0)
  return tx(db, async (trx) => {
    await changeSettings(trx, Object.fromEntries(changed))
    const change: Change = {
      subject: "setting",
      subjectId: 0,
      action: "changed",
      before: Object.fromEntries(changed.map(([key]) => [key, before[key]])),
      after: Object.fromEntries(changed),
    }
    await record(trx, by, change, at)
    return changed.length
  })
}
