import { fold, fullName, sameName } from "../people/naming.ts"
import type { Reference } from "./outcomes.ts"
import { type KnownStaff, UNKNOWN_POSITION } from "./staff.ts"

type Told = Omit<KnownStaff, "id">

interface Met {
  values: Told
  reference: Reference
  /** the school's own key, for somebody it already has */
  id?: number
  problems: string
}

export type StaffVerdict =
  | { kind: "new"; warning?: string }
  | { kind: "same"; of: Reference; id?: number }
  | { kind: "conflict"; reason: string; with: Reference; id?: number }

/**
 * Everyone of the staff met so far: the school's, then the lines of the file in order. One person is told by the
 * employee number, then by the phone, and only if the name agrees; a name alone is for a person to compare.
 */
export class StaffIdentities {
  private readonly numbers = new Map<string, Met>()
  private readonly phones = new Map<string, Met[]>()
  private readonly names = new Map<string, Met[]>()

  constructor(existing: readonly KnownStaff[]) {
    for (const { id, ...values } of existing) {
      const reference = values.matricule ?? fullName(values.nom, values.prenom)
      this.remember({ values, reference, id, problems: "" })
    }
  }

  meet(values: Told, line: number, problems: string): StaffVerdict {
    const verdict = this.compare(values, problems)
    if (verdict.kind !== "same") this.remember({ values, reference: line, problems })
    return verdict
  }

  private compare(values: Told, problems: string): StaffVerdict {
    const owner = values.matricule === null ? undefined : this.numbers.get(values.matricule)
    if (owner) {
      if (!sameName(owner.values, values)) return conflict("same_number_other_name", owner)
      return samePerson(owner, values, problems)
    }
    const namesakes = this.names.get(nameKey(values)) ?? []
    const sameLine = (values.telephone && this.phones.get(values.telephone)) || []
    const known = sameLine.find((one) => sameName(one.values, values) && !otherNumber(one.values, values))
    if (known) return samePerson(known, values, problems)
    const twin = namesakes.find((one) => contradicts(one.values, values).length === 0 && alike(one, problems))
    const only = namesakes.length === 1 && twin && saysNothingNew(twin.values, values)
    if (twin && (only || allSame(twin.values, values)))
      return { kind: "same", of: twin.reference, id: twin.id }
    const double = namesakes.find((one) => !otherNumber(one.values, values))
    if (double) return conflict("same_staff_name", double)
    const close = sameLine.find((one) => shareWord(one.values, values) && !otherNumber(one.values, values))
    if (close) return conflict("same_phone_other_name", close)
    if (namesakes.length > 0) return { kind: "new", warning: "namesake" }
    return sameLine.length > 0 ? { kind: "new", warning: "phone_shared" } : { kind: "new" }
  }

  private remember(one: Met) {
    const { matricule, telephone } = one.values
    if (matricule && !this.numbers.has(matricule)) this.numbers.set(matricule, one)
    if (telephone) this.phones.set(telephone, [...(this.phones.get(telephone) ?? []), one])
    const key = nameKey(one.values)
    this.names.set(key, [...(this.names.get(key) ?? []), one])
  }
}

const nameKey = ({ nom, prenom }: Told) => `${fold(nom)}|${fold(prenom)}`

const conflict = (reason: string, { reference, id }: Met): StaffVerdict => ({
  kind: "conflict",
  reason,
  with: reference,
  id,
})

/** Of somebody the school has only the card is in question; two lines that say different things are for a person. */
function samePerson(one: Met, values: Told, problems: string): StaffVerdict {
  const again = one.id !== undefined || (contradicts(one.values, values).length === 0 && alike(one, problems))
  return again ? { kind: "same", of: one.reference, id: one.id } : conflict("same_number_other_values", one)
}

const alike = (one: Met, problems: string) => one.id !== undefined || one.problems === problems

const FIELDS = [
  "sexe",
  "matricule",
  "fonction",
  "telephone",
  "email",
  "grade",
  "diplomes",
  "specialites",
] as const

const contradicts = (one: Told, other: Told) =>
  FIELDS.filter((field) => {
    const [here, there] = [one[field], other[field]]
    if (!here || !there || here === UNKNOWN_POSITION || there === UNKNOWN_POSITION) return false
    return fold(here) !== fold(there)
  })

const saysNothingNew = (one: Told, other: Told) => FIELDS.every((field) => !other[field] || one[field])

const allSame = (one: Told, other: Told) =>
  FIELDS.every((field) => (one[field] ?? "") === (other[field] ?? ""))

const otherNumber = (one: Told, other: Told) =>
  one.matricule !== null && other.matricule !== null && one.matricule !== other.matricule

const words = ({ nom, prenom }: Told) => fold(`${nom} ${prenom}`).split(" ")

const shareWord = (one: Told, other: Told) => words(one).some((word) => words(other).includes(word))
