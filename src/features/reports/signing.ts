// A list of annual averages through its life: drawn up, checked by one person, signed by another, replaced. What was
// drawn up is never changed; what was signed is never worked out again.
import { randomInt } from "node:crypto"
import { record } from "../../audit.ts"
import { chunks, type Db, tx } from "../../db/index.ts"
import { publicCode } from "../../documents/code.ts"
import type { School } from "../../school.ts"
import { Refusal } from "../../web/refusal.ts"
import type { User } from "../../web/request.ts"
import { sha256 } from "../../web/signing.ts"
import { nextNumber } from "../papers/issuing.ts"
import { reference } from "../papers/rules.ts"
import type { AverageListContent, Signature } from "./contract.ts"
import { listsAbout } from "./queries/averages.ts"

type Keeping = {
  yearId: number
  content: AverageListContent
  /** the signed list it is to replace, and why */
  replaces: { id: number; reason: string } | null
}

/** Keeps a list just drawn up as a draft; gives its number. Refused where another one is about one of its classes. */
export function keepDraft(db: Db, by: Pick<User, "id">, of: Keeping, now: Date): Promise<number> {
  const at = now.toISOString()
  const { content, replaces } = of
  const classIds = content.classes.map(({ id }) => id)
  return tx(db, async (trx) => {
    const others = await listsAbout(trx, classIds, replaces?.id ?? null)
    if (others.length > 0) {
      const [first] = others
      const what = first?.reference ? `la liste signée ${first.reference}` : "une liste en préparation"
      throw new Refusal(
        409,
        `${first?.label} est déjà dans ${what} : ouvrez-la plutôt que d’en faire une autre.`,
      )
    }
    const json = JSON.stringify(content)
    const { id } = await trx
      .insertInto("average_list")
      .values({
        school_year_id: of.yearId,
        state: "draft",
        exam: content.exam,
        content: json,
        hash: sha256(json),
        made_at: at,
        made_by: by.id,
        replaces_id: replaces?.id ?? null,
        reason: replaces?.reason ?? null,
      })
      .returning("id")
      .executeTakeFirstOrThrow()
    await trx
      .insertInto("average_list_class")
      .values(classIds.map((class_id) => ({ list_id: id, class_id })))
      .execute()
    const lines = content.lines.map(({ studentId, annual }, n) => ({
      list_id: id,
      position: n + 1,
      student_id: studentId,
      average: annual,
    }))
    for (const part of chunks(lines, 4)) await trx.insertInto("average_list_line").values(part).execute()
    const after = {
      exam: content.exam,
      candidates: lines.length,
      classes: content.classes.map(({ label }) => label),
    }
    const change = {
      subject: "average_list",
      subjectId: id,
      action: "drafted",
      after,
      reason: replaces?.reason,
    }
    await record(trx, by, change, at)
    return id
  })
}

const MEANWHILE = "Cette liste vient de changer d’état. Rechargez sa page pour voir où elle en est."

type Signing = {
  id: number
  /** the hash that the person saw */
  hash: string
  as: Signature
  now: Date
}

/** The first signature: every average was compared with the bulletins. */
export function checkList(db: Db, by: Pick<User, "id">, { id, hash, as, now }: Signing): Promise<void> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const row = await trx
      .updateTable("average_list")
      .set({ state: "checked", checked_at: at, checked_by: by.id, checked_as: JSON.stringify(as) })
      .where("id", "=", id)
      .where("state", "=", "draft")
      .where("hash", "=", hash)
      .returning("id")
      .executeTakeFirst()
    if (!row) throw new Refusal(409, MEANWHILE)
    await record(trx, by, { subject: "average_list", subjectId: id, action: "checked", after: { hash } }, at)
  })
}

/** The second signature, by somebody else: the list takes its number and its code, and the one it replaces goes. */
export function signList(
  school: School,
  by: Pick<User, "id">,
  { id, hash, as, now }: Signing,
): Promise<string> {
  const at = now.toISOString()
  return tx(school.db, async (trx) => {
    const list = await trx
      .selectFrom("average_list as l")
      .innerJoin("school_year as y", "y.id", "l.school_year_id")
      .where("l.id", "=", id)
      .select(["l.state", "l.hash", "l.checked_by", "l.replaces_id", "y.starts_on"])
      .executeTakeFirst()
    if (list?.state !== "checked" || list.hash !== hash) throw new Refusal(409, MEANWHILE)
    // nobody has two accounts: the database keeps one for each member of staff
    if (list.checked_by === by.id) throw new Refusal(409, SAME_PERSON)
    const year = Number(list.starts_on.slice(0, 4))
    const number = await nextNumber(trx, "averages", year)
    const ref = reference("LM", year, number)
    await trx
      .updateTable("average_list")
      .set({
        state: "signed",
        signed_at: at,
        signed_by: by.id,
        signed_as: JSON.stringify(as),
        number,
        reference: ref,
        code: publicCode(randomInt),
      })
      .where("id", "=", id)
      .execute()
    if (list.replaces_id !== null) await replaceList(trx, by, { id: list.replaces_id, with: ref, at })
    const after = { reference: ref, hash }
    await record(trx, by, { subject: "average_list", subjectId: id, action: "signed", after }, at)
    return ref
  })
}

const SAME_PERSON =
  "La première signature est la vôtre : une autre personne doit refaire le contrôle et signer à son tour."

async function replaceList(
  trx: Db,
  by: Pick<User, "id">,
  { id, with: ref, at }: { id: number; with: string; at: string },
): Promise<void> {
  const row = await trx
    .updateTable("average_list")
    .set({ state: "replaced" })
    .where("id", "=", id)
    .where("state", "=", "signed")
    .returning("id")
    .executeTakeFirst()
  if (!row) throw new Refusal(409, "La liste à remplacer l’est déjà par une autre. Abandonnez celle-ci.")
  const after = { with: ref }
  await record(trx, by, { subject: "average_list", subjectId: id, action: "replaced", after }, at)
}

/** Puts a list aside that was not signed. False when it was meanwhile. */
export function dropList(db: Db, by: Pick<User, "id">, id: number, now: Date): Promise<boolean> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const row = await trx
      .updateTable("average_list")
      .set({ state: "dropped", dropped_at: at, dropped_by: by.id })
      .where("id", "=", id)
      .where("state", "in", ["draft", "checked"])
      .returning("id")
      .executeTakeFirst()
    if (!row) return false
    await record(trx, by, { subject: "average_list", subjectId: id, action: "dropped" }, at)
    return true
  })
}
