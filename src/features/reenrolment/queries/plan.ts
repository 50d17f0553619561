// Everything that decides what becomes of the students of a year, read in five questions whatever their number.
import { sql } from "kysely"
import type { Db } from "../../../db/index.ts"
import { type Case, casesOf, type Pupil, type Source } from "../rules/cases.ts"
import type { SecondRepetition } from "../rules/decisions.ts"
import type { Frame } from "../rules/destinations.ts"
import type { Passage, YearRow } from "./years.ts"

export type SourceClass = Source & { preparedAt: string | null; preparedBy: string | null }

export type Plan = Passage & { frame: Frame; classes: SourceClass[]; cases: Case[] }

/** The classes asked for, all of the year without them; in the school's order, students in roll order. */
export async function planOf(
  db: Db,
  { from, to }: Passage,
  { classes: wanted, second }: { classes?: readonly number[]; second: SecondRepetition },
): Promise<Plan> {
  const { sources, frame } = await frameOf(db, from, to)
  const classes = wanted ? sources.filter(({ id }) => wanted.includes(id)) : sources
  const pupils = await pupilsOf(db, { from, to }, wanted ? classes.map(({ id }) => id) : null)
  const rank = new Map(classes.map(({ id }, n) => [id, n]))
  const cases = casesOf(frame, classes, pupils, second)
  cases.sort((one, other) => (rank.get(one.from.id) ?? 0) - (rank.get(other.from.id) ?? 0))
  return { from, to, frame, classes, cases }
}

async function frameOf(
  db: Db,
  from: YearRow,
  to: YearRow | null,
): Promise<{ sources: SourceClass[]; frame: Frame }> {
  const rows = await db
    .selectFrom("class as c")
    .leftJoin("reenrolment_class as k", "k.class_id", "c.id")
    .leftJoin("account as a", "a.id", "k.prepared_by")
    .where("c.school_year_id", "in", [from.id, to?.id ?? 0])
    .select([
      "c.id",
      "c.label",
      "c.level_code",
      "c.series_code",
      "c.section",
      "c.capacity",
      "c.school_year_id",
    ])
    .select(["k.prepared_at as preparedAt", "a.name as preparedBy"])
    .select(["k.pass_class_id as passTo", "k.repeat_class_id as repeatTo"])
    .select((eb) =>
      eb
        .selectFrom("enrolment as e")
        .whereRef("e.class_id", "=", "c.id")
        .where("e.ends_on", "is", null)
        .select((inner) => inner.fn.countAll<number>().as("n"))
        .as("size"),
    )
    .orderBy("c.position")
    .orderBy("c.label")
    .execute()
  const classes = rows.map((row) => ({ ...row, size: Number(row.size) }))
  const levels = await db.selectFrom("level").select(["code", "label"]).orderBy("position").execute()
  const paths = await db.selectFrom("reenrolment_path").selectAll().execute()
  const places = classes.filter(({ school_year_id }) => school_year_id === to?.id)
  const taught = new Set(classes.map(({ level_code }) => level_code))
  return {
    sources: classes.filter(({ school_year_id }) => school_year_id === from.id),
    frame: { levels, paths, places, taught },
  }
}

/**
 * Who is in a class until the year's end, and who left since somebody decided of them or after the year's last day: an
 * enrolment of a year that is over has no last day of its own.
 */
async function pupilsOf(db: Db, { from, to }: Passage, classes: readonly number[] | null): Promise<Pupil[]> {
  if (classes?.length === 0) return []
  let rows = db
    .selectFrom("enrolment as e")
    .innerJoin("student as s", "s.id", "e.student_id")
    .leftJoin("reenrolment_choice as k", (join) =>
      join.onRef("k.student_id", "=", "e.student_id").on("k.school_year_id", "=", from.id),
    )
    .leftJoin("account as a", "a.id", "k.decided_by")
    .leftJoin("reenrolment_result as r", (join) =>
      join.onRef("r.student_id", "=", "e.student_id").onRef("r.class_id", "=", "e.class_id"),
    )
    .leftJoin("student_period as t", (join) =>
      join
        .onRef("t.student_id", "=", "e.student_id")
        .onRef("t.class_id", "=", "e.class_id")
        .on("t.period_id", "=", from.lastPeriod ?? 0),
    )
    .where("e.school_year_id", "=", from.id)
    .where((eb) =>
      eb.or([
        eb("e.ends_on", "is", null),
        eb.and([
          eb("e.end_reason", "!=", "moved"),
          eb.or([eb("e.ends_on", ">", from.ends_on), eb("k.student_id", "is not", null)]),
          sql<boolean>`not exists (select 1 from enrolment o where o.student_id = e.student_id
            and o.school_year_id = e.school_year_id and (o.ends_on is null or o.id > e.id))`,
        ]),
      ]),
    )
  if (classes) rows = rows.where("e.class_id", "in", classes)
  const found = await rows
    .select(["e.student_id as student", "s.surname", "s.given_names", "s.matricule", "s.status"])
    .select(["e.class_id as classId", "e.id as enrolment", "e.repeating", "e.regime", "e.ends_on"])
    .select(["t.decision as council", "r.average", "r.proposal", "r.unsettled"])
    .select([
      "k.kind",
      "k.ending",
      "k.to_class_id as choiceTo",
      "k.remark",
      "k.against",
      "a.name as decidedBy",
    ])
    .select(
      sql<string | null>`(select c.label || case when n.ends_on is null then '' else '|' end
        from enrolment n join class c on c.id = n.class_id
        where n.student_id = e.student_id and n.school_year_id = ${to?.id ?? 0}
        order by n.id desc limit 1)`.as("next"),
    )
    .select(
      sql<number | null>`(select x.run_id from reenrolment_case x join reenrolment_run u on u.id = x.run_id
        where x.student_id = e.student_id and x.outcome = 'leaving' and u.from_year_id = ${from.id}
        and u.undone_at is null limit 1)`.as("leavingBy"),
    )
    .orderBy("s.sort_name")
    .orderBy("s.id")
    .execute()
  return found.map(({ status, ends_on, repeating, kind, ending, against, next, leavingBy, ...row }) => ({
    ...row,
    repeating: repeating === 1,
    choice: kind && { kind, ending, against },
    gone: ends_on !== null || status === "withdrawn",
    leaving: leavingBy !== null,
    already: next === null ? null : { label: next.replace("|", ""), ended: next.endsWith("|") },
  }))
}
