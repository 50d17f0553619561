import type { Role } from "../roles.ts"
import type { School } from "../school.ts"
import type { Assets } from "./assets.ts"
import type { Values } from "./strings.ts"

/** The person signed in. */
export type User = {
  id: number
  name: string
  roles: readonly Role[]
  staffId: number | null
  guardianId: number | null
  studentId: number | null
  mustChange: boolean
  /** names this session in lists and forms; not the secret of the cookie */
  session: string
  formsSent: number
}

export type Flash = { kind: "done" | "warning" | "error"; text: string }

declare global {
  namespace Express {
    interface Request {
      /** a number that the log and error pages share */
      number: string
      school: School
      assets: Assets
      user: User | null
      /** the signed-in person; only behind a route that is not for visitors */
      member: User
      now: Date
      can(permission: string): boolean
    }
    interface Response {
      /** renders a view in its layout, with ETag and compression */
      page(view: string, data?: Record<string, unknown>): void
      /** one sentence shown on the next page */
      flash(key: string, values?: Values, kind?: Flash["kind"]): this
    }
  }
}
