// The passage to the next year itself: what was rehearsed, written whole or not at all.
import { type Change, record } from "../../../audit.ts"
import { chunks, type Db, tx } from "../../../db/index.ts"
import { addDays } from "../../../web/days.ts"
import { changedSince, fingerprint, rollSeen } from "../fingerprint.ts"
import { acts, type Case } from "../rules/cases.ts"
import { KIND_WORDS, type SecondRepetition } from "../rules/decisions.ts"
import { settleDepartures } from "./departures.ts"
import { type Plan, planOf } from "./plan.ts"
import { staleResults } from "./results.ts"
import type { Passage, YearRow } from "./years.ts"

export type Asked = Passage & {
  to: YearRow
  /** of each class to run, the fingerprint of what its rehearsal showed */
  seen: ReadonlyMap<number, string>
  second: SecondRepetition
  /** the school's own day, ISO: departures are written from the day after the year's last one */
  today: string
}

/** What is no longer as the rehearsal showed it, class by class. */
export type Changed = {
  classId: number
  label: string
  /** students whose case is another one now */
  cases: Case[]
  /** how many students the rehearsal had, where the roll changed */
  roll: number | null
  /** marks changed since the class was made ready */
  stale: string[]
}

export type Done = { run: number; enrolled: number; leaving: number; waiting: number }

export type Answer =
  | { kind: "done"; done: Done }
  | { kind: "changed"; changed: Changed[] }
  | { kind: "nothing" }

/** Thrown inside the transaction where another run came first, so that nothing of this one stays. */
class Overtaken extends Error {}

/**
 * Re-enrols the students of these classes as the rehearsal showed: a place in the new year for who passes or repeats,
 * a departure for who leaves; who waits is left out and listed. Where anything has changed since, nothing is written
 * and the answer says what.
 */
export async function runReenrolment(
  db: Db,
  by: { id: number } | null,
  asked: Asked,
  now: Date,
): Promise<Answer> {
  try {
    return await tx(db, (trx) => run(trx, by, asked, now))
  } catch (problem) {
    if (!(problem instanceof Overtaken)) throw problem
    return { kind: "changed", changed: await changesSince(db, await planned(db, asked), asked) }
  }
}

const planned = (db: Db, asked: Asked) =>
  planOf(db, asked, { classes: [...asked.seen.keys()], second: asked.second })

async function run(trx: Db, by: { id: number } | null, asked: Asked, now: Date): Promise<Answer> {
  const plan = await planned(trx, asked)
  const changed = await changesSince(trx, plan, asked)
  if (changed.length > 0) return { kind: "changed", changed }
  const acting = plan.cases.filter(acts)
  if (acting.length === 0) return { kind: "nothing" }
  const at = now.toISOString()
  const { id } = await trx
    .insertInto("reenrolment_run")
    .values({ from_year_id: asked.from.id, to_year_id: asked.to.id, run_at: at, run_by: by?.id ?? null })
    .returning("id")
    .executeTakeFirstOrThrow()
  const enrolling = plan.cases.filter(({ outcome }) => outcome === "enrol")
  const made = await enrolAll(trx, enrolling, asked.to)
  await keepCases(trx, id, plan.cases, { made, asked })
  await record(trx, by, enrolments(enrolling, asked.to, id), at)
  await settleDepartures(trx, by, { today: asked.today, at, run: id })
  const waiting = plan.cases.filter(({ outcome }) => outcome === "wait" || outcome === "unplaced").length
  const leaving = acting.length - enrolling.length
  return { kind: "done", done: { run: id, enrolled: enrolling.length, leaving, waiting } }
}

async function changesSince(db: Db, plan: Plan, { seen }: Asked): Promise<Changed[]> {
  const changed: Changed[] = []
  for (const [classId, shown] of seen) {
    const own = plan.cases.filter(({ from }) => from.id === classId)
    const label = plan.classes.find(({ id }) => id === classId)?.label ?? "Une classe"
    const stale = await staleNames(db, classId, own)
    if (fingerprint(own) === shown && stale.length === 0) continue
    const cases = changedSince(shown, own)
    const roll = cases === null ? rollSeen(shown) : null
    changed.push({ classId, label, cases: cases ?? [], roll, stale })
  }
  return changed
}

/** Only where the run would act by the rule's word are the marks worth reading again. */
async function staleNames(db: Db, classId: number, own: readonly Case[]): Promise<string[]> {
  const ruled = own.filter((one) => acts(one) && one.decision.source === "rule")
  if (ruled.length === 0) return []
  const stale = await staleResults(db, classId)
  return ruled
    .filter(({ pupil }) => stale.has(pupil.student))
    .map(({ pupil }) => `${pupil.surname} ${pupil.given_names}`)
}

/** The new places, by student. One that another run took first stops everything. */
async function enrolAll(trx: Db, cases: readonly Case[], to: YearRow): Promise<Map<number, number>> {
  const made = new Map<number, number>()
  for (const part of chunks(cases, 6)) {
    const rows = await trx
      .insertInto("enrolment")
      .values(
        part.map(({ pupil, decision, to: place }) => ({
          student_id: pupil.student,
          class_id: place?.id ?? 0,
          school_year_id: to.id,
          starts_on: to.starts_on,
          repeating: decision.kind === "repeat" ? 1 : 0,
          regime: pupil.regime,
        })),
      )
      .onConflict((oc) => oc.doNothing())
      .returning(["id", "student_id"])
      .execute()
    for (const { id, student_id } of rows) made.set(student_id, id)
  }
  if (made.size !== cases.length) throw new Overtaken()
  return made
}

const OUTCOMES = { enrol: "enrolled", leave: "leaving", wait: "waiting", unplaced: "waiting" } as const

async function keepCases(
  trx: Db,
  run: number,
  cases: readonly Case[],
  { made, asked }: { made: ReadonlyMap<number, number>; asked: Asked },
): Promise<void> {
  const rows = cases.flatMap(({ pupil, from, decision, outcome, to, ending, notes }) => {
    if (outcome === "already" || outcome === "gone") return []
    const words = decision.words || KIND_WORDS[decision.kind]
    const before = { class: from.label, repeating: pupil.repeating }
    const after = outcome === "enrol" ? { class: to?.label, repeating: decision.kind === "repeat" } : null
    return {
      run_id: run,
      student_id: pupil.student,
      class_id: from.id,
      outcome: OUTCOMES[outcome],
      source: decision.source,
      said: [outcome === "wait" ? KIND_WORDS.wait : words, ...notes].join(" ; "),
      average: pupil.average,
      to_class_id: to?.id ?? null,
      enrolment_id: outcome === "leave" ? pupil.enrolment : (made.get(pupil.student) ?? null),
      ending,
      effective_on: outcome === "leave" ? addDays(asked.from.ends_on, 1) : null,
      before: JSON.stringify(before),
      after: after && JSON.stringify(after),
    }
  })
  for (const part of chunks(rows, 14)) await trx.insertInto("reenrolment_case").values(part).execute()
}

const enrolments = (cases: readonly Case[], year: YearRow, run: number): Change[] =>
  cases.map(({ pupil, from, decision, to }) => ({
    subject: "student",
    subjectId: pupil.student,
    action: "enrolled",
    before: { class: from.label, repeating: pupil.repeating ? 1 : 0 },
    after: { class: to?.label, on: year.starts_on, repeating: decision.kind === "repeat" ? 1 : 0, run },
  }))
