// The two cards of an address: the kept one first, both among those that this person may see.
import type { Request } from "express"
import type { Person } from "../../../personal.ts"
import { notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import type { Row } from "../../people/conflict.ts"
import { viewer } from "../../people/scope.ts"
import { KINDS } from "../kinds.ts"
import { cardsSeen } from "../queries/cards.ts"

const OTHER: Record<Person, string> = { student: "twin", guardian: "otherGuardian", staff: "otherStaff" }

export type TwoCards = { kind: Person; kept: Row; other: Row }

export async function cardsFor(req: Request, kind: Person): Promise<TwoCards> {
  const ids = [rowNumber(req.params[kind]), rowNumber(req.params[OTHER[kind]])] as const
  if (!req.can(KINDS[kind].see) || ids[0] === ids[1]) throw notFound()
  const [kept, other] = await cardsSeen(req.school.db, viewer(req), kind, ids)
  if (!kept || !other) throw notFound()
  return { kind, kept, other }
}

/** Which features' rows this person may be told of: of health, only with the right to read about it. */
export const toldTo = (req: Request) => (feature: string) => feature !== "medical" || req.can("medical.see")
