// Writing marks: each change with who, when, before and after, and never over what somebody else wrote meanwhile.
import { sql } from "kysely"
import { record } from "../../audit.ts"
import { chunks, type Db, tx } from "../../db/index.ts"
import { BLANK, cellKey, decide, type MarkValue, type StoredMark, type TypedCell } from "./cells.ts"

export type MarkChange = {
  assessment: number
  student: number
  before: StoredMark
  after: MarkValue & { remark: string | null }
}

/** Under `cellKey`. */
export type Marks = Map<string, StoredMark>

/** The marks of some assessments; only those of `students` when given. */
export async function marksOf(db: Db, assessments: number[], students?: number[]): Promise<Marks> {
  if (assessments.length === 0) return new Map()
  let rows = db.selectFrom("mark").where("assessment_id", "in", assessments)
  if (students) rows = rows.where("student_id", "in", students)
  const found = await rows
    .select(["assessment_id", "student_id", "value", "status", "remark", "version", "updated_by"])
    .execute()
  return new Map(
    found.map(({ assessment_id, student_id, ...mark }) => [cellKey(assessment_id, student_id), mark]),
  )
}

/**
 * Writes changes into marks and the audit trail. Each expects the version of its `before`: those that somebody else
 * has changed since are left alone and given back by key. Call it inside a transaction.
 */
export async function recordMarks(
  trx: Db,
  by: { id: number } | null,
  changes: MarkChange[],
  { at, reason = null }: { at: string; reason?: string | null },
): Promise<Set<string>> {
  const missed = new Set(changes.map((change) => cellKey(change.assessment, change.student)))
  const rows = changes.map(({ assessment, student, before, after }) => ({
    assessment_id: assessment,
    student_id: student,
    value: after.value,
    status: after.value === null ? (after.status ?? "NE") : null,
    remark: after.remark,
    version: before.version + 1,
    updated_at: at,
    updated_by: by?.id ?? null,
  }))
  for (const part of chunks(rows, 8)) {
    const written = await trx
      .insertInto("mark")
      .values(part)
      .onConflict((oc) =>
        oc
          .columns(["assessment_id", "student_id"])
          .doUpdateSet((eb) => ({
            value: eb.ref("excluded.value"),
            status: eb.ref("excluded.status"),
            remark: eb.ref("excluded.remark"),
            version: eb.ref("excluded.version"),
            updated_at: eb.ref("excluded.updated_at"),
            updated_by: eb.ref("excluded.updated_by"),
          }))
          .where("mark.version", "=", sql<number>`excluded.version - 1`),
      )
      .returning(["assessment_id", "student_id"])
      .execute()
    for (const row of written) missed.delete(cellKey(row.assessment_id, row.student_id))
  }
  const done = changes.filter((change) => !missed.has(cellKey(change.assessment, change.student)))
  await record(
    trx,
    by,
    done.map(({ assessment, student, before, after }) => ({
      subject: "mark",
      subjectId: assessment,
      action: before.version === 0 ? "entered" : "changed",
      before: inTrail(student, before, before.version),
      after: inTrail(student, after, before.version + 1),
      reason,
    })),
    at,
  )
  return missed
}

/** A mark in the audit trail: the student first, so that one cell's history is found by how its text begins. */
const inTrail = (student: number, { value, status }: MarkValue, version: number) => ({
  student,
  value,
  status: value === null ? (status ?? "NE") : null,
  version,
})

export type CellOutcome = { cell: TypedCell; stored: StoredMark } & (
  | { kind: "saved" }
  | { kind: "same" }
  /** typed and kept in its field: its paper sheet adds up otherwise */
  | { kind: "held" }
  | { kind: "refused"; why: string }
  | { kind: "ask"; why: string }
  | { kind: "conflict"; by: string | null }
)

/** A grid's columns and rows, as far as saving needs to know them. */
export type SheetFrame = {
  assessments: { id: number; max: number }[]
  students: { id: number }[]
  exempt: Set<number>
}

const GONE = "Cette case n’existe plus : rechargez la page."

/** Saves each cell that can be saved, and says of each one what became of it, under `cellKey`. */
export async function saveCells(
  db: Db,
  by: { id: number },
  { assessments, students, exempt }: SheetFrame,
  cells: TypedCell[],
  { at, reason }: { at: string; reason?: string | null },
): Promise<Map<string, CellOutcome>> {
  const scales = new Map(assessments.map(({ id, max }) => [id, max]))
  const there = new Set(students.map(({ id }) => id).filter((id) => !exempt.has(id)))
  const known = cells.filter((cell) => scales.has(cell.assessment) && there.has(cell.student))
  return tx(db, async (trx) => {
    const columns = [...new Set(known.map((cell) => cell.assessment))]
    const marks = await marksOf(trx, columns)
    const old = await earlierMarks(
      trx,
      known.filter((cell) => cell.seen !== (marks.get(keyOf(cell)) ?? BLANK).version),
    )
    const outcomes = new Map<string, CellOutcome>()
    const changes: MarkChange[] = []
    for (const cell of cells) {
      const stored = marks.get(keyOf(cell)) ?? BLANK
      const max = scales.get(cell.assessment)
      if (max === undefined || !there.has(cell.student)) {
        outcomes.set(keyOf(cell), { kind: "refused", cell, stored, why: GONE })
        continue
      }
      const decision = decide(cell, stored, old.get(`${keyOf(cell)}.${cell.seen}`), max)
      if (decision.kind === "write") {
        const { assessment, student } = cell
        changes.push({ assessment, student, before: stored, after: decision.after })
        const saved = { ...decision.after, version: stored.version + 1, updated_by: by.id }
        outcomes.set(keyOf(cell), { kind: "saved", cell, stored: saved })
      } else if (decision.kind === "conflict") {
        outcomes.set(keyOf(cell), { kind: "conflict", cell, stored, by: null })
      } else outcomes.set(keyOf(cell), { ...decision, cell, stored })
    }
    const missed = await recordMarks(trx, by, changes, { at, reason })
    if (missed.size > 0) await showTheirs(trx, outcomes, missed)
    await nameAuthors(trx, outcomes)
    return outcomes
  })
}

const keyOf = (cell: TypedCell) => cellKey(cell.assessment, cell.student)

/** What cells held in the versions their page showed, from the audit trail, under « key.version ». */
async function earlierMarks(trx: Db, cells: TypedCell[]): Promise<Map<string, MarkValue>> {
  const found = new Map<string, MarkValue>()
  for (const cell of cells) if (cell.seen === 0) found.set(`${keyOf(cell)}.0`, BLANK)
  const asked = cells.filter((cell) => cell.seen > 0)
  if (asked.length === 0) return found
  const rows = await trx
    .selectFrom("audit")
    .where("subject", "=", "mark")
    .where("subject_id", "in", [...new Set(asked.map((cell) => cell.assessment))])
    .select(["subject_id", "after"])
    .execute()
  for (const { subject_id, after } of rows) {
    const mark = JSON.parse(after ?? "{}") as MarkValue & { student: number; version: number }
    found.set(`${cellKey(subject_id, mark.student)}.${mark.version}`, mark)
  }
  return found
}

/** Somebody wrote between our reading and our writing: their value is shown as a conflict. */
async function showTheirs(trx: Db, outcomes: Map<string, CellOutcome>, missed: Set<string>): Promise<void> {
  const columns = [...missed].map((key) => Number(key.split(".")[0]))
  const marks = await marksOf(trx, [...new Set(columns)])
  for (const key of missed) {
    const { cell } = outcomes.get(key) as CellOutcome
    outcomes.set(key, { kind: "conflict", cell, stored: marks.get(key) ?? BLANK, by: null })
  }
}

async function nameAuthors(trx: Db, outcomes: Map<string, CellOutcome>): Promise<void> {
  const conflicts = [...outcomes.values()].filter((outcome) => outcome.kind === "conflict")
  const ids = conflicts.flatMap(({ stored }) => stored.updated_by ?? [])
  if (ids.length === 0) return
  const accounts = await trx.selectFrom("account").where("id", "in", ids).select(["id", "name"]).execute()
  const names = new Map(accounts.map(({ id, name }) => [id, name]))
  for (const conflict of conflicts) conflict.by = names.get(conflict.stored.updated_by ?? -1) ?? null
}
