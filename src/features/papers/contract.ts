// What is printed on a paper and on a card, as plain JSON. Issuing a paper freezes this object whole, so that its
// duplicates and its check say the same for ever, whatever becomes of names, classes or the school's settings.
import type { SchoolHead } from "../../documents/schoolHead.ts"
import type { FieldName, PaperKind } from "./kinds.ts"
import type { PaperRecord } from "./records.ts"
import type { Sex, TextBlock } from "./wording.ts"

export type PaperData = {
  kind: PaperKind
  title: string
  /** « CS-2026-0001 » */
  reference: string
  schoolHead: SchoolHead
  /** the year that the paper is about */
  schoolYear: string
  student: {
    surname: string
    givenNames: string
    matricule: string | null
    sex: Sex
    className: string
  }
  /** what was said when it was issued; days are ISO */
  fields: Partial<Record<FieldName, string>>
  /** its text; of a record, what it says in short, for whoever checks it */
  blocks: TextBlock[]
  /** what is drawn in place of a text */
  record?: PaperRecord
  placeAndDate: string
  signatory: { title: string; name: string }
  /** ISO moment */
  issuedAt: string
  code: string
  verifyUrl: string
}

/** What sets a print apart from the original. */
export type PaperPrint = {
  /** the count of this duplicate, and the day it was printed, in words */
  duplicate?: { number: number; on: string }
  specimen?: true
}

export type CardData = {
  school: string
  republic: string
  motto: string
  schoolYear: string
  surname: string
  givenNames: string
  className: string
  matricule: string | null
  /** « Née le » */
  bornLabel: string
  birth: string
  birthPlace: string
  signatory: { title: string; name: string }
  verifyUrl: string
  /** Base64 of a JPEG or PNG, no "data:" prefix. */
  photo?: string
}

/** The cards of a class, or one card, on sheets of eight. */
export type CardsData = {
  title: string
  author: string
  createdAt: string
  cards: CardData[]
  /** The school's, base64. */
  logo?: string
}
