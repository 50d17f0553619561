import { sql } from "kysely"
import { record } from "../../../audit.ts"
import { chunks, type Db, tx } from "../../../db/index.ts"
import { tokenOf } from "../../grades/tableForm.ts"
import type { Choice, Proposal, Seen } from "../rules/deciding.ts"
import { holdOpen } from "./sessions.ts"

type Key = { class_id: number; period_id: number }
type By = { id: number }

/** What the page showed, in a few letters: the council's word and the appreciation apart. */
type Told = { award: string | null; decision: string | null; appreciation: string | null }
export const wordToken = ({ award, decision }: Told) => tokenOf(JSON.stringify([award, decision]))
export const textToken = ({ appreciation }: Told) => tokenOf(appreciation ?? "")

export type Deciding = {
  student: number
  /** what the council says now; null takes its word back; undefined leaves it */
  choice?: Choice | null
  /** undefined leaves it */
  appreciation?: string | null
  proposal: Proposal
  averages: Seen
  reason: string | null
  /** the tokens of what the page showed */
  seen: { word: string; text: string }
}

export type Outcome =
  | { kind: "saved" }
  /** somebody else wrote the same: their words, and who */
  | { kind: "conflict"; by: string | null; part: "word" | "text" }

/**
 * Writes what the council says of one student. Somebody else's word on another part of the row (conduct, or the
 * appreciation while this one decides) is no conflict. Throws a 409 when the session is no longer open.
 */
export const decide = (
  db: Db,
  by: By,
  about: Key,
  { deciding, at }: { deciding: Deciding; at: string },
): Promise<Outcome> =>
  tx(db, async (trx) => {
    await holdOpen(trx, about)
    const key = { class_id: about.class_id, period_id: about.period_id }
    const { student, choice, appreciation, seen } = deciding
    const stored = await storedOf(trx, about, student)
    const { by: author } = stored
    if (choice !== undefined && wordToken(stored) !== seen.word)
      return { kind: "conflict", by: author, part: "word" } as const
    if (appreciation !== undefined && appreciation !== stored.appreciation && textToken(stored) !== seen.text)
      return { kind: "conflict", by: author, part: "text" } as const
    const set = {
      ...(choice === undefined ? {} : wordOf(deciding, by, at)),
      ...(appreciation === undefined ? {} : { appreciation }),
    }
    if (!(await writeRow(trx, by, { about, student, version: stored.version, set, at })))
      return { kind: "conflict", by: null, part: "word" } as const
    const before = only(stored, set)
    const action = choice === null ? "council_undone" : "council_decided"
    const change = { subject: "student_period", subjectId: student, action, reason: deciding.reason }
    await record(trx, by, { ...change, before: { ...key, ...before }, after: { ...key, ...set } }, at)
    return { kind: "saved" } as const
  })

/** The columns that hold the council's word. An award that is not given is an empty text. */
function wordOf({ choice, proposal, averages, reason }: Deciding, by: By, at: string) {
  if (!choice) return NO_WORD
  return {
    award: choice.award ?? "",
    decision: choice.decision,
    proposed_award: proposal.award,
    proposed_decision: proposal.decision,
    decided_average: averages.average,
    decided_annual: averages.annual,
    overruled_reason: reason,
    decided_at: at as string | null,
    decided_by: by.id as number | null,
  }
}

const NO_WORD = {
  award: null,
  decision: null,
  proposed_award: null,
  proposed_decision: null,
  decided_average: null,
  decided_annual: null,
  overruled_reason: null,
  decided_at: null,
  decided_by: null,
}

type Columns = Partial<typeof NO_WORD | ReturnType<typeof wordOf>> & { appreciation?: string | null }

async function storedOf(trx: Db, { class_id, period_id }: Key, student: number) {
  const row = await trx
    .selectFrom("student_period as sp")
    .leftJoin("account as a", "a.id", "sp.updated_by")
    .where("sp.student_id", "=", student)
    .where("sp.class_id", "=", class_id)
    .where("sp.period_id", "=", period_id)
    .select(["sp.award", "sp.decision", "sp.appreciation", "sp.version", "a.name as by"])
    .executeTakeFirst()
  return row ?? { award: null, decision: null, appreciation: null, version: 0, by: null }
}

/** False where somebody else has written the row since. */
async function writeRow(
  trx: Db,
  by: By,
  {
    about,
    student,
    version,
    set,
    at,
  }: { about: Key; student: number; version: number; set: Columns; at: string },
): Promise<boolean> {
  const { class_id, period_id } = about
  const columns = { ...set, version: version + 1, updated_at: at, updated_by: by.id }
  const written = await trx
    .insertInto("student_period")
    .values({ ...columns, class_id, period_id, student_id: student })
    .onConflict((oc) =>
      oc
        .columns(["student_id", "class_id", "period_id"])
        .doUpdateSet(columns)
        .where("student_period.version", "=", version),
    )
    .returning("version")
    .executeTakeFirst()
  return written !== undefined
}

const only = (stored: object, set: object) =>
  Object.fromEntries(Object.entries(stored).filter(([key]) => key in set))

/** Follows the proposals for students of whom nothing was decided yet; how many were written. */
export const followAll = (
  db: Db,
  by: By,
  about: Key,
  { students, at }: { students: readonly Pick<Deciding, "student" | "proposal" | "averages">[]; at: string },
): Promise<number> =>
  tx(db, async (trx) => {
    await holdOpen(trx, about)
    const rows = students.map(({ student, proposal, averages }) => ({
      ...about,
      student_id: student,
      ...wordOf(
        { student, proposal, averages, choice: proposal, reason: null, seen: { word: "", text: "" } },
        by,
        at,
      ),
      version: 1,
      updated_at: at,
      updated_by: by.id,
    }))
    const written: number[] = []
    for (const part of chunks(rows, 15)) {
      const done = await trx
        .insertInto("student_period")
        .values(part)
        .onConflict((oc) =>
          oc
            .columns(["student_id", "class_id", "period_id"])
            .doUpdateSet((eb) => ({
              award: eb.ref("excluded.award"),
              decision: eb.ref("excluded.decision"),
              proposed_award: eb.ref("excluded.proposed_award"),
              proposed_decision: eb.ref("excluded.proposed_decision"),
              decided_average: eb.ref("excluded.decided_average"),
              decided_annual: eb.ref("excluded.decided_annual"),
              overruled_reason: eb.ref("excluded.overruled_reason"),
              decided_at: eb.ref("excluded.decided_at"),
              decided_by: eb.ref("excluded.decided_by"),
              version: sql<number>`student_period.version + 1`,
              updated_at: eb.ref("excluded.updated_at"),
              updated_by: eb.ref("excluded.updated_by"),
            }))
            // whoever decided one of them meanwhile keeps the word
            .where("student_period.decided_at", "is", null),
        )
        .returning("student_id")
        .execute()
      written.push(...done.map(({ student_id }) => student_id))
    }
    const followed = new Map(rows.map((row) => [row.student_id, row]))
    await record(
      trx,
      by,
      written.map((id) => {
        const { award, decision } = followed.get(id) ?? NO_WORD
        const after = { ...about, award, decision, followed: true }
        return { subject: "student_period", subjectId: id, action: "council_decided", after }
      }),
      at,
    )
    return written.length
  })
