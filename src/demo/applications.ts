// A dozen files of enrolment at every step before the last: what a secretary finds on her board in mid-November.
import type { Db } from "../db/index.ts"
import { addEvent } from "../features/enrolment/queries/history.ts"
import { addApplication } from "../features/enrolment/queries/making.ts"
import { issueStudentNumber } from "../features/enrolment/queries/numbers.ts"
import type { Action, State } from "../features/enrolment/rules/states.ts"
import type { Chance } from "./chance.ts"
import { givenNames, PLACES, surname } from "./names.ts"
import type { CastIds } from "./seedCast.ts"

const FEES = { 10: 15_000, 11: 15_000, 12: 20_000 }

/** Where each file stands, the day it came (none after the marks' last day), and the class it asks for. */
const FILES: readonly (readonly [State, string, string, string, "site" | "desk"])[] = [
  ["refused", "2026-09-16", "12", "TSE", "desk"],
  ["numbered", "2026-09-22", "10", "CG", "desk"],
  ["checked", "2026-09-29", "11", "SES", "desk"],
  ["abandoned", "2026-09-30", "10", "CG", "site"],
  ["checked", "2026-10-12", "10", "CG", "site"],
  ["documents", "2026-10-16", "10", "CG", "desk"],
  ["documents", "2026-10-21", "11", "S", "site"],
  ["documents", "2026-10-28", "10", "CG", "desk"],
  ["documents", "2026-11-03", "12", "TSECO", "site"],
  ["received", "2026-11-09", "10", "CG", "site"],
  ["received", "2026-11-10", "11", "L", "site"],
  ["received", "2026-11-12", "10", "CG", "site"],
]

const WAY: readonly (readonly [Action, State])[] = [
  ["documents", "documents"],
  ["checked", "checked"],
  ["numbered", "numbered"],
]

/** the secretary takes it up in the afternoon */
const WORKED_ON = 5 * 3_600_000

/** Fees by level and files that nobody has finished; no student is made. */
export async function seedApplications(db: Db, ids: CastIds, by: Chance): Promise<void> {
  const fees = Object.entries(FEES).map(([level_code, amount]) => ({ level_code, amount }))
  await db
    .insertInto("enrolment_fee")
    .values(fees.map((fee) => ({ ...fee, school_year_id: ids.year })))
    .execute()
  const documents = await db.selectFrom("enrolment_document").select("id").orderBy("position").execute()
  for (const file of FILES) await seedFile(db, ids, by, { file, documents: documents.map(({ id }) => id) })
}

async function seedFile(
  db: Db,
  ids: CastIds,
  by: Chance,
  { file, documents }: { file: (typeof FILES)[number]; documents: number[] },
): Promise<void> {
  const [state, day, level, series, source] = file
  const now = new Date(`${day}T09:30:00.000Z`)
  const complete = state === "checked" || state === "numbered"
  const kept = complete ? documents : documents.filter(() => by.percent(45))
  const made = await addApplication(
    db,
    source === "desk" ? { id: ids.accounts.secretaire as number } : null,
    {
      ...askedFor(by, level, series),
      documents: state === "received" || source === "desk" ? kept : [],
      source,
      year: ids.year,
      today: day,
      sentFrom: null,
    },
    now,
  )
  if (made && state !== "received") await leadTo(db, ids, { id: made.id, state, now, kept, level })
}

/** A child, and the mother or father who asks. */
function askedFor(by: Chance, level: string, series: string) {
  const sex = by.percent(50) ? ("F" as const) : ("M" as const)
  const [family, year] = [surname(by), 2026 - 5 - Number(level) - by.whole(0, 2)]
  const two = (n: number) => String(n).padStart(2, "0")
  const mother = by.percent(50)
  const parent = givenNames(by, mother ? "F" : "M")
  return {
    row: {
      surname: family,
      given_names: givenNames(by, sex),
      sex,
      birth_date: `${year}-${two(by.whole(1, 12))}-${two(by.whole(1, 28))}`,
      birth_year: year,
      birth_approximate: 0 as const,
      birth_place: by.weighted(PLACES),
      nationality: null,
      address: null,
      level_code: level,
      series_code: series,
      previous_school: null,
      matricule: null,
      remark: null,
    },
    guardians: [
      {
        name: `${parent} ${mother ? surname(by) : family}`,
        phone: `+223600${two(by.whole(0, 99))}${by.whole(100, 999)}`,
        link: mother ? ("MERE" as const) : ("PERE" as const),
        sms_consent: by.percent(70) ? 1 : null,
      },
    ],
  }
}

type Leading = { id: number; state: State; now: Date; kept: number[]; level: string }

async function leadTo(db: Db, ids: CastIds, { id, state, now, kept, level }: Leading): Promise<void> {
  const secretary = { id: ids.accounts.secretaire as number }
  const at = new Date(now.getTime() + WORKED_ON).toISOString()
  const handed = kept.map((document_id) => ({
    application_id: id,
    document_id,
    claimed: 1,
    given_on: at.slice(0, 10),
  }))
  await db.deleteFrom("application_document").where("application_id", "=", id).execute()
  if (handed.length > 0) await db.insertInto("application_document").values(handed).execute()
  const { state: first } = await db
    .selectFrom("application")
    .select("state")
    .where("id", "=", id)
    .executeTakeFirstOrThrow()
  let from: State = first
  const ended = state === "refused" || state === "abandoned"
  const last = WAY.findIndex(([, to]) => to === state)
  const begun = WAY.findIndex(([, to]) => to === first)
  for (const [action, to] of ended ? [] : WAY.slice(begun + 1, last + 1)) {
    const issued =
      action === "numbered" ? await issueStudentNumber(db, "{year}-{n:4}", { year: "2026", level }) : null
    const details = action === "numbered" ? { issued, toldApart: [] } : {}
    await addEvent(db, { application_id: id, action, from, to, details }, secretary, at)
    if (issued) {
      const set = { internal_number: issued.number }
      await db.updateTable("application").set(set).where("id", "=", id).execute()
    }
    from = to
  }
  if (ended) {
    const reason = state === "refused" ? "Plus de place en 12ème TSE" : "La famille déménage à Kayes"
    await addEvent(db, { application_id: id, action: state, from, to: state, reason }, secretary, at)
  }
  await db.updateTable("application").set({ state, updated_at: at }).where("id", "=", id).execute()
}
