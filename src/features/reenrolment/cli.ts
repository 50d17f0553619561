// The passage to the next year from a terminal: what it would do, and with --run the same, done.
import { existsSync } from "node:fs"
import { parseArgs } from "node:util"
import { readConfig } from "../../config.ts"
import { openSchools, type School } from "../../school.ts"
import { today } from "../../web/french.ts"
import { Refusal } from "../../web/refusal.ts"
import { fingerprint } from "./fingerprint.ts"
import { type Plan, planOf } from "./queries/plan.ts"
import { runReenrolment } from "./queries/run.ts"
import { administrator } from "./queries/runs.ts"
import { passagesOf } from "./queries/years.ts"
import { countsOf, filled } from "./rules/cases.ts"
import type { SecondRepetition } from "./rules/decisions.ts"

/** `--from 2026-2027 [--class "10ème CG 1"]… [--run]`; throws a Refusal with a sentence. */
export async function reenrolVerb(
  args: string[],
  { now, env = process.env }: { now: Date; env?: NodeJS.ProcessEnv },
): Promise<string> {
  const { values } = parseArgs({
    args,
    options: {
      from: { type: "string" },
      class: { type: "string", multiple: true },
      run: { type: "boolean" },
    },
  })
  const config = readConfig(env)
  if (!existsSync(config.dataFolder))
    throw new Refusal(
      404,
      "Aucune école dans ce dossier de données : ouvrez-la d’abord, ou donnez ARDOISE_DATA.",
    )
  const schools = await openSchools(config)
  try {
    const school = schools.all[0] as School
    return await passed(
      school,
      { from: values.from, labels: values.class ?? [], run: values.run ?? false },
      now,
    )
  } finally {
    await schools.close()
  }
}

type Asked = { from: string | undefined; labels: string[]; run: boolean }

async function passed({ db, settings }: School, { from, labels, run }: Asked, now: Date): Promise<string> {
  const all = await passagesOf(db)
  const passage = all.find((one) => (from ? one.from.label === from : one.from.current === 1))
  if (!passage) throw new Refusal(404, `Aucune année ${from ?? "en cours"}.`)
  const second: SecondRepetition = settings.secondRepetition === "leave" ? "leave" : "profile"
  const whole = await planOf(db, passage, { second })
  const unknown = labels.filter((label) => !whole.classes.some((one) => one.label === label))
  if (unknown.length > 0)
    throw new Refusal(404, `Aucune classe ${unknown.join(", ")} en ${passage.from.label}.`)
  const chosen = whole.classes.filter(({ label }) => labels.length === 0 || labels.includes(label))
  const cases = whole.cases.filter((one) => chosen.some(({ id }) => id === one.from.id))
  const plan = { ...whole, classes: chosen, cases }
  if (!run) return told(plan)
  if (!passage.to) throw new Refusal(409, `L’année qui suit ${passage.from.label} n’existe pas encore.`)
  const seen = new Map(chosen.map(({ id }) => [id, fingerprint(cases.filter((one) => one.from.id === id))]))
  const asked = { from: passage.from, to: passage.to, seen, second, today: today(now, settings.timeZone) }
  const answer = await runReenrolment(db, await administrator(db), asked, now)
  if (answer.kind === "nothing") return `${told(plan)}\nRien n’était à écrire.`
  if (answer.kind === "changed") throw new Refusal(409, "L’école a changé pendant la lecture : recommencez.")
  const { run: number, enrolled, leaving, waiting } = answer.done
  return `Passage ${number} fait : ${enrolled} inscrits en ${passage.to.label}, ${leaving} départs, ${waiting} laissés de côté.`
}

function told({ from, to, classes, cases, frame }: Plan): string {
  const lines = classes.map(({ id, label }) => {
    const { size, pass, repeat, leave, wait, unplaced, done } = countsOf(
      cases.filter((one) => one.from.id === id),
    )
    return `${label} : ${size} élèves, ${pass} passent, ${repeat} redoublent, ${leave} quittent, ${wait} à décider, ${unplaced} à placer, ${done} déjà faits`
  })
  const places = filled(frame, cases).map(
    ({ place, total, over }) => `→ ${place.label} : ${total}${over > 0 ? `, ${over} de trop` : ""}`,
  )
  return [`${from.label} → ${to?.label ?? "?"}`, ...lines, ...places].join("\n")
}
