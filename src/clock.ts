import { schedule } from "node-cron"
import type { Logger } from "pino"
import type { Job } from "./feature.ts"
import { featuresOf } from "./features/on.ts"
import type { School, Schools } from "./school.ts"

const DAY = 86_400_000
/** How long a job's runs are told. */
const KEPT_DAYS = 7

const jobsOf = (schools: Schools) =>
  schools.all.flatMap((school) =>
    featuresOf(school).flatMap(({ jobs }) => jobs.map((job) => ({ school, job }))),
  )

/** Runs every feature's jobs in each school's own time zone, each slot once; first those that were missed. */
export function startClock(schools: Schools, log: Logger): { stop(): void } {
  const missed = catchUp(schools, new Date(), log).catch((problem) => {
    log.error({ err: problem }, "missed jobs could not be caught up")
  })
  const tasks = jobsOf(schools).map(({ school, job }) =>
    schedule(
      job.when,
      async () => {
        await missed
        await runJob(school, job, new Date(), log)
      },
      { timezone: school.settings.timeZone, noOverlap: true },
    ),
  )
  return { stop: () => tasks.forEach((task) => void task.stop()) }
}

/** A power cut at 03:30 must not cost a night's work: whatever has not ended for a day is run now. */
export async function catchUp(schools: Schools, now: Date, log: Logger): Promise<string[]> {
  const since = new Date(now.getTime() - DAY).toISOString()
  const caughtUp: string[] = []
  for (const { school, job } of jobsOf(schools)) {
    const ended = await school.db
      .selectFrom("job_run")
      .select("slot")
      .where("job", "=", job.name)
      .where("ended_at", ">=", since)
      .limit(1)
      .executeTakeFirst()
    if (ended) continue
    await runJob(school, job, now, log)
    caughtUp.push(job.name)
  }
  return caughtUp
}

/** One slot of a job: the minute it was due. Recorded once, so that two servers or a restart do not run it twice. */
export async function runJob(school: School, job: Job, now: Date, log: Logger): Promise<string | null> {
  const { db } = school
  const slot = `${now.toISOString().slice(0, 16)}Z`
  const claim = await db
    .insertInto("job_run")
    .values({ job: job.name, slot, started_at: now.toISOString() })
    .onConflict((oc) => oc.doNothing())
    .returning("slot")
    .executeTakeFirst()
  if (!claim) return null
  let outcome: string | null = null
  let problem: unknown
  try {
    outcome = await job.run(school, now)
  } catch (thrown) {
    problem = thrown
    log.error({ school: school.id, job: job.name, err: thrown }, "a job failed")
  }
  await db
    .updateTable("job_run")
    .set({ ended_at: new Date().toISOString(), outcome: outcome ?? String(problem), failed: problem ? 1 : 0 })
    .where("job", "=", job.name)
    .where("slot", "=", slot)
    .execute()
  const forgotten = new Date(now.getTime() - KEPT_DAYS * DAY).toISOString().slice(0, 16)
  await db.deleteFrom("job_run").where("job", "=", job.name).where("slot", "<", forgotten).execute()
  return outcome
}
