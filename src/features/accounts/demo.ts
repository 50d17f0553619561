import { DEMO_PASSWORD, GUARDIANS, STAFF, STUDENTS } from "../../demo/cast.ts"
import { ROLE_LABELS } from "../../roles.ts"

export type DemoAccount = { key: string; role: string; name: string; login: string; password: string }

/** The accounts that the demonstration shows to whoever comes: one of each role. */
export const demoAccounts: readonly DemoAccount[] = [
  ...STAFF.map(({ key, roles, givenNames, surname, email }) => ({
    key,
    role: roles.map((role) => ROLE_LABELS[role]).join(", "),
    name: `${givenNames} ${surname}`,
    login: email,
    password: DEMO_PASSWORD,
  })),
  ...GUARDIANS.filter(({ account }) => account).map(({ key, name, phone }) => ({
    key,
    role: ROLE_LABELS.parent,
    name,
    login: phone,
    password: DEMO_PASSWORD,
  })),
  ...STUDENTS.filter(({ key }) => key === "moussa").map(({ key, givenNames, surname, matricule }) => ({
    key,
    role: ROLE_LABELS.student,
    name: `${givenNames} ${surname}`,
    login: matricule ?? "",
    password: DEMO_PASSWORD,
  })),
]
