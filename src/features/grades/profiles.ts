// The grading profiles a school keeps: versions in a table, read once each.
import type { Db } from "../../db/index.ts"
import { maliLycee } from "./presets.ts"
import { type GradingProfile, readProfile } from "./profile.ts"

export type StoredProfile = {
  /** null while the school has not chosen one: the Malian lycée's is then in force (see `keepProfile`) */
  id: number | null
  label: string
  version: number
  /** the first publication that used it; nothing of it changes afterwards */
  frozenAt: string | null
  profile: GradingProfile
}

/** The profile in force for a level: the level's own, else the school's, newest version first. */
export async function profileFor(db: Db, yearId: number, levelCode: string | null): Promise<StoredProfile> {
  const row = await db
    .selectFrom("grading_profile")
    .where("school_year_id", "=", yearId)
    .where((eb) =>
      eb.or([eb("level_code", "is", null), ...(levelCode ? [eb("level_code", "=", levelCode)] : [])]),
    )
    .select(["id", "label", "version", "config", "frozen_at"])
    .orderBy((eb) => eb.case().when("level_code", "is", null).then(1).else(0).end())
    .orderBy("version", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst()
  if (!row) return byDefault()
  const { id, label, version, frozen_at } = row
  return { id, label, version, frozenAt: frozen_at, profile: profileIn(row.config) }
}

/** `profileFor` of every level of a year, in one question. */
export async function profilesInForce(db: Db, yearId: number): Promise<(level: string) => StoredProfile> {
  const rows = await db
    .selectFrom("grading_profile")
    .where("school_year_id", "=", yearId)
    .select(["id", "level_code", "label", "version", "config", "frozen_at"])
    .orderBy("version", "desc")
    .orderBy("id", "desc")
    .execute()
  return (level) => {
    const row =
      rows.find(({ level_code }) => level_code === level) ??
      rows.find(({ level_code }) => level_code === null)
    if (!row) return byDefault()
    const { id, label, version, frozen_at, config } = row
    return { id, label, version, frozenAt: frozen_at, profile: profileIn(config) }
  }
}

/**
 * The rules of the periods of a class that are published, by period: those of their latest publication. Corrections of
 * a published period keep the rules of its day.
 */
export async function publishedProfiles(db: Db, classId: number): Promise<Map<number, StoredProfile>> {
  const rows = await db
    .selectFrom("publication as u")
    .innerJoin("grading_profile as g", "g.id", "u.profile_id")
    .where("u.class_id", "=", classId)
    .select(["u.period_id", "g.id", "g.label", "g.version", "g.config", "g.frozen_at"])
    .orderBy("u.version")
    .execute()
  return new Map(
    rows.map(({ period_id, config, frozen_at, ...row }) => [
      period_id,
      { ...row, frozenAt: frozen_at, profile: profileIn(config) },
    ]),
  )
}

type ClassPeriod = {
  class_id: number
  period_id: number
  class_state: string | null
  school_year_id: number
  level_code: string
}

/** The rules that a class's period is worked out with: once it is published those of its day, else those in force. */
export async function profileOfPeriod(db: Db, of: ClassPeriod): Promise<StoredProfile> {
  const published =
    of.class_state === "published" ? (await publishedProfiles(db, of.class_id)).get(of.period_id) : undefined
  return published ?? profileFor(db, of.school_year_id, of.level_code)
}

const FALLBACK = JSON.stringify(maliLycee)

const byDefault = (): StoredProfile => ({
  id: null,
  label: "Lycée (Mali)",
  version: 0,
  frozenAt: null,
  profile: profileIn(FALLBACK),
})

/** The profile's number, writing the one in force by default where the school has none yet: a publication names it. */
export async function keepProfile(
  db: Db,
  yearId: number,
  stored: StoredProfile,
  at: string,
): Promise<number> {
  if (stored.id !== null) return stored.id
  const row = {
    school_year_id: yearId,
    level_code: null,
    version: 1,
    label: stored.label,
    config: FALLBACK,
    created_at: at,
  }
  return (await db.insertInto("grading_profile").values(row).returning("id").executeTakeFirstOrThrow()).id
}

const read = new Map<string, GradingProfile>()
const MOST_KEPT = 100

/** A stored configuration as a profile; the same text gives the same object, which the arithmetic compiles once. */
export function profileIn(config: string): GradingProfile {
  const known = read.get(config)
  if (known) return known
  const checked = readProfile(JSON.parse(config))
  if (!checked.ok) throw new Error(`a stored grading profile is unreadable: ${checked.problems.join("; ")}`)
  if (read.size >= MOST_KEPT) read.clear()
  read.set(config, checked.profile)
  return checked.profile
}
