import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import { Refusal } from "../../../web/refusal.ts"
import { enrolledIn } from "../../grades/scope.ts"
import { classesSeenBy, type Viewer } from "../../people/scope.ts"
import { isOpen } from "../rules/session.ts"
import type { SessionState } from "../tables.ts"

const STANDING = [
  "s.state",
  "s.held_on",
  "s.held_at",
  "s.place",
  "s.president",
  "s.secretary",
  "s.remarks",
  "s.opened_at",
  "s.closed_at",
  "s.reopen_reason",
  "s.version",
  "cp.state as class_state",
  "cp.changed_at as class_changed_at",
] as const

/** One class in one period, if this person may see the class, with its council's session and where the class stands. */
export const sessionSeenBy = (db: Db, who: Viewer, classId: number, periodId: number) =>
  classesSeenBy(db, who)
    .innerJoin("period as p", "p.school_year_id", "class.school_year_id")
    .leftJoin("council_session as s", (join) =>
      join.onRef("s.class_id", "=", "class.id").onRef("s.period_id", "=", "p.id"),
    )
    .leftJoin("class_period as cp", (join) =>
      join.onRef("cp.class_id", "=", "class.id").onRef("cp.period_id", "=", "p.id"),
    )
    .leftJoin("account as opener", "opener.id", "s.opened_by")
    .leftJoin("account as closer", "closer.id", "s.closed_by")
    .where("class.id", "=", classId)
    .where("p.id", "=", periodId)
    .select(["class.id as class_id", "class.label as class", "class.school_year_id", "class.form_teacher_id"])
    .select(["p.id as period_id", "p.label as period", "p.ends_on"])
    .select(["opener.name as opened_by", "closer.name as closed_by"])
    .select(STANDING)
    .executeTakeFirst()

export type CouncilSession = NonNullable<Awaited<ReturnType<typeof sessionSeenBy>>>
type Key = Pick<CouncilSession, "class_id" | "period_id">

/** The classes of the year that this person may see, each with its council of one period and how far it is. */
export const councilsSeenBy = (
  db: Db,
  who: Viewer,
  yearId: number,
  period: { id: number; ends_on: string },
) =>
  classesSeenBy(db, who)
    .leftJoin("council_session as s", (join) =>
      join.onRef("s.class_id", "=", "class.id").on("s.period_id", "=", period.id),
    )
    .leftJoin("class_period as cp", (join) =>
      join.onRef("cp.class_id", "=", "class.id").on("cp.period_id", "=", period.id),
    )
    .where("class.school_year_id", "=", yearId)
    .select(["class.id", "class.label", "s.state", "s.held_on", "s.held_at", "cp.state as class_state"])
    .select((eb) => [
      eb
        .selectFrom("enrolment as e")
        .whereRef("e.class_id", "=", "class.id")
        .where(enrolledIn(period))
        .select((e) => e.fn.count<number>("e.student_id").distinct().as("n"))
        .as("students"),
      eb
        .selectFrom("enrolment as e")
        .innerJoin("student_period as sp", (join) =>
          join.onRef("sp.student_id", "=", "e.student_id").onRef("sp.class_id", "=", "e.class_id"),
        )
        .whereRef("e.class_id", "=", "class.id")
        .where(enrolledIn(period))
        .where("sp.period_id", "=", period.id)
        .where("sp.decided_at", "is not", null)
        .select((e) => e.fn.count<number>("e.student_id").distinct().as("n"))
        .as("decided"),
    ])
    .orderBy("class.position")
    .orderBy("class.id")
    .execute()

/** Who may be ticked: those who teach the class, with their subjects, and its form teacher. */
export async function teachersOf(db: Db, { class_id }: Pick<Key, "class_id">) {
  const rows = await db
    .selectFrom("class as c")
    .leftJoin("class_subject as cs", "cs.class_id", "c.id")
    .leftJoin("subject as s", "s.id", "cs.subject_id")
    .innerJoin("staff as t", (join) =>
      join.on((eb) =>
        eb.or([eb("t.id", "=", eb.ref("cs.teacher_id")), eb("t.id", "=", eb.ref("c.form_teacher_id"))]),
      ),
    )
    .where("c.id", "=", class_id)
    .select(["t.id", "t.surname", "t.given_names", "s.label", "cs.teacher_id", "c.form_teacher_id"])
    .orderBy("cs.position")
    .orderBy("t.surname")
    .execute()
  const teachers = new Map<number, { id: number; name: string; subjects: string[]; form: boolean }>()
  for (const { id, surname, given_names, label, teacher_id, form_teacher_id } of rows) {
    const name = `${given_names} ${surname}`
    const known = teachers.get(id) ?? { id, name, subjects: [], form: id === form_teacher_id }
    if (teacher_id === id && label) known.subjects.push(label)
    teachers.set(id, known)
  }
  return [...teachers.values()]
}

export const attendeesOf = (db: Db, { class_id, period_id }: Key) =>
  db
    .selectFrom("council_attendee")
    .where("class_id", "=", class_id)
    .where("period_id", "=", period_id)
    .select(["staff_id", "name", "quality", "present"])
    .orderBy("id")
    .execute()

export type Attendee = Awaited<ReturnType<typeof attendeesOf>>[number]

export type Prepared = {
  held_on: string | null
  held_at: string | null
  place: string | null
  president: string | null
  secretary: string | null
}

type By = { id: number }

export const meanwhile = () =>
  new Refusal(
    409,
    "Quelqu’un d’autre vient de changer cette séance. Rechargez la page pour voir où elle en est.",
  )

/** Writes what was prepared; where `open` is given the session begins too. Throws a 409 when it changed meanwhile. */
export const saveSession = (
  db: Db,
  by: By,
  about: CouncilSession,
  saving: {
    prepared: Prepared
    attendees: readonly Attendee[]
    seen: number
    at: string
    open?: { reason: string | null }
  },
): Promise<void> =>
  tx(db, async (trx) => {
    const { prepared, attendees, seen, at, open } = saving
    const opening = open && {
      state: "open" as const,
      opened_at: at,
      opened_by: by.id,
      reopen_reason: open.reason,
    }
    await write(trx, by, about, { seen, at, set: { ...prepared, ...opening } })
    await trx
      .deleteFrom("council_attendee")
      .where("class_id", "=", about.class_id)
      .where("period_id", "=", about.period_id)
      .execute()
    const rows = attendees.map((one) => ({ ...one, class_id: about.class_id, period_id: about.period_id }))
    if (rows.length > 0) await trx.insertInto("council_attendee").values(rows).execute()
    const present = attendees.filter((one) => one.present).map(({ name }) => name)
    await record(
      trx,
      by,
      {
        ...subjectOf(about, open ? "opened" : "changed"),
        after: { ...keyOf(about), ...prepared, present },
        reason: open?.reason ?? null,
      },
      at,
    )
  })

/** Opens a closed or overtaken session again, with the reason why. */
export const reopenSession = (
  db: Db,
  by: By,
  about: CouncilSession,
  { seen, at, reason }: { seen: number; at: string; reason: string },
): Promise<void> =>
  tx(db, async (trx) => {
    const set = { state: "open" as const, opened_at: at, opened_by: by.id, reopen_reason: reason }
    await write(trx, by, about, { seen, at, set })
    await record(trx, by, { ...subjectOf(about, "reopened"), after: keyOf(about), reason }, at)
  })

/** Ends the session inside the caller's transaction. */
export async function closeSession(
  trx: Db,
  by: By,
  about: CouncilSession,
  { seen, at, remarks }: { seen: number; at: string; remarks: string | null },
): Promise<void> {
  const set = { state: "closed" as const, closed_at: at, closed_by: by.id, remarks }
  await write(trx, by, about, { seen, at, set })
  await record(trx, by, { ...subjectOf(about, "closed"), after: { ...keyOf(about), remarks } }, at)
}

/**
 * Throws a 409 unless the session is open now. Asked inside the transaction that writes: the session's row is held
 * until it ends, so that nobody closes meanwhile.
 */
export async function holdOpen(trx: Db, { class_id, period_id }: Key): Promise<void> {
  const held = await trx
    .updateTable("council_session")
    .set((eb) => ({ updated_at: eb.ref("updated_at") }))
    .where("class_id", "=", class_id)
    .where("period_id", "=", period_id)
    .returning(["state", "opened_at"])
    .executeTakeFirst()
  const standing = await trx
    .selectFrom("class_period")
    .where("class_id", "=", class_id)
    .where("period_id", "=", period_id)
    .select(["state as class_state", "changed_at as class_changed_at"])
    .executeTakeFirst()
  const now = { class_state: null, class_changed_at: null, ...standing }
  if (!held || !isOpen({ ...held, ...now })) throw notOpen()
}

export const notOpen = () =>
  new Refusal(
    409,
    "La séance de ce conseil n’est pas ouverte, ou les bulletins ont été publiés entre-temps. Ouvrez-la de nouveau pour changer une décision.",
  )

const keyOf = ({ class_id, period_id }: Key) => ({ class: class_id, period: period_id })

const subjectOf = ({ class_id }: Key, action: string) => ({
  subject: "council_session",
  subjectId: class_id,
  action,
})

type Columns = Partial<
  Prepared & {
    state: SessionState
    remarks: string | null
    opened_at: string
    opened_by: number
    closed_at: string
    closed_by: number
    reopen_reason: string | null
  }
>

/** `seen` is the version the person saw, 0 for none. */
async function write(
  trx: Db,
  by: By,
  { class_id, period_id }: Key,
  { seen, at, set }: { seen: number; at: string; set: Columns },
): Promise<void> {
  const stamp = { version: seen + 1, updated_at: at, updated_by: by.id }
  const written =
    seen === 0
      ? await trx
          .insertInto("council_session")
          .values({ state: "prepared", ...set, ...stamp, class_id, period_id })
          .onConflict((oc) => oc.doNothing())
          .returning("version")
          .executeTakeFirst()
      : await trx
          .updateTable("council_session")
          .set({ ...set, ...stamp })
          .where("class_id", "=", class_id)
          .where("period_id", "=", period_id)
          .where("version", "=", seen)
          .returning("version")
          .executeTakeFirst()
  if (!written) throw meanwhile()
}
