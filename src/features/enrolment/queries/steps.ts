// The steps of a file: checked, numbered, refused or abandoned, opened again. Each moves the version on, so that of
// two secretaries on one file only the first is written; the second gets a 409.
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import { type Action, type End, type Forward, mayTake, type State, stateAfter } from "../rules/states.ts"
import { type Application, derivedColumns, meanwhile, touch } from "./applications.ts"
import { addEvent } from "./history.ts"
import { issueStudentNumber } from "./numbers.ts"

export type Stepping = { file: Application; version: number; now: Date }

type Change = {
  action: Action
  to: State
  set?: Parameters<typeof touch>[2]
  reason?: string | null
  details?: object
}

/** Moves a file to another state inside the caller's transaction; the number of the event. Throws a 409. */
export async function move(
  trx: Db,
  by: { id: number },
  { file, version, now }: Stepping,
  { action, to, set = {}, reason = null, details = {} }: Change,
): Promise<number> {
  const at = now.toISOString()
  if (file.version !== version) throw meanwhile()
  if (!(await touch(trx, file, { ...set, state: to }, at))) throw meanwhile()
  const event = { application_id: file.id, action, from: file.state, to, reason, details }
  const id = await addEvent(trx, event, by, at)
  const before = Object.fromEntries(
    Object.keys(set).map((key) => [key, file[key as keyof Application] ?? null]),
  )
  await record(
    trx,
    by,
    {
      subject: "application",
      subjectId: file.id,
      action: action === "undone" ? "step_undone" : action,
      before: { ...before, state: file.state },
      after: { ...set, state: to, version: version + 1 },
      reason,
    },
    at,
  )
  return id
}

/** The same for a step of the way, where the state allows it. */
export function forward(
  trx: Db,
  by: { id: number },
  stepping: Stepping,
  change: Omit<Change, "to" | "action"> & { action: Forward },
): Promise<number> {
  if (!mayTake(change.action, stepping.file.state)) throw meanwhile()
  return move(trx, by, stepping, { ...change, to: stateAfter(change.action) })
}

/** The administration has checked the file; `reason` says why when compulsory documents are missing. */
export const checkFile = (db: Db, by: { id: number }, stepping: Stepping, reason: string | null) =>
  tx(db, (trx) => forward(trx, by, stepping, { action: "checked", reason }))

export type Numbering = Stepping & {
  matricule: string | null
  /** the student of the school that this is, or null for a new one, with those it was told apart from */
  student: { id: number; internal_number: string | null } | null
  toldApart: number[]
  format: string
}

/**
 * Gives the file its matricule as typed and the school's next number by its format. A file that has a number, or a
 * student who has one, takes none. The number, or null for a known student's own.
 */
export function numberFile(db: Db, by: { id: number }, numbering: Numbering): Promise<string | null> {
  const { file, matricule, student, toldApart, format } = numbering
  return tx(db, async (trx) => {
    // the file is held first: only one of two desks goes on to take a number
    if (file.version !== numbering.version || !(await hold(trx, file))) throw meanwhile()
    const keeps = file.internal_number || student?.internal_number
    const context = { year: file.year_starts_on.slice(0, 4), level: file.level_code }
    const issued = keeps ? null : await issueStudentNumber(trx, format, context)
    const number = issued?.number ?? file.internal_number
    const numbers = { reference: file.reference, internal_number: number }
    const set = {
      matricule,
      internal_number: number,
      student_id: student?.id ?? null,
      folded: derivedColumns({ ...file, matricule }, numbers).folded,
    }
    await forward(trx, by, numbering, { action: "numbered", set, details: { issued, toldApart } })
    return number
  })
}

/** Locks the file's row until the transaction ends; false when it is no longer as it was seen. */
async function hold(trx: Db, file: Application): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("application")
    .set({ updated_at: file.updated_at })
    .where("id", "=", file.id)
    .where("version", "=", file.version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Refused or abandoned, with the reason; from any state before « active ». */
export const endFile = (
  db: Db,
  by: { id: number },
  stepping: Stepping,
  { end, reason }: { end: End; reason: string },
) => tx(db, (trx) => move(trx, by, stepping, { action: end, to: end, reason }))

/** Open again where it stood. */
export const reopenFile = (
  db: Db,
  by: { id: number },
  stepping: Stepping,
  { to, reason }: { to: State; reason: string | null },
) => tx(db, (trx) => move(trx, by, stepping, { action: "reopened", to, reason }))
