// Whether two students are of one family, and what linking them would do. Pure.
import type { GuardianLink } from "./choices.ts"
import { fold } from "./naming.ts"

type Household = {
  home: string | null
  address: string | null
  father_name: string | null
  mother_name: string | null
}

const sameWords = (one: string | null, other: string | null) =>
  Boolean(one && other && fold(one) === fold(other))

/**
 * The same place with a father or a mother of the same name. Where only the quartier is known, thousands live
 * there: both parents must have the same names.
 */
export function sameHousehold(one: Household, other: Household): boolean {
  if (!one.home || one.home !== other.home) return false
  const father = sameWords(one.father_name, other.father_name)
  const mother = sameWords(one.mother_name, other.mother_name)
  return one.address ? father || mother : father && mother
}

/** A guardian of one of the two students. */
export type Relative = {
  id: number
  name: string
  folded: string
  phone: string | null
  phone2: string | null
  sms_consent: number | null
  /** signs in: this card must not lose a child */
  account: boolean
  link: GuardianLink
  informed: number
  may_see: number
  lives_with: number | null
  unseen_reason: string | null
}

/** One line of a confirmation: this guardian becomes a guardian of this child, in the place of a second card. */
export type FamilyStep = {
  /** « 12-7 »: what the form ticks */
  key: string
  guardian: Relative
  child: number
  replaces: Relative | null
  /** ticked until somebody unticks it */
  proposed: boolean
}

const numbers = ({ phone, phone2 }: Relative) => [phone, phone2].filter((one) => one !== null)
const shareNumber = (one: Relative, other: Relative) =>
  numbers(one).some((number) => numbers(other).includes(number))

/** The two cards are of one person: the same name with the same number. */
const samePerson = (one: Relative, other: Relative) => one.folded === other.folded && shareNumber(one, other)

/** A card may give way to another one: nobody signs in with it, and no refusal of SMS is lost. */
const givesWay = (gone: Relative, kept: Relative) =>
  !gone.account && !(gone.sms_consent === 0 && kept.sms_consent !== 0)

/**
 * What can be done to make two students one family: a person with two cards keeps one for both children; any other
 * guardian of one may become the other's. Proposed are those by whom the two were found.
 */
export function familyPlan(
  one: { id: number; guardians: readonly Relative[] },
  other: { id: number; guardians: readonly Relative[] },
): FamilyStep[] {
  const shared = new Set(one.guardians.map(({ id }) => id))
  const common = (list: readonly Relative[]) => list.filter(({ id }) => !shared.has(id))
  const theirs = common(other.guardians)
  const theirIds = new Set(other.guardians.map(({ id }) => id))
  const mine = one.guardians.filter(({ id }) => !theirIds.has(id))
  const steps: FamilyStep[] = []
  const done = new Set<number>()
  for (const card of theirs) {
    const double = mine.find((own) => !done.has(own.id) && samePerson(own, card))
    if (!double) continue
    if (givesWay(double, card)) steps.push(step(card, one.id, double, true))
    else if (givesWay(card, double)) steps.push(step(double, other.id, card, true))
    else continue
    done.add(double.id).add(card.id)
  }
  const byPhone = steps.length > 0 || theirs.some((card) => mine.some((own) => shareNumber(own, card)))
  for (const card of theirs.filter(({ id }) => !done.has(id))) {
    steps.push(step(card, one.id, null, !byPhone || mine.some((own) => shareNumber(own, card))))
  }
  for (const card of mine.filter(({ id }) => !done.has(id))) {
    steps.push(step(card, other.id, null, theirs.length === 0))
  }
  return steps
}

const step = (
  guardian: Relative,
  child: number,
  replaces: Relative | null,
  proposed: boolean,
): FamilyStep => ({
  key: `${guardian.id}-${child}`,
  guardian,
  child,
  replaces,
  // whoever may not see one child is not proposed for another: a person decides
  proposed: proposed && guardian.may_see === 1,
})
