// Which accounts a class's access slips open, and with what each signs in. Pure.
import { emailLogin, type Login, matriculeLogin } from "../logins.ts"

/** A student of the class, or a guardian of some of its students. */
export type ClassPerson = {
  kind: "student" | "guardian"
  id: number
  name: string
  matricule: string | null
  phone: string | null
  email: string | null
  /** false: a guardian who is not told of the children's news */
  informed: boolean
  /** of a guardian, in this class */
  children: string[]
  account: { id: number; active: boolean; mustChange: boolean } | null
}

export type SlipPlan = {
  /** without account, who can sign in with something */
  toOpen: { person: ClassPerson; login: Login }[]
  /** with an account whose first password was never changed: the slip may have been lost */
  toRenew: ClassPerson[]
  /** without account, and why none is opened for them here */
  leftOut: { person: ClassPerson; why: string }[]
}

/** A phone is what a guardian knows by heart, a matricule what a student has on the card. */
export function loginFor({ kind, matricule, phone, email }: ClassPerson): Login | null {
  if (kind === "student") return matricule ? { kind: "matricule", login: matriculeLogin(matricule) } : null
  if (phone) return { kind: "phone", login: phone }
  return email ? { kind: "email", login: emailLogin(email) } : null
}

const WITHOUT = { student: "sans matricule", guardian: "sans téléphone ni adresse électronique" }
const NOT_INFORMED = "ne reçoit pas les nouvelles de l’élève : son compte s’ouvre à la main"
const TAKEN = "son identifiant sert déjà à un autre compte"

/** What can be made for a class; `taken` are the logins that accounts have already. */
export function planSlips(people: readonly ClassPerson[], taken: ReadonlySet<string>): SlipPlan {
  const plan: SlipPlan = { toOpen: [], toRenew: [], leftOut: [] }
  const used = new Set(taken)
  for (const person of people) {
    if (person.account) {
      if (person.account.active && person.account.mustChange) plan.toRenew.push(person)
      continue
    }
    const login = loginFor(person)
    const why = !person.informed
      ? NOT_INFORMED
      : !login
        ? WITHOUT[person.kind]
        : used.has(login.login)
          ? TAKEN
          : null
    if (why !== null || login === null) plan.leftOut.push({ person, why: why ?? TAKEN })
    else {
      used.add(login.login)
      plan.toOpen.push({ person, login })
    }
  }
  return plan
}

/** What names a person in the seal of a password and in forms: « guardian-12 ». */
export const wordOf = ({ kind, id }: Pick<ClassPerson, "kind" | "id">) => `${kind}-${id}`
