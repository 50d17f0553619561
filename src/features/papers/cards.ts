// School cards: whose they are is signed, so that a card is checked without a row being kept of it.
import type { Db } from "../../db/index.ts"
import type { School } from "../../school.ts"
import { same, sign } from "../../web/signing.ts"
import { cardContent, type StudentFacts } from "./content.ts"
import type { CardData } from "./contract.ts"
import { cardHolder } from "./queries.ts"

const LENGTH = 16 // letters of the signature: 96 bits

const token = (secret: Buffer, studentId: number, yearId: number) =>
  [
    studentId.toString(36),
    yearId.toString(36),
    sign(secret, "card", studentId, yearId).slice(0, LENGTH),
  ].join(".")

export const cardUrl = (school: School, studentId: number, yearId: number) =>
  `${school.origin}/c/${token(school.secret, studentId, yearId)}`

/** Whose card a token is, or null when it was not signed here. */
export function readCard(secret: Buffer, text: string): { studentId: number; yearId: number } | null {
  const [studentId = 0, yearId = 0] = text.split(".").map((part) => Number.parseInt(part, 36))
  if (!Number.isSafeInteger(studentId) || !Number.isSafeInteger(yearId)) return null
  return same(text, token(secret, studentId, yearId)) ? { studentId, yearId } : null
}

/** What anybody who scans a card is told: whose it is, and whether it is valid; null for no card of ours. */
export async function checkedCard(db: Db, secret: Buffer, text: string) {
  const card = readCard(secret, text)
  const holder = card && (await cardHolder(db, card.studentId, card.yearId))
  if (!holder) return null
  return { ...holder, valid: holder.current === 1 && holder.class_label !== null }
}

/** The cards of a class's students for the year under way; `photos`: student id -> base64 of a JPEG. */
export const cardsOf = (
  school: School,
  students: readonly Omit<StudentFacts, "nationality" | "father_name" | "mother_name">[],
  { className, year, photos }: CardsAsked,
): CardData[] =>
  students.map((student) => {
    const photo = photos.get(student.id)
    const content = cardContent(school.settings, student, {
      className,
      schoolYear: year.label,
      verifyUrl: cardUrl(school, student.id, year.id),
    })
    return photo ? { ...content, photo } : content
  })

type CardsAsked = {
  className: string
  year: { id: number; label: string }
  photos: ReadonlyMap<number, string>
}
