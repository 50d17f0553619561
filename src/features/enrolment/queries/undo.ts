// The last step taken back, while nothing depends on it.
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import { Refusal } from "../../../web/refusal.ts"
import { derived } from "../../people/queries.ts"
import { studentName } from "../../people/rules.ts"
import type { State } from "../rules/states.ts"
import type { Activated } from "./activation.ts"
import { type Application, derivedColumns } from "./applications.ts"
import type { ApplicationEvent } from "./history.ts"
import { giveNumberBack, type Issued } from "./numbers.ts"
import { move, type Stepping } from "./steps.ts"

type By = { id: number }

/**
 * Takes back the step of this event. `kept`: the number that stays reserved for the file because later ones were
 * given. Throws a 409 with a sentence when something already depends on the step.
 */
export async function undoStep(
  db: Db,
  by: By,
  stepping: Stepping,
  event: ApplicationEvent,
): Promise<{ kept: string | null }> {
  try {
    return await tx(db, (trx) => takeBack(trx, by, stepping, event))
  } catch (problem) {
    if (isForeignKey(problem)) throw depends("d’autres enregistrements portent déjà sur cet élève")
    throw problem
  }
}

/** Whatever a feature keeps about a student refers to it: the engine itself says that something depends on it. */
const isForeignKey = (problem: unknown) =>
  ["SQLITE_CONSTRAINT_FOREIGNKEY", "23503"].includes((problem as { code?: string } | null)?.code ?? "")

const depends = (why: string) =>
  new Refusal(409, `Cette étape ne peut plus être annulée : ${why}. Rien n’a été changé.`)

async function takeBack(trx: Db, by: By, stepping: Stepping, event: ApplicationEvent) {
  const { file, now } = stepping
  const details = JSON.parse(event.details)
  const set: Partial<Application> = {}
  let kept: string | null = null
  if (event.action === "numbered") {
    const { issued } = details as { issued: Issued | null }
    const back = issued !== null && (await giveNumberBack(trx, issued))
    kept = issued && !back ? issued.number : null
    const number = back ? null : file.internal_number
    const named = derivedColumns(file, { reference: file.reference, internal_number: number })
    Object.assign(set, { internal_number: number, student_id: null, folded: named.folded })
  }
  if (event.action === "activated") {
    const done = details as Activated
    Object.assign(set, { fee_due: null, student_id: done.created ? null : done.student })
  }
  const change = {
    action: "undone",
    to: event.from_state as State,
    set,
    details: { event: event.id },
  } as const
  await move(trx, by, stepping, change)
  if (event.action === "activated") await unmake(trx, by, file, { event: event.id, done: details, now })
  await trx.updateTable("application_event").set({ undone: 1 }).where("id", "=", event.id).execute()
  return { kept }
}

/** Takes back what an activation made: the SMS that waits, links, cards, the place in the class, the student. */
async function unmake(
  trx: Db,
  by: By,
  file: Application,
  { event, done, now }: { event: number; done: Activated; now: Date },
): Promise<void> {
  const at = now.toISOString()
  await refuseIfUsed(trx, done)
  await trx
    .updateTable("outbox")
    .set({ state: "cancelled" })
    .where("unique_key", "like", `enrolment:active:${event}:%`)
    .where("state", "=", "waiting")
    .execute()
  for (const guardian of done.guardians) await unlink(trx, by, { guardian, done, file, at })
  await trx.deleteFrom("enrolment").where("id", "=", done.enrolment).execute()
  if (done.created) {
    await trx.deleteFrom("student").where("id", "=", done.student).execute()
    const before = { name: studentName(file), file: file.reference }
    await record(trx, by, { subject: "student", subjectId: done.student, action: "deleted", before }, at)
    return
  }
  const student = await trx
    .selectFrom("student")
    .selectAll()
    .where("id", "=", done.student)
    .executeTakeFirstOrThrow()
  const set = done.before ?? {}
  const matricule = done.before?.matricule ?? null
  await trx
    .updateTable("student")
    .set((eb) => ({
      ...set,
      folded: derived({ ...student, matricule }).folded,
      version: eb("version", "+", 1),
      updated_at: at,
    }))
    .where("id", "=", done.student)
    .execute()
  const after = { ...set, file: file.reference }
  await record(trx, by, { subject: "student", subjectId: done.student, action: "changed", after }, at)
}

async function refuseIfUsed(trx: Db, { student, enrolment, version, created }: Activated): Promise<void> {
  const used = await trx
    .selectFrom("student as s")
    .innerJoin("enrolment as e", "e.student_id", "s.id")
    .where("s.id", "=", student)
    .where("e.id", "=", enrolment)
    .where("e.ends_on", "is", null)
    .select((eb) => [
      "s.version",
      eb
        .selectFrom("account")
        .whereRef("account.student_id", "=", "s.id")
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("accounts"),
      eb
        .selectFrom("mark as m")
        .innerJoin("assessment as a", "a.id", "m.assessment_id")
        .innerJoin("class_subject as cs", "cs.id", "a.class_subject_id")
        .whereRef("m.student_id", "=", "s.id")
        .whereRef("cs.class_id", "=", "e.class_id")
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("marks"),
      eb
        .selectFrom("student_period as p")
        .whereRef("p.student_id", "=", "s.id")
        .whereRef("p.class_id", "=", "e.class_id")
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("periods"),
    ])
    .executeTakeFirst()
  if (!used) throw depends("l’élève a changé de classe ou est parti depuis")
  if (used.version !== version) throw depends("la fiche de l’élève a été modifiée depuis")
  if (created && Number(used.accounts) > 0) throw depends("l’élève a un compte")
  if (Number(used.marks) + Number(used.periods) > 0) throw depends("l’élève a déjà des notes")
}

/** The link made by the activation goes; the card too if it was made by it and nothing else came to hang on it. */
async function unlink(
  trx: Db,
  by: By,
  given: { guardian: Activated["guardians"][number]; done: Activated; file: Application; at: string },
): Promise<void> {
  const { guardian, done, file, at } = given
  if (guardian.linked) {
    await trx
      .deleteFrom("guardianship")
      .where("guardian_id", "=", guardian.id)
      .where("student_id", "=", done.student)
      .execute()
    const after = { student: studentName(file) }
    const change = { subject: "guardian", subjectId: guardian.id, action: "guardian_removed", after }
    await record(trx, by, change, at)
  }
  if (!guardian.created) return
  const { numDeletedRows } = await trx
    .deleteFrom("guardian")
    .where("id", "=", guardian.id)
    .where("version", "=", 1)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom("guardianship").select("student_id").where("guardian_id", "=", guardian.id))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom("account").select("id").where("guardian_id", "=", guardian.id))),
    )
    .executeTakeFirst()
  if (numDeletedRows > 0n)
    await record(trx, by, { subject: "guardian", subjectId: guardian.id, action: "deleted" }, at)
}
