import { fold, fullName, sameName } from "../people/naming.ts"
import { type Customs, MALIAN, readClass } from "./customs.ts"
import type { Reference } from "./outcomes.ts"
import type { Enrolled } from "./roster.ts"
import type { Problem, StudentValues } from "./students.ts"

interface Known {
  values: Partial<StudentValues> & Pick<Enrolled, "matricule" | "nom" | "prenom">
  /** the physical line of this file, or what names somebody the school already has */
  reference: Reference
  /** the school's own key, for somebody it already has */
  student?: Reference
  /** what kept an earlier line from being read: the same again is the same line */
  problems: string
}

export type Verdict =
  | { kind: "new" }
  | { kind: "same"; of: Reference; student?: Reference }
  | { kind: "conflict"; problem: Problem; with: Reference; student?: Reference; differs: string[] }

/** What may differ between two lines of one matricule, in the order in which it is told. */
const COMPARED = ["naissance", "classe", "sexe", "lieu", "telephone", "telephone2"] as const

const REASONS: Record<(typeof COMPARED)[number], string> = {
  naissance: "same_matricule_other_birth_date",
  classe: "same_matricule_other_class",
  sexe: "same_matricule_other_sex",
  lieu: "same_matricule_other_birth_place",
  telephone: "same_matricule_other_phone",
  telephone2: "same_matricule_other_phone",
}

/**
 * Everyone met so far: the school's students, then the lines of the file in order. Says whether a line is
 * somebody new, the same line again, or somebody a person must compare (examples' README, rules 2 and 3:
 * nobody is merged for having the same name; one matricule is one person only if the name agrees).
 */
export class Identities {
  private readonly matricules = new Map<string, Known[]>()
  private readonly names = new Map<string, Known[]>()

  constructor(existing: readonly Enrolled[], customs: Customs = MALIAN) {
    existing.forEach((student, at) => {
      const { id = at, ...values } = student
      this.remember({
        values: known(values, customs),
        reference: referenceOf(student),
        student: id,
        problems: "",
      })
    })
  }

  meet(values: StudentValues, line: number, problems: readonly Problem[]): Verdict {
    const told = problems.map(({ reason }) => reason).join(" ")
    const verdict = this.compare(values, told)
    if (verdict.kind !== "same") this.remember({ values, reference: line, problems: told })
    return verdict
  }

  private compare(values: StudentValues, problems: string): Verdict {
    const owners = (values.matricule && this.matricules.get(values.matricule)) || []
    const again = owners.find(
      (one) =>
        sameName(one.values, values) && differences(one, values).length === 0 && sameProblems(one, problems),
    )
    if (again) return same(again)
    const [owner] = owners
    if (owner) {
      if (!sameName(owner.values, values))
        return conflict("same_matricule_other_name", owner, ["nom", "prenom"])
      const differs = differences(owner, values)
      const [first] = differs
      return conflict(first ? REASONS[first] : "same_matricule_again", owner, differs)
    }
    const namesakes = this.names.get(nameKey(values)) ?? []
    const twin = namesakes.find((one) => isSameRow(one, values) && sameProblems(one, problems))
    if (twin) return same(twin)
    const double = namesakes.find(
      ({ values: known }) => isFullDate(known.naissance) && known.naissance === values.naissance,
    )
    if (double) return conflict("same_name_and_birth_date", double, doubleDiffers(double, values))
    // A list without birth dates cannot tell a homonym from the same student.
    const unclear = namesakes.find(
      ({ values: known }) =>
        known.naissance === undefined &&
        known.classe === values.classe &&
        !(known.matricule && values.matricule),
    )
    return unclear
      ? conflict("same_name_and_class", unclear, doubleDiffers(unclear, values))
      : { kind: "new" }
  }

  private remember(one: Known) {
    if (one.values.matricule) add(this.matricules, one.values.matricule, one)
    add(this.names, nameKey(one.values), one)
  }
}

function add(index: Map<string, Known[]>, key: string, one: Known) {
  const there = index.get(key)
  if (there) there.push(one)
  else index.set(key, [one])
}

const known = (values: Omit<Enrolled, "id">, customs: Customs) => ({
  ...values,
  classe: values.classe ? (readClass(values.classe, customs) ?? values.classe) : undefined,
  telephone2: undefined,
})

const nameKey = ({ nom, prenom }: { nom: string; prenom: string }) => `${fold(nom)}|${fold(prenom)}`

const isFullDate = (date: string | null | undefined) => date?.length === 10

const same = ({ reference, student }: Known): Verdict => ({ kind: "same", of: reference, student })

const conflict = (reason: string, { reference, student }: Known, differs: string[]): Verdict => ({
  kind: "conflict",
  problem: { reason },
  with: reference,
  student,
  differs,
})

/** A student already there answers for a line that can no longer be read; another line only for the same fault. */
const sameProblems = (one: Known, problems: string) => one.student !== undefined || one.problems === problems

/** What the new line says and the known one contradicts or does not know; what it leaves out is no difference. */
function differences({ values: known }: Known, values: StudentValues) {
  return COMPARED.filter((field) => {
    const before = known[field]
    const after = values[field]
    if (before === undefined || after === null || after === undefined) return false
    return field === "lieu" && before ? fold(before) !== fold(after) : before !== after
  })
}

const doubleDiffers = (one: Known, values: StudentValues): string[] =>
  one.values.matricule === values.matricule
    ? differences(one, values)
    : ["matricule", ...differences(one, values)]

/** Nobody has a matricule and every field is the same: the same row again. */
function isSameRow(one: Known, values: StudentValues): boolean {
  if (one.values.matricule || values.matricule || one.values.naissance === undefined) return false
  const alike = (field: (typeof COMPARED)[number]) => (one.values[field] ?? null) === (values[field] ?? null)
  return COMPARED.every((field) => one.values[field] === undefined || alike(field))
}

function referenceOf(student: Enrolled): string {
  if (student.matricule) return student.matricule
  const name = fullName(student.nom, student.prenom)
  return student.naissance ? `${name} (${student.naissance})` : name
}
