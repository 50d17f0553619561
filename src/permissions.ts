import type { Db } from "./db/index.ts"
import { features } from "./features/index.ts"
import { ROLES, type Role } from "./roles.ts"

/** For each role, the permissions it holds in this school. */
export type Permissions = Map<Role, Set<string>>

/** Every permission of the product, with its label and default roles, in the features' order. */
export function allPermissions(): {
  permission: string
  feature: string
  label: string
  roles: readonly Role[]
}[] {
  return features.flatMap(({ name, permissions }) =>
    Object.entries(permissions).map(([permission, said]) => ({ permission, feature: name, ...said })),
  )
}

/** The defaults, changed where this school departs from them. */
export async function readPermissions(db: Db): Promise<Permissions> {
  const permissions: Permissions = new Map(ROLES.map((role) => [role, new Set<string>()]))
  for (const { permission, roles } of allPermissions()) {
    for (const role of roles) permissions.get(role)?.add(permission)
  }
  for (const row of await db.selectFrom("role_permission").selectAll().execute()) {
    const held = permissions.get(row.role as Role)
    if (row.granted) held?.add(row.permission)
    else held?.delete(row.permission)
  }
  return permissions
}

export const holds = (permissions: Permissions, roles: readonly Role[], permission: string) =>
  roles.some((role) => permissions.get(role)?.has(permission))
