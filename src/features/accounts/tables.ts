import type { Generated } from "kysely"

export interface AccountsTables {
  account: {
    id: Generated<number>
    name: string
    password_hash: string | null
    must_change: Generated<number>
    active: Generated<number>
    staff_id: number | null
    guardian_id: number | null
    student_id: number | null
    created_at: string
  }
  account_login: { login: string; kind: "email" | "phone" | "matricule"; account_id: number }
  account_role: { account_id: number; role: string }
  role_permission: { role: string; permission: string; granted: number }
  session: {
    id_hash: string
    account_id: number
    created_at: string
    expires_at: string
    device: string
    address: string
    forms_sent: Generated<number>
    /** 1: the account's roles changed, the session's next page gives it a new id */
    renew: Generated<number>
  }
  sign_in_delay: { key: string; failures: number; last_at: string; blocked_until: string }
}
