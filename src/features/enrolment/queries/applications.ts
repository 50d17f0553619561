// Applications found and changed.
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import { Refusal } from "../../../web/refusal.ts"
import { differences, type Row } from "../../people/conflict.ts"
import { fold, sortName } from "../../people/naming.ts"
import { studentName } from "../../people/rules.ts"
import type { ApplicationRow, ApplicationValues, GuardianEntry } from "../forms.ts"
import type { State } from "../rules/states.ts"
import { addEvent } from "./history.ts"

/** What a search looks into: names and matricule, then reference and number without their dashes. */
const searched = (
  row: { surname: string; given_names: string; matricule: string | null },
  numbers: string[],
) =>
  [
    fold(`${studentName(row)} ${row.matricule ?? ""}`),
    ...numbers.map((number) => fold(number).replace(/[^\p{L}\p{N}]/gu, "")),
  ].join(" ")

export const derivedColumns = (
  row: { surname: string; given_names: string; matricule: string | null },
  numbers: { reference: string; internal_number?: string | null },
) => ({
  folded: searched(row, [numbers.reference, numbers.internal_number ?? ""]).trim(),
  sort_name: sortName(row.surname, row.given_names),
})

/** The file with what its numbers mean, its year, its fee as it stands and its student. */
export function findApplication(db: Db, id: number) {
  return withNames(db).where("application.id", "=", id).executeTakeFirst()
}

export type Application = NonNullable<Awaited<ReturnType<typeof findApplication>>>

const withNames = (db: Db) =>
  db
    .selectFrom("application")
    .innerJoin("school_year", "school_year.id", "application.school_year_id")
    .leftJoin("level", "level.code", "application.level_code")
    .leftJoin("series", "series.code", "application.series_code")
    .leftJoin("enrolment_fee", (join) =>
      join
        .onRef("enrolment_fee.school_year_id", "=", "application.school_year_id")
        .onRef("enrolment_fee.level_code", "=", "application.level_code"),
    )
    .leftJoin("student", "student.id", "application.student_id")
    .selectAll("application")
    .select([
      "school_year.label as year_label",
      "school_year.starts_on as year_starts_on",
      "level.label as level_label",
      "series.label as series_label",
      "enrolment_fee.amount as fee",
      "student.surname as student_surname",
      "student.given_names as student_given_names",
      "student.internal_number as student_number",
    ])

/** What a family's code leads to. */
export const applicationOfCode = (db: Db, code: string) =>
  db
    .selectFrom("application")
    .select(["id", "reference", "code", "state", "level_code", "created_at", "updated_at"])
    .where("code", "=", code)
    .executeTakeFirst()

export const guardiansOfApplication = (db: Db, application: number) =>
  db
    .selectFrom("application_guardian")
    .select(["position", "name", "phone", "link", "sms_consent"])
    .where("application_id", "=", application)
    .orderBy("position")
    .execute()

export type ApplicationGuardian = Awaited<ReturnType<typeof guardiansOfApplication>>[number]

export async function writeGuardians(trx: Db, application: number, guardians: readonly GuardianEntry[]) {
  if (guardians.length === 0) return
  const rows = guardians.map((one, n) => ({ ...one, application_id: application, position: n + 1 }))
  await trx.insertInto("application_guardian").values(rows).execute()
}

/** Guardians as the audit trail and a conflict compare them: one text per field of the form. */
export const guardianTexts = (guardians: readonly GuardianEntry[]): Row =>
  Object.fromEntries(
    [1, 2].flatMap((n) => {
      const one = guardians[n - 1]
      const consent = one?.sms_consent
      return [
        [`g${n}_name`, one?.name ?? null],
        [`g${n}_phone`, one?.phone ?? null],
        [`g${n}_link`, one?.link ?? null],
        [`g${n}_sms_consent`, consent === 1 ? "yes" : consent === 0 ? "no" : one ? "unasked" : null],
      ]
    }),
  )

/** Moves the file's version on from the one that somebody saw; false when it is another by now. */
export async function touch(
  trx: Db,
  file: { id: number; version: number; state: State },
  set: Partial<Omit<Application, "id" | "version">>,
  at: string,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("application")
    .set((eb) => ({ ...set, version: eb("version", "+", 1), updated_at: at }))
    .where("id", "=", file.id)
    .where("version", "=", file.version)
    .where("state", "=", file.state)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Changes what was asked for, if nobody changed the file since; the history and the audit trail say what. */
export function changeApplication(
  db: Db,
  by: { id: number },
  change: {
    file: Application
    guardians: readonly ApplicationGuardian[]
    version: number
    values: ApplicationValues
    now: Date
  },
): Promise<"changed" | "same" | "conflict"> {
  const { file, guardians, version, values } = change
  const at = change.now.toISOString()
  return tx(db, async (trx) => {
    if (file.version !== version) return "conflict"
    const before: Row = { ...columnsOf(file), ...guardianTexts(guardians) }
    const after: Row = { ...values.row, ...guardianTexts(values.guardians) }
    const changed = differences(before, after)
    if (!changed) return "same"
    const set = { ...values.row, ...derivedColumns(values.row, file) }
    if (!(await touch(trx, file, set, at))) return "conflict"
    await trx.deleteFrom("application_guardian").where("application_id", "=", file.id).execute()
    await writeGuardians(trx, file.id, values.guardians)
    const { state } = file
    const details = { fields: Object.keys(changed.after) }
    await addEvent(
      trx,
      { application_id: file.id, action: "edited", from: state, to: state, details },
      by,
      at,
    )
    const written = { ...changed.after, version: version + 1 }
    await record(
      trx,
      by,
      {
        subject: "application",
        subjectId: file.id,
        action: "changed",
        before: changed.before,
        after: written,
      },
      at,
    )
    return "changed"
  })
}

/** The columns that a form fills, of a whole row. */
export function columnsOf(
  file: Omit<ApplicationRow, "birth_approximate"> & { birth_approximate: number },
): ApplicationRow {
  const { surname, given_names, sex, birth_date, birth_year, birth_place, nationality, address } = file
  const { level_code, series_code, previous_school, matricule, remark } = file
  const birth_approximate = file.birth_approximate ? 1 : 0
  return {
    ...{ surname, given_names, sex, birth_date, birth_year, birth_approximate, birth_place, nationality },
    ...{ address, level_code, series_code, previous_school, matricule, remark },
  }
}

export const MEANWHILE =
  "Ce dossier a été modifié entre-temps, par quelqu’un d’autre ou dans un autre onglet. Revenez au dossier : rien n’a été enregistré."

/** Thrown inside a transaction: everything it wrote is taken back. */
export const meanwhile = () => new Refusal(409, MEANWHILE)
