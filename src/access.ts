// Who may do what by default, route by route, as a text to review: `npm run access` writes access.txt.
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { Feature, Route } from "./feature.ts"
import { features } from "./features/index.ts"
import { ROLES, type Role } from "./roles.ts"
import { root } from "./root.ts"

const HEAD = `Who may do what, unless the school decides otherwise. Written by « npm run access » from the features'
declarations; src/access.test.ts fails when it is not up to date, and proves every line over HTTP.
visitor: anybody; member: anybody signed in.`

/** The roles that pass this route's gate by default; `null` for a page that anybody may open. */
export function rolesOf(feature: Feature, route: Route): readonly Role[] | null {
  if (route.access === "visitor") return null
  if (route.access === "member") return ROLES
  const held = feature.permissions[route.access]?.roles ?? []
  return ROLES.filter((role) => held.includes(role))
}

/** The whole text of access.txt. */
export function accessTable(): string {
  const width = Math.max(...features.flatMap(({ routes }) => routes.map(({ path }) => path.length)))
  const parts = features
    .filter(({ routes }) => routes.length > 0)
    .map((feature) => {
      const lines = feature.routes.map((route) => {
        const { method, path, access } = route
        const who =
          access === "visitor" || access === "member" ? "" : (rolesOf(feature, route) ?? []).join(" ")
        return `  ${method.toUpperCase().padEnd(4)} ${path.padEnd(width)}  ${access.padEnd(20)} ${who}`.trimEnd()
      })
      return [feature.core ? feature.name : `${feature.name} (may be switched off)`, ...lines].join("\n")
    })
  return `${[HEAD, ...parts].join("\n\n")}\n`
}

export const accessFile = join(root, "src", "access.txt")

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(accessFile, accessTable())
