import * as v from "valibot"
import { ROLES, type Role } from "../../roles.ts"
import { checkbox, day, line, optionalEmail, optionalLine } from "../../web/fields.ts"
import { form, type Problem, type ReadForm } from "../../web/form.ts"
import { emailLogin, type Login, matriculeLogin, phoneLogin } from "./logins.ts"
import { LONGEST, passwordProblem } from "./rules/passwords.ts"
import { type Person, rolesOpenTo } from "./rules/rights.ts"

/** Exactly what was typed, spaces included. */
const password = () =>
  v.pipe(
    v.string(),
    v.nonEmpty("Remplissez ce champ."),
    v.maxLength(LONGEST, `${LONGEST} caractères au plus.`),
  )

export const signInForm = form({ login: line(200), password: password(), next: optionalLine(500) })

export const passwordForm = form({ current: password(), fresh: password(), again: password() })

/** A form that is right in itself, refused with more to say about its fields. */
export const refusedWith = (read: { typed: Record<string, string> }, problems: Problem[]) => ({
  ok: false as const,
  typed: read.typed,
  problems,
})

/** What is wrong with a new password written twice. */
export function newPasswordProblems(fresh: string, again: string, known: readonly string[]): Problem[] {
  const text = passwordProblem(fresh, known)
  if (text) return [{ field: "fresh", text }]
  return again === fresh ? [] : [{ field: "again", text: "Les deux mots de passe ne sont pas les mêmes." }]
}

const roleBoxes = Object.fromEntries(ROLES.map((role) => [`role_${role}`, checkbox()]))

const accountForm = form({
  name: line(100),
  email: optionalEmail(),
  phone: optionalLine(40),
  matricule: optionalLine(40),
  ...roleBoxes,
})

export type AccountValues = { name: string; logins: Login[]; roles: Role[] }

/** An account's name, logins and roles; roles that do not fit the person are dropped. */
export function readAccount(
  body: unknown,
  { person, prefix }: { person: Person; prefix: string },
): ReadForm<AccountValues> {
  const read = accountForm.read(body)
  if (!read.ok) return read
  const { name, email, phone, matricule } = read.values as Record<string, string | null>
  const problems: Problem[] = []
  const logins: Login[] = []
  if (email) logins.push({ kind: "email", login: emailLogin(email) })
  if (phone) {
    const login = phoneLogin(phone, prefix)
    if (login) logins.push({ kind: "phone", login })
    else
      problems.push({
        field: "phone",
        text: "Écrivez un seul numéro, comme 70 00 00 01 ou +223 70 00 00 01.",
      })
  }
  if (matricule) logins.push({ kind: "matricule", login: matriculeLogin(matricule) })
  if (logins.length === 0 && problems.length === 0) {
    problems.push({
      field: "email",
      text: "Donnez au moins un identifiant : e-mail, téléphone ou matricule.",
    })
  }
  const boxes = read.values as unknown as Record<string, boolean>
  const roles = rolesOpenTo(person).filter((role) => boxes[`role_${role}`])
  if (roles.length === 0) {
    problems.push({ field: `role_${rolesOpenTo(person)[0]}`, text: "Cochez au moins une fonction." })
  }
  if (problems.length > 0) return refusedWith(read, problems)
  return { ok: true, typed: read.typed, problems: [], values: { name: name as string, logins, roles } }
}

export const openingForm = form({
  code: line(20),
  name: line(120),
  short_name: optionalLine(30),
  country: line(2),
  academy: optionalLine(120),
  city: optionalLine(60),
  starts_on: day(),
  ends_on: day(),
  periods: line(2),
  surname: line(60),
  given_names: line(60),
  login: line(200),
  fresh: password(),
  again: password(),
})
