/** Who a person can be in a school (requirements §1); a person may be several. In the order pages show them. */
export const ROLES = [
  "administrator",
  "head",
  "dean",
  "supervisor",
  "secretary",
  "accountant",
  "teacher",
  "form_teacher",
  "student",
  "parent",
] as const

export type Role = (typeof ROLES)[number]

export const ROLE_LABELS: Record<Role, string> = {
  administrator: "Administrateur",
  head: "Proviseur",
  dean: "Censeur",
  supervisor: "Surveillant général",
  secretary: "Secrétaire",
  accountant: "Économe",
  teacher: "Professeur",
  form_teacher: "Professeur principal",
  student: "Élève",
  parent: "Parent",
}

export const STAFF_ROLES: readonly Role[] = ROLES.filter((role) => role !== "student" && role !== "parent")

export const isRole = (word: string): word is Role => (ROLES as readonly string[]).includes(word)

/** Works for the school: gets the staff layout. */
export const isStaff = (roles: readonly Role[]) => roles.some((role) => STAFF_ROLES.includes(role))
