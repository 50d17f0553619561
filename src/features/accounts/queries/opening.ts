// A school's first day: its name, its year and its administrator, all or nothing.
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import { changeSettings, type SettingKey } from "../../../settings.ts"
import { installReference } from "../../classes/reference.ts"
import { presets } from "../../grades/presets.ts"
import { fold, fullName } from "../../people/naming.ts"
import { makeYear, type Year } from "../../school/queries.ts"
import type { Period } from "../../school/rules.ts"
import type { Login } from "../logins.ts"

export type Opening = {
  settings: Partial<Record<SettingKey, string>>
  year: Year
  periods: readonly Period[]
  administrator: { surname: string; givenNames: string; login: Login; hash: string }
}

const OPENING_CODE = "openingCode"

/** Keeps the signature of the code that opens the school; the one of an earlier start is worth nothing then. */
export async function keepOpeningCode(db: Db, signature: string): Promise<void> {
  await db
    .insertInto("setting")
    .values({ key: OPENING_CODE, value: signature })
    .onConflict((oc) => oc.column("key").doUpdateSet({ value: signature }))
    .execute()
}

export async function isOpeningCode(db: Db, signature: string): Promise<boolean> {
  const kept = await db
    .selectFrom("setting")
    .select("key")
    .where("key", "=", OPENING_CODE)
    .where("value", "=", signature)
    .executeTakeFirst()
  return kept !== undefined
}

/** Uses the code up and makes the school; the administrator's account, or null when the code was used meanwhile. */
export function openSchoolWith(
  db: Db,
  signature: string,
  { opening, at }: { opening: Opening; at: string },
): Promise<number | null> {
  return tx(db, async (trx) => {
    const used = await trx
      .deleteFrom("setting")
      .where("key", "=", OPENING_CODE)
      .where("value", "=", signature)
      .returning("key")
      .executeTakeFirst()
    if (!used) return null
    await changeSettings(trx, opening.settings)
    const yearId = await makeYear(trx, opening.year, opening.periods)
    await installReference(trx, yearId)
    await installGradingProfile(trx, yearId, { country: opening.settings.country ?? "ML", at })
    const accountId = await makeAdministrator(trx, opening.administrator, at)
    const after = { name: opening.settings.name, year: opening.year.label }
    const change = { subject: "setting", subjectId: 0, action: "created", after }
    await record(trx, { id: accountId }, change, at)
    return accountId
  })
}

/** The country's first practice; Mali's where none is known. */
async function installGradingProfile(
  trx: Db,
  yearId: number,
  { country, at }: { country: string; at: string },
): Promise<void> {
  const preset = presets.find((one) => one.country === country) ?? presets[0]
  if (!preset) throw new Error("no grading preset")
  await trx
    .insertInto("grading_profile")
    .values({
      school_year_id: yearId,
      level_code: null,
      version: 1,
      label: preset.label,
      config: JSON.stringify(preset.config),
      created_at: at,
    })
    .execute()
}

async function makeAdministrator(
  trx: Db,
  { surname, givenNames, login, hash }: Opening["administrator"],
  at: string,
): Promise<number> {
  const staff = await trx
    .insertInto("staff")
    .values({
      surname,
      given_names: givenNames,
      folded: fold(fullName(surname, givenNames)),
      position: "Administrateur",
      email: login.kind === "email" ? login.login : null,
      phone: login.kind === "phone" ? login.login : null,
      created_at: at,
      updated_at: at,
    })
    .returning("id")
    .executeTakeFirstOrThrow()
  const { id } = await trx
    .insertInto("account")
    .values({ name: `${givenNames} ${surname}`, password_hash: hash, staff_id: staff.id, created_at: at })
    .returning("id")
    .executeTakeFirstOrThrow()
  await trx
    .insertInto("account_login")
    .values({ ...login, account_id: id })
    .execute()
  await trx.insertInto("account_role").values({ account_id: id, role: "administrator" }).execute()
  return id
}
