// What nobody may change about roles and rights, whoever asks.
import { ROLES, type Role, STAFF_ROLES } from "../../../roles.ts"

/** Who an account belongs to. */
export type Person = "staff" | "guardian" | "student"

/** The roles that fit: an account of a student never works for the school. */
export function rolesOpenTo(person: Person): readonly Role[] {
  if (person === "staff") return STAFF_ROLES
  return person === "guardian" ? ["parent"] : ["student"]
}

/**
 * A right that the matrix cannot change: the administrator keeps the accounts (nobody could give them back),
 * families never get them. null: the school decides.
 */
export function fixedRight(role: Role, permission: string): boolean | null {
  if (!permission.startsWith("accounts.")) return null
  if (role === "administrator") return true
  return role === "student" || role === "parent" ? false : null
}

export type RightChange = { role: Role; permission: string; granted: boolean }

export type Right = { permission: string; roles: readonly Role[] }

/** What differs between the rights held and those asked for, fixed ones left alone. */
export function rightChanges(
  rights: readonly Right[],
  holds: (role: Role, permission: string) => boolean,
  wanted: (role: Role, permission: string) => boolean,
): RightChange[] {
  return rights.flatMap(({ permission }) =>
    ROLES.filter((role) => fixedRight(role, permission) === null)
      .map((role) => ({ role, permission, granted: wanted(role, permission) }))
      .filter(({ role, granted }) => granted !== holds(role, permission)),
  )
}

/** Why this person may not touch that account, as a French sentence; null when allowed. */
export function refusalToChange(by: readonly Role[], account: readonly Role[]): string | null {
  if (!account.includes("administrator") || by.includes("administrator")) return null
  return "Seul un administrateur peut modifier le compte d’un administrateur ou en nommer un."
}

/** What one may not do to one's own roles: an administrator stays one, nobody else gives oneself more. */
export function ownRolesProblem(
  before: readonly Role[],
  after: readonly Role[],
): { field: string; text: string } | null {
  if (before.includes("administrator")) {
    if (after.includes("administrator")) return null
    const text =
      "Vous ne pouvez pas vous retirer la fonction d’administrateur : un autre administrateur peut le faire."
    return { field: "role_administrator", text }
  }
  const added = after.find((role) => !before.includes(role))
  return added
    ? { field: `role_${added}`, text: "Vous ne pouvez pas vous donner une fonction à vous-même." }
    : null
}
