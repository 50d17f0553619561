// Issuing, duplicating, cancelling: what the register keeps for ever. All or nothing.
import { randomInt } from "node:crypto"
import { record } from "../../audit.ts"
import { type Db, tx } from "../../db/index.ts"
import { publicCode } from "../../documents/code.ts"
import type { School } from "../../school.ts"
import { Refusal } from "../../web/refusal.ts"
import type { User } from "../../web/request.ts"
import { sha256 } from "../../web/signing.ts"
import { fold } from "../people/naming.ts"
import { noYear } from "../people/pages/asking.ts"
import { studentName } from "../people/rules.ts"
import { type Given, type PaperFacts, paperContent, type StudentFacts } from "./content.ts"
import type { PaperData } from "./contract.ts"
import { kindOf, type PaperKind, type Wording } from "./kinds.ts"
import { wordingOf } from "./queries.ts"
import { reference } from "./rules.ts"

export type Issuing = Pick<PaperFacts, "kind" | "student" | "stay" | "fields" | "results" | "on">

/** The next number of a kind in a year; whoever takes it holds the counter until the transaction ends. */
export async function nextNumber(trx: Db, kind: string, year: number): Promise<number> {
  const { last } = await trx
    .insertInto("paper_counter")
    .values({ kind, year, last: 1 })
    .onConflict((oc) =>
      oc.columns(["kind", "year"]).doUpdateSet((eb) => ({ last: eb("paper_counter.last", "+", 1) })),
    )
    .returning("last")
    .executeTakeFirstOrThrow()
  return last
}

/** Writes a text into the register with the next number of its kind; its words are frozen from then on. */
export async function issuePaper(school: School, by: Pick<User, "id">, asked: Issuing, now: Date) {
  const { settings, origin } = school
  return tx(school.db, async (trx) => {
    const { title, body } = await wordingOf(trx, asked.kind)
    const facts = { ...asked, wording: { title, body }, settings, origin }
    const made = await register(
      { ...school, db: trx },
      by,
      { kind: asked.kind, student: asked.student, content: (given) => paperContent(facts, given) },
      now,
    )
    return { ...made, title }
  })
}

export type Registering = {
  kind: PaperKind
  student: Pick<StudentFacts, "id" | "surname" | "given_names" | "matricule">
  content: (given: Given) => PaperData
}

/** Writes a paper into the register with the next number of its kind. Called in a transaction, it joins it. */
export async function register(
  school: Pick<School, "db" | "year">,
  by: Pick<User, "id">,
  { kind, student, content: contentOf }: Registering,
  now: Date,
) {
  if (!school.year) throw noYear()
  const { id: yearId, starts_on } = school.year
  const year = Number(starts_on.slice(0, 4))
  const at = now.toISOString()
  return tx(school.db, async (trx) => {
    const number = await nextNumber(trx, kind, year)
    const ref = reference(kindOf(kind).prefix, year, number)
    const code = publicCode(randomInt)
    const content = JSON.stringify(contentOf({ reference: ref, code, at }))
    const { id } = await trx
      .insertInto("paper")
      .values({
        kind,
        school_year_id: yearId,
        year,
        number,
        reference: ref,
        student_id: student.id,
        code,
        folded: fold(`${studentName(student)} ${student.matricule ?? ""} ${ref} ${code}`),
        content,
        hash: sha256(content),
        issued_at: at,
        issued_by: by.id,
      })
      .returning("id")
      .executeTakeFirstOrThrow()
    const after = { reference: ref, student: studentName(student) }
    await record(trx, by, { subject: "paper", subjectId: id, action: "issued", after }, at)
    return { id, reference: ref }
  })
}

const CANCELLED = "Ce document est annulé : il ne s’imprime plus. Délivrez-en un autre."

/** Writes one more duplicate into the register; gives its number. */
export function addDuplicate(db: Db, by: Pick<User, "id">, paperId: number, now: Date): Promise<number> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const counted = await trx
      .updateTable("paper")
      .set((eb) => ({ duplicates: eb("duplicates", "+", 1) }))
      .where("id", "=", paperId)
      .where("cancelled_at", "is", null)
      .returning("duplicates")
      .executeTakeFirst()
    if (!counted) throw new Refusal(409, CANCELLED)
    const number = counted.duplicates
    await trx
      .insertInto("paper_duplicate")
      .values({ paper_id: paperId, number, printed_at: at, printed_by: by.id })
      .execute()
    await record(
      trx,
      by,
      { subject: "paper", subjectId: paperId, action: "duplicated", after: { number } },
      at,
    )
    return number
  })
}

/** Cancels a paper; its number stays. False when somebody else did meanwhile. */
export function cancelPaper(
  db: Db,
  by: Pick<User, "id">,
  paperId: number,
  { reason, now }: { reason: string; now: Date },
) {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const row = await trx
      .updateTable("paper")
      .set({ cancelled_at: at, cancelled_by: by.id, cancel_reason: reason })
      .where("id", "=", paperId)
      .where("cancelled_at", "is", null)
      .returning("id")
      .executeTakeFirst()
    if (!row) return false
    await record(trx, by, { subject: "paper", subjectId: paperId, action: "cancel", reason }, at)
    return true
  })
}

/** Keeps the school's own wording of a kind, if nobody changed it since `seen` (null: the product's own). */
export function keepWording(
  db: Db,
  by: Pick<User, "id">,
  { kind, wording, seen, now }: { kind: PaperKind; wording: Wording | null; seen: string | null; now: Date },
): Promise<boolean> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const { changed_at, ...before } = await wordingOf(trx, kind)
    if (changed_at !== seen) return false
    await trx.deleteFrom("paper_template").where("kind", "=", kind).execute()
    if (wording) {
      await trx
        .insertInto("paper_template")
        .values({ kind, ...wording, changed_at: at, changed_by: by.id })
        .execute()
    }
    const after = { kind, ...(wording ?? kindOf(kind).wording) }
    const change = {
      subject: "paper_template",
      subjectId: 0,
      action: "changed",
      before: { kind, ...before },
      after,
    }
    await record(trx, by, change, at)
    return true
  })
}
