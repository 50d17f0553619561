// The guardians of a file become guardians of the student: one who is known by name and number is linked, not doubled.
import type { Db } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import { addGuardian, changeGuardian, findGuardian } from "../../people/queries/guardians.ts"
import { linkGuardian } from "../../people/queries/guardianships.ts"
import { sameWords } from "../rules/names.ts"
import type { ApplicationGuardian } from "./applications.ts"

/** A guardian linked by an activation: whether the card and the link were made by it. */
export type LinkedGuardian = { id: number; created: boolean; linked: boolean }

type Linking = { child: { studentId: number; studentName: string }; consentSource: string; now: Date }

/** In the order of the file. */
export async function linkGuardians(
  trx: Db,
  by: User,
  guardians: readonly ApplicationGuardian[],
  linking: Linking,
): Promise<LinkedGuardian[]> {
  const linked: LinkedGuardian[] = []
  for (const one of guardians) linked.push(await linkOne(trx, by, one, linking))
  return linked
}

async function linkOne(
  trx: Db,
  by: User,
  { name, phone, link, sms_consent }: ApplicationGuardian,
  { child, consentSource, now }: Linking,
): Promise<LinkedGuardian> {
  const known = await knownGuardian(trx, { name, phone })
  const answer = { sms_consent, consent_source: sms_consent === null ? null : consentSource }
  if (!known) {
    const row = { name, phone, phone2: null, email: null, ...answer }
    const id = await addGuardian(trx, by, row, { ...child, link, informed: true }, now)
    return { id, created: true, linked: true }
  }
  // an answer is only added where there was none: what somebody refused, an application does not turn into a yes
  if (known.sms_consent === null && sms_consent !== null) {
    const { name: kept, phone: first, phone2, email, version } = known
    const row = { name: kept, phone: first, phone2, email, ...answer }
    await changeGuardian(trx, by, { guardian: known, version, row, now })
  }
  const had = await trx
    .selectFrom("guardianship")
    .select("link")
    .where("guardian_id", "=", known.id)
    .where("student_id", "=", child.studentId)
    .executeTakeFirst()
  if (!had) await linkGuardian(trx, by, known, { ...child, link, informed: true }, now)
  return { id: known.id, created: false, linked: !had }
}

/** The guardian with this number whose name is made of the same words, in any order. */
async function knownGuardian(trx: Db, { name, phone }: { name: string; phone: string | null }) {
  if (!phone) return undefined
  const found = await trx
    .selectFrom("guardian")
    .select(["id", "name"])
    .where((eb) => eb.or([eb("phone", "=", phone), eb("phone2", "=", phone)]))
    .where("merged_into", "is", null)
    .orderBy("id")
    .execute()
  const same = found.find((one) => sameWords(one.name, name))
  return same && findGuardian(trx, same.id)
}
