// The terminal verb against a school of the data folder: its students for a dry run, its tables for --commit.
import { existsSync, readdirSync } from "node:fs"
import { basename, join } from "node:path"
import { readConfig } from "../../config.ts"
import type { Db } from "../../db/index.ts"
import { isRole, type Role } from "../../roles.ts"
import { openSchools, type School } from "../../school.ts"
import { today } from "../../web/french.ts"
import { Refusal } from "../../web/refusal.ts"
import type { User } from "../../web/request.ts"
import { classesOf } from "../classes/queries.ts"
import { fold } from "../people/naming.ts"
import { commitImport, type Plan } from "./commit.ts"
import { type Customs, readClass } from "./customs.ts"
import { keptTable, makeImport } from "./make.ts"
import { findImport } from "./queries/imports.ts"
import {
  customsFor,
  periodsOf,
  type SchoolStaff,
  staffOfSchool,
  studentsOf,
  yearsOf,
} from "./queries/school.ts"
import type { Enrolled } from "./roster.ts"
import type { ImportKind } from "./spellings.ts"
import { emptyContext, type ImportContext } from "./stored.ts"
import { tellPlan } from "./told.ts"

/** What the options say of the file. */
export type Chosen = {
  /** as it was typed */
  className: string | null
  schoolYear: string | null
  period: string | null
}

/** Whether the data folder holds a school already: a dry run makes none. */
export function hasSchool(env: NodeJS.ProcessEnv): boolean {
  const { dataFolder } = readConfig(env)
  if (!existsSync(dataFolder)) return false
  return readdirSync(dataFolder).some((name) => existsSync(join(dataFolder, name, "secret")))
}

async function withSchool<T>(env: NodeJS.ProcessEnv, work: (school: School) => Promise<T>): Promise<T> {
  if (!hasSchool(env)) {
    throw new Refusal(
      404,
      "Aucune école dans ce dossier de données : ouvrez-la d’abord, ou donnez ARDOISE_DATA.",
    )
  }
  const schools = await openSchools(readConfig(env))
  try {
    return await work(schools.all[0] as School)
  } finally {
    await schools.close()
  }
}

/** The students of the school that a file of this kind is compared with, and how that school writes. */
export const rosterOfSchool = (
  env: NodeJS.ProcessEnv,
  { kind, chosen }: { kind: ImportKind; chosen: Chosen },
): Promise<{ existing: Enrolled[]; customs: Customs }> =>
  withSchool(env, async ({ db }) => {
    // a list may be tried before its year is opened: everybody is then in no class
    if (kind === "students") {
      const year = await yearOrNone(db, chosen.schoolYear)
      const customs = await customsFor(db, year ? await classesOf(db, year.id) : [])
      return { existing: await studentsOf(db, year?.id ?? 0), customs }
    }
    const year = await yearNamed(db, chosen.schoolYear)
    const customs = await customsFor(db, await classesOf(db, year.id))
    const classId = kind === "marks" ? await classNamed(db, year.id, chosen.className) : null
    return { existing: await studentsOf(db, year.id, classId ?? undefined), customs }
  })

/** The staff of that school, and how it writes. */
export const staffOfFolder = (
  env: NodeJS.ProcessEnv,
): Promise<{ existing: SchoolStaff[]; customs: Customs }> =>
  withSchool(env, async ({ db }) => ({
    existing: await staffOfSchool(db),
    customs: await customsFor(db, []),
  }))

async function yearOrNone(db: Db, label: string | null) {
  const years = await yearsOf(db)
  return label ? years.find((one) => one.label === label) : years.find((one) => one.current)
}

async function yearNamed(db: Db, label: string | null) {
  const found = await yearOrNone(db, label)
  if (!found) throw new Refusal(404, `L’école n’a pas d’année scolaire ${label ?? "en cours"}.`)
  return found
}

async function classNamed(db: Db, yearId: number, typed: string | null): Promise<number | null> {
  if (typed === null) return null
  const classes = await classesOf(db, yearId)
  const customs = await customsFor(db, classes)
  const wanted = readClass(typed, customs)
  const found = classes.find(({ label }) => (readClass(label, customs) ?? label) === wanted)
  if (!found) throw new Refusal(404, `L’école n’a pas de classe « ${typed} » cette année.`)
  return found.id
}

async function contextOf(db: Db, kind: ImportKind, chosen: Chosen): Promise<ImportContext> {
  // the staff is of no school year
  if (kind === "staff") return emptyContext()
  const year = await yearNamed(db, chosen.schoolYear)
  const classId = await classNamed(db, year.id, chosen.className)
  const schoolYear = `${year.starts_on.slice(0, 4)}-${year.ends_on.slice(0, 4)}`
  const context = { ...emptyContext(), yearId: year.id, schoolYear, classId }
  if (kind !== "marks") return context
  const periods = await periodsOf(db, year.id)
  const period = periods.find(({ code, label }) =>
    [code, label].map(fold).includes(fold(chosen.period ?? "")),
  )
  if (!period || classId === null) {
    const codes = periods.map(({ code }) => code).join(", ")
    throw new Refusal(404, `Pour des notes, indiquez --class et --period (${codes}).`)
  }
  return { ...context, periodId: period.id }
}

export type Committed = {
  import: number
  counts: Record<string, number>
  written: string[]
  /** lines that wait for a person, on the import's page */
  waiting: number
}

/** Reads, keeps and writes a file as the first administrator does on its pages; what is doubtful waits there. */
export const commitFile = (
  env: NodeJS.ProcessEnv,
  file: { kind: ImportKind; path: string; bytes: Uint8Array },
  { chosen, now }: { chosen: Chosen; now: Date },
): Promise<Committed> =>
  withSchool(env, async (school) => {
    const { db } = school
    const { kind, bytes } = file
    const context = await contextOf(db, kind, chosen)
    const user = await administrator(db)
    const who = { ...user, permissions: school.permissions }
    const handed = { kind, fileName: basename(file.path), bytes, context, user, who, now }
    const id = await makeImport(school, handed)
    const found = await findImport(db, who, id)
    if (!found) throw new Error("an import was made and is not there")
    const done = await commitImport(db, {
      found,
      table: await keptTable(school.folder, found),
      user,
      who,
      now,
      today: today(now, school.settings.timeZone),
      agreed: null,
    })
    if (done.kind === "changed") throw new Refusal(409, "L’école a changé pendant la lecture : recommencez.")
    return { import: id, counts: found.counts, written: tellPlan(done.plan), waiting: waitingIn(done.plan) }
  })

const waitingIn = (plan: Plan) => plan.held.length

async function administrator(db: Db): Promise<User> {
  const account = await db
    .selectFrom("account")
    .innerJoin("account_role", "account_role.account_id", "account.id")
    .where("account.active", "=", 1)
    .where("account_role.role", "=", "administrator")
    .select(["account.id", "account.name", "account.staff_id"])
    .orderBy("account.id")
    .executeTakeFirst()
  if (!account) throw new Refusal(404, "Cette école n’a pas encore d’administrateur au nom de qui importer.")
  const rows = await db
    .selectFrom("account_role")
    .select("role")
    .where("account_id", "=", account.id)
    .execute()
  return {
    id: account.id,
    name: account.name,
    roles: rows.map(({ role }) => role).filter((role): role is Role => isRole(role)),
    staffId: account.staff_id,
    guardianId: null,
    studentId: null,
    mustChange: false,
    session: "",
    formsSent: 0,
  }
}
