// Taking an import back: everything that nothing depends on, and an account of what stays and why.
import { type Change, record } from "../../audit.ts"
import { chunks, type Db, tx } from "../../db/index.ts"
import { Refusal } from "../../web/refusal.ts"
import { BLANK } from "../grades/cells.ts"
import { recordMarks } from "../grades/recording.ts"
import { withoutDerived } from "./commit/cards.ts"
import { reasonOf } from "./commit/journal.ts"
import type { FoundImport } from "./queries/imports.ts"
import { changesOf } from "./queries/lines.ts"
import { keyOf, type Verdict, verdictsOn } from "./undo/verdicts.ts"
import { currentRows } from "./undo/written.ts"

/** What an undo would do now, row by row. */
export async function verdictsOf(db: Db, importId: number): Promise<Verdict[]> {
  const changes = await changesOf(db, importId)
  const keys = (table: string) => changes.filter(({ table_name }) => table_name === table).map(keyOf)
  const ids = (table: string) => [...new Set(keys(table).flat())]
  const now = await currentRows(db, importId, {
    student: ids("student"),
    enrolment: ids("enrolment"),
    guardian: ids("guardian"),
    staff: ids("staff"),
    assessment: ids("assessment"),
    class: ids("class"),
    guardianship: keys("guardianship"),
    mark: keys("mark"),
  })
  return verdictsOn(changes, now)
}

/** What the report keeps of an undo: the rows that stayed, each with its reason, and how many went. */
export type UndoReport = { undone: number; kept: { line: number; what: string; why: string }[] }

export const labelOf = ({ after, change }: Verdict) => String(after.title ?? after.label ?? change.table_name)

export function reportOf(verdicts: readonly Verdict[]): UndoReport {
  const kept = verdicts.flatMap((one) =>
    one.why === null ? [] : [{ line: one.change.line, what: whatIs(one), why: one.why }],
  )
  return { undone: verdicts.length - kept.length, kept }
}

const NOUNS: Record<string, string> = {
  student: "Élève",
  enrolment: "Inscription en",
  guardian: "Tuteur",
  staff: "Membre du personnel",
  guardianship: "Lien",
  mark: "Note",
  assessment: "Évaluation",
  class: "Classe",
}

/** « Élève KONÉ Awa », « Inscription en 10ème CG 1 », « Note MATHS.CL de KONÉ Awa ». */
export function whatIs(one: Verdict): string {
  const { table_name } = one.change
  if (one.before && table_name === "enrolment") return `Sortie de ${labelOf(one)}`
  return `${one.before ? "Correction de " : ""}${NOUNS[table_name] ?? table_name} ${labelOf(one)}`
}

/** Takes back what can be; the import is `undone` even when some rows stay, and its report names them. */
export async function undoImport(
  db: Db,
  found: FoundImport,
  user: { id: number },
  now: Date,
): Promise<UndoReport> {
  try {
    return await tx(db, (trx) => undoIn(trx, found, user, now.toISOString()))
  } catch (problem) {
    if (FOREIGN_KEY.has(String((problem as { code?: unknown }).code))) throw new Refusal(409, STILL_USED)
    throw problem
  }
}

/** What SQLite and PostgreSQL say when a row is still named by another. */
const FOREIGN_KEY = new Set(["SQLITE_CONSTRAINT_FOREIGNKEY", "23503"])
const STILL_USED = "Autre chose dans l’école dépend encore de cet import : rien n’a été annulé."

async function undoIn(trx: Db, found: FoundImport, user: { id: number }, at: string): Promise<UndoReport> {
  const { numUpdatedRows } = await trx
    .updateTable("import")
    .set({ state: "undone", undone_at: at })
    .where("id", "=", found.id)
    .where("state", "=", "committed")
    .executeTakeFirst()
  if (numUpdatedRows === 0n) {
    throw new Refusal(409, "Cet import a déjà été annulé, ou n’a rien enregistré : il n’y a rien à annuler.")
  }
  const verdicts = await verdictsOf(trx, found.id)
  const told = await takeBack(
    trx,
    verdicts.filter(({ why }) => why === null),
    { user, at, reason: `Annulation de l’${reasonOf(found.id).toLowerCase()}` },
  )
  const report = reportOf(verdicts)
  const counts = { undone: report.undone, kept: report.kept.length }
  told.push({ subject: "import", subjectId: found.id, action: "undone", after: counts })
  await record(trx, user, told, at)
  await trx
    .updateTable("import")
    .set({ undo_report: JSON.stringify(report) })
    .where("id", "=", found.id)
    .execute()
  return report
}

type Undoing = { user: { id: number }; at: string; reason: string }

/** In the order in which rows lean on each other; gives what the audit trail is to keep. */
async function takeBack(trx: Db, verdicts: readonly Verdict[], undoing: Undoing): Promise<Change[]> {
  const of = (table: string) => verdicts.filter(({ change }) => change.table_name === table)
  const made = (table: string) => of(table).filter(({ before }) => before === null)
  const versions = new Map<Verdict, number>()
  await takeBackMarks(trx, of("mark"), new Set(of("assessment").map(({ key }) => key[0] as number)), undoing)
  await removeRows(trx, "assessment", made("assessment"))
  for (const one of of("guardianship")) await unlink(trx, one)
  await removeRows(trx, "guardian", made("guardian"))
  await removeRows(trx, "enrolment", made("enrolment"))
  for (const one of of("enrolment")) if (one.before) await reopen(trx, one)
  await removeRows(trx, "staff", made("staff"))
  await removeRows(trx, "student", made("student"))
  for (const one of [...of("student"), ...of("guardian"), ...of("staff")]) {
    if (one.before) versions.set(one, await restore(trx, one, undoing.at))
  }
  for (const { key } of made("class")) {
    await trx
      .deleteFrom("class_subject")
      .where("class_id", "=", key[0] as number)
      .execute()
  }
  await removeRows(trx, "class", made("class"))
  return verdicts
    .filter(({ change }) => change.table_name !== "mark")
    .map((one) => toldOf(one, { reason: undoing.reason, version: versions.get(one) }))
}

/** A link made is taken away; one that stood before says again what it said. */
async function unlink(trx: Db, { key, before }: Verdict): Promise<void> {
  const [guardian, student] = key as [number, number]
  const link = before?.link as "PERE" | "MERE" | "TUTEUR" | undefined
  const pair = { guardian_id: guardian, student_id: student }
  if (link)
    await trx
      .updateTable("guardianship")
      .set({ link })
      .where((eb) => eb.and(pair))
      .execute()
  else
    await trx
      .deleteFrom("guardianship")
      .where((eb) => eb.and(pair))
      .execute()
}

async function removeRows(
  trx: Db,
  table: "assessment" | "guardian" | "enrolment" | "student" | "staff" | "class",
  verdicts: readonly Verdict[],
): Promise<void> {
  for (const part of chunks(verdicts, 1)) {
    await trx
      .deleteFrom(table)
      .where(
        "id",
        "in",
        part.map(({ key }) => key[0] as number),
      )
      .execute()
  }
}

/** The class that somebody left is the one they are in again. */
const reopen = (trx: Db, { key, before }: Verdict) =>
  trx
    .updateTable("enrolment")
    .set({ ...before })
    .where("id", "=", key[0] as number)
    .execute()

/** Cards corrected by the import get their old values back, as a new version, which it gives. */
async function restore(trx: Db, { change, key, before }: Verdict, at: string): Promise<number> {
  const table = change.table_name as "student" | "guardian" | "staff"
  const { version } = await trx
    .updateTable(table)
    .set((eb) => ({ ...before, version: eb("version", "+", 1), updated_at: at }))
    .where("id", "=", key[0] as number)
    .returning("version")
    .executeTakeFirstOrThrow()
  return version
}

/**
 * Marks of assessments that go, go with them. In those that stay a cell gets back what it held, as one more
 * version: who has the grid open sees that it changed.
 */
async function takeBackMarks(
  trx: Db,
  verdicts: readonly Verdict[],
  leaving: ReadonlySet<number>,
  { user, at, reason }: Undoing,
): Promise<void> {
  for (const assessment of leaving) {
    await trx.deleteFrom("mark").where("assessment_id", "=", assessment).execute()
  }
  const gone = verdicts.filter(({ key }) => leaving.has(key[0] as number))
  const deleted = gone.map(({ key, after }) => {
    const { value, status, version } = after
    const before = { student: key[1], value, status, version }
    return { subject: "mark", subjectId: key[0] as number, action: "deleted", before, reason }
  })
  await record(trx, user, deleted, at)
  const back = verdicts
    .filter(({ key }) => !leaving.has(key[0] as number))
    .map(({ key, before, after }) => ({
      assessment: key[0] as number,
      student: key[1] as number,
      before: { ...BLANK, ...after } as typeof BLANK,
      after: { ...BLANK, ...before } as typeof BLANK,
    }))
  const missed = await recordMarks(trx, user, back, { at, reason })
  if (missed.size > 0)
    throw new Refusal(409, "Des notes viennent de changer : rien n’a été annulé. Recommencez.")
}

function toldOf(
  { change, key, before, after }: Verdict,
  { reason, version }: { reason: string; version: number | undefined },
): Change {
  const [subjectId] = key as [number]
  const { version: _version, label: _label, title: _title, said: _said, ...had } = withoutDerived(after)
  if (change.table_name === "guardianship") {
    return {
      subject: "guardian",
      subjectId,
      action: before ? "guardian_changed" : "guardian_removed",
      before: { student: key[1], ...had },
      ...(before && { after: { student: key[1], ...before } }),
      reason,
    }
  }
  const about = { subject: change.table_name, subjectId, before: had, reason }
  if (!before) return { ...about, action: "deleted" }
  const back = withoutDerived(before)
  return { ...about, action: "changed", after: version === undefined ? back : { ...back, version } }
}
