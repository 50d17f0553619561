import { schedule } from "node-cron"
import type { Logger } from "pino"
import type { Job } from "./feature.ts"
import { featuresOf } from "./features/on.ts"
import type { School, Schools } from "./school.ts"

/** Runs every feature's jobs in each school's own time zone, each slot once. */
export function startClock(schools: Schools, log: Logger): { stop(): void } {
  const tasks = schools.all.flatMap((school) =>
    featuresOf(school).flatMap(({ jobs }) =>
      jobs.map((job) =>
        schedule(job.when, async () => void (await runJob(school, job, new Date(), log)), {
          timezone: school.settings.timeZone,
          noOverlap: true,
        }),
      ),
    ),
  )
  return { stop: () => tasks.forEach((task) => void task.stop()) }
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
  const end = (outcome: string, failed: 0 | 1) =>
    db
      .updateTable("job_run")
      .set({ ended_at: new Date().toISOString(), outcome, failed })
      .where("job", "=", job.name)
      .where("slot", "=", slot)
      .execute()
  try {
    const outcome = await job.run(school, now)
    await end(outcome, 0)
    return outcome
  } catch (problem) {
    log.error({ school: school.id, job: job.name, err: problem }, "a job failed")
    await end(String(problem), 1)
    return null
  }
}
