// Writing an import: everything or nothing, in one transaction, and only what its preview showed.
import { type Db, tx } from "../../db/index.ts"
import { Refusal } from "../../web/refusal.ts"
import type { User } from "../../web/request.ts"
import type { Viewer } from "../people/scope.ts"
import { type GuardianPlan, planGuardians, writeGuardians } from "./commit/guardians.ts"
import { Journal } from "./commit/journal.ts"
import { type MarksPlan, planMarks, writeMarks } from "./commit/marks.ts"
import { planStaff, type StaffPlan, writeStaff } from "./commit/staff.ts"
import { planStudents, type StudentPlan, writeStudents } from "./commit/students.ts"
import { type Known, knownFor, readAgainst } from "./preview.ts"
import type { FoundImport } from "./queries/imports.ts"
import { allLines, replaceLines, toldOf, writtenLines } from "./queries/lines.ts"
import { yearOf } from "./queries/school.ts"
import type { Table } from "./reading/table.ts"
import type { Asked } from "./resolution.ts"
import type { StoredLine } from "./stored.ts"
import { tellPlan } from "./told.ts"

export type Plan =
  | ({ kind: "students" } & StudentPlan)
  | ({ kind: "guardians" } & GuardianPlan)
  | ({ kind: "staff" } & StaffPlan)
  | ({ kind: "marks" } & MarksPlan)

/** How many rows or cells a plan writes: nothing to do when 0. */
export function sizeOf(plan: Plan): number {
  if (plan.kind === "marks") return plan.cells.length
  if (plan.kind === "guardians") return plan.links + plan.relinked.length + plan.update.size
  const people = plan.create.length + plan.update.size
  return plan.kind === "staff" ? people : people + plan.enrol.length + plan.move.length
}

/**
 * What a commit would write now. After a first commit only the lines answered since are left: the others were
 * written, or create nothing.
 */
export async function planOf(db: Db, who: Viewer, found: FoundImport): Promise<Plan> {
  const known = await knownFor(db, who, found)
  const lines = await allLines(db, found.id)
  return planWith(db, { ...found, known }, await linesToWrite(db, found, lines))
}

async function linesToWrite(db: Db, found: FoundImport, lines: StoredLine[]): Promise<StoredLine[]> {
  if (found.state === "previewed") return lines
  const written = found.kind === "marks" ? new Set<number>() : await writtenLines(db, found.id)
  return lines.filter(({ line, answer }) => answer && !written.has(line))
}

async function planWith(db: Db, asked: Asked, lines: readonly StoredLine[]): Promise<Plan> {
  if (asked.kind === "students") return { kind: "students", ...planStudents(asked, lines) }
  if (asked.kind === "guardians") return { kind: "guardians", ...(await planGuardians(db, asked, lines)) }
  if (asked.kind === "staff") return { kind: "staff", ...planStaff(asked, lines) }
  return { kind: "marks", ...planMarks(asked, lines) }
}

export type Commit = {
  found: FoundImport
  table: Table
  user: User
  who: Viewer
  now: Date
  /** the school's own day */
  today: string
  /** how many rows the person agreed to */
  agreed: number | null
}

/**
 * « changed » when the school or the answers say something else than what the person agreed to: nothing is
 * written then, and the preview shows what changed.
 */
export function commitImport(
  db: Db,
  commit: Commit,
): Promise<{ kind: "done"; plan: Plan } | { kind: "changed" }> {
  const { found, user, who, now } = commit
  return tx(db, async (trx) => {
    await claim(trx, found, now)
    const known = await knownFor(trx, who, found)
    const lines = await allLines(trx, found.id)
    const fresh = found.state === "committed" || (await stillSame(trx, commit, { known, lines }))
    const plan = fresh && (await planWith(trx, { ...found, known }, await linesToWrite(trx, found, lines)))
    if (!plan || (commit.agreed !== null && sizeOf(plan) !== commit.agreed)) {
      await release(trx, found)
      return { kind: "changed" }
    }
    const journal = new Journal(found.id, user, now.toISOString())
    await write(trx, { plan, known, journal }, commit)
    const after = { file: found.file_name, written: tellPlan(plan).join(", ") }
    journal.tell({ subject: "import", subjectId: found.id, action: "committed", after })
    await journal.close(trx)
    return { kind: "done", plan }
  })
}

/** Takes the import for this transaction; whoever else commits it waits, then finds it done. */
async function claim(trx: Db, { id, state }: FoundImport, now: Date): Promise<void> {
  const at = now.toISOString()
  const { numUpdatedRows } = await trx
    .updateTable("import")
    .set((eb) => ({ state: "committed", committed_at: eb.fn.coalesce("committed_at", eb.val(at)) }))
    .where("id", "=", id)
    .where("state", "=", state)
    .where("state", "!=", "undone")
    .executeTakeFirst()
  if (numUpdatedRows === 0n) {
    throw new Refusal(409, "Cet import a changé d’état entre-temps : revenez à sa page. Rien n’a été écrit.")
  }
}

async function release(trx: Db, { id, state, committed_at }: FoundImport): Promise<void> {
  await trx.updateTable("import").set({ state, committed_at }).where("id", "=", id).execute()
}

/** Reads the file again; when the school has changed since the preview, keeps the new preview instead. */
async function stillSame(
  trx: Db,
  { found, table }: Commit,
  { known, lines }: { known: Known; lines: StoredLine[] },
): Promise<boolean> {
  const result = await readAgainst(trx, { ...found, known }, table)
  const same =
    lines.length === result.outcomes.length &&
    result.outcomes.every((outcome, at) => toldOf(outcome) === toldOf((lines[at] as StoredLine).outcome))
  if (!same) await replaceLines(trx, { ...found, columns: result.columns }, result, lines)
  return same
}

async function write(
  trx: Db,
  { plan, known, journal }: { plan: Plan; known: Known; journal: Journal },
  { found, user, now, today }: Commit,
): Promise<void> {
  if (plan.kind === "guardians") return writeGuardians(trx, { plan, journal, fileName: found.file_name })
  if (plan.kind === "staff") return writeStaff(trx, plan, journal)
  if (plan.kind === "marks") {
    if (known.frame) await writeMarks(trx, { plan, journal, frame: known.frame })
    return
  }
  const year = await yearOf(trx, found.context.yearId)
  if (!year) throw new Refusal(409, "L’année scolaire de cet import n’existe plus. Rien n’a été écrit.")
  const on = found.context.from === "today" && today > year.starts_on ? today : year.starts_on
  await writeStudents(
    trx,
    { asked: { ...found, known }, plan, journal },
    { year: year.id, on, today, user, now },
  )
}
