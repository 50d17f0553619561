// Whom to call in an emergency: up to three persons a student, in order, changed together with the card.
import type { Db } from "../../../db/index.ts"
import type { Contact, Contacts } from "../contacts.ts"

export function contactsOf(db: Db, studentId: number): Promise<Contact[]> {
  return db
    .selectFrom("student_contact")
    .select(["name", "relation", "phone"])
    .where("student_id", "=", studentId)
    .orderBy("position")
    .execute()
}

/** Puts these in the place of those that were; inside the transaction of the card's own change. */
export async function changeContacts(trx: Db, studentId: number, contacts: Contacts): Promise<void> {
  await trx.deleteFrom("student_contact").where("student_id", "=", studentId).execute()
  if (contacts.length === 0) return
  await trx
    .insertInto("student_contact")
    .values(contacts.map((one, n) => ({ ...one, student_id: studentId, position: n + 1 })))
    .execute()
}
