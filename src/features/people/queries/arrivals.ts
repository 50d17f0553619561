import { type Db, tx } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import type { GuardianLink } from "../choices.ts"
import type { Contacts } from "../contacts.ts"
import { studentName } from "../rules.ts"
import { addGuardian, type GuardianRow } from "./guardians.ts"
import { linkGuardian } from "./guardianships.ts"
import { addStudent, type Entry, type Placement, type StudentRow } from "./students.ts"

export type Arrival = {
  row: StudentRow & Partial<Entry>
  place: Placement | null
  contacts: Contacts
  /** a new guardian, or one of the school's own cards (`known`) */
  guardian: { row: GuardianRow; link: GuardianLink; known: { id: number; name: string } | null } | null
}

/** A new student with the first guardian, both or neither. Null when the matricule was taken meanwhile. */
export function addArrival(
  db: Db,
  by: User,
  { row, place, contacts, guardian }: Arrival,
  now: Date,
): Promise<number | null> {
  return tx(db, async (trx) => {
    const id = await addStudent(trx, by, row, place, now, contacts)
    if (id === null || !guardian) return id
    const child = { studentId: id, studentName: studentName(row), link: guardian.link, informed: true }
    if (guardian.known) await linkGuardian(trx, by, guardian.known, child, now)
    else await addGuardian(trx, by, guardian.row, child, now)
    return id
  })
}
