import type { Request, Response } from "express"
import type { Holding } from "./personal.ts"
import type { Role } from "./roles.ts"
import type { School } from "./school.ts"

export type Handler = (req: Request, res: Response) => unknown | Promise<unknown>

/** `visitor`: anybody. `member`: anybody signed in. Anything else: a permission of the feature's own. */
export type OpenAccess = "visitor" | "member"

export type RouteOptions = {
  /** takes one file in the field of this name, at most so many bytes */
  upload?: { field: string; maxBytes: number }
  /** makes something: the form must carry a once number, a second submission gets the first answer */
  once?: true
}

export type Route<Access extends string = string> = {
  method: "get" | "post"
  path: string
  access: Access
  handler: Handler
  options: RouteOptions
}

export function get<const A extends string>(path: string, access: A, handler: Handler): Route<A> {
  return { method: "get", path, access, handler, options: {} }
}

export function post<const A extends string>(
  path: string,
  access: A,
  handler: Handler,
  options: RouteOptions = {},
): Route<A> {
  return { method: "post", path, access, handler, options }
}

/** The areas of the menu, in order; their labels are in the home feature's strings. */
export type Area = "home" | "students" | "files" | "grades" | "messages" | "school" | "settings"

export type MenuEntry<Permission extends string = string, Key extends string = string> = {
  area: Area
  label: Key
  path: string
  access: Permission
}

/** `when` is a cron expression in the school's time zone; the string returned goes into the job log. */
export type Job = { name: string; when: string; run: (school: School, now: Date) => Promise<string> }

export type Feature = {
  /** its folder, its views, its addresses, its permissions' and strings' first word */
  name: string
  /** core features have no switch */
  core: boolean
  /** the features whose code it may call: the import permit */
  needs: readonly string[]
  /** each permission: what it allows, in French, and the roles that hold it unless the school decides otherwise */
  permissions: Record<string, { label: string; roles: readonly Role[] }>
  routes: readonly Route[]
  menu: readonly MenuEntry[]
  jobs: readonly Job[]
  /** the rows of its tables that are about a person */
  personal: readonly Holding[]
  strings: Record<string, string>
}

/**
 * Declares a feature. The compiler refuses a route or a menu entry whose permission the feature does not
 * declare, and a menu label without a French string.
 */
export function feature<
  const P extends Record<string, { label: string; roles: readonly Role[] }>,
  const S extends Record<string, string>,
>(declared: {
  name: string
  core?: boolean
  needs?: readonly string[]
  permissions: P
  routes: readonly Route<(keyof P & string) | OpenAccess>[]
  menu?: readonly MenuEntry<(keyof P & string) | OpenAccess, keyof S & string>[]
  jobs?: readonly Job[]
  personal?: readonly Holding[]
  strings: S
}): Feature {
  return { core: false, needs: [], menu: [], jobs: [], personal: [], ...declared } as Feature
}
