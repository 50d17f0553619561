import type { Request, Response } from "express"
import { allPermissions, holds } from "../../../permissions.ts"
import { ROLE_LABELS, ROLES, type Role } from "../../../roles.ts"
import { refresh } from "../../../school.ts"
import { typedIn } from "../../../web/form.ts"
import { hasString, t } from "../../../web/strings.ts"
import { featuresOf } from "../../on.ts"
import { changeRights, rightsNow } from "../queries/rights.ts"
import { fixedRight, type RightChange, rightChanges } from "../rules/rights.ts"

const boxName = (permission: string, role: Role) => `${role} ${permission}`

const held = (req: Request) => (role: Role, permission: string) =>
  holds(req.school.permissions, [role], permission)

/** Heads of columns, where ten have to fit beside the rights. */
const SHORT: Partial<Record<Role, string>> = {
  administrator: "Admin.",
  supervisor: "Surv. général",
  teacher: "Prof.",
  form_teacher: "Prof. principal",
}

const areaLabel = (feature: string) =>
  hasString(`accounts.area.${feature}`) ? t(`accounts.area.${feature}`) : feature

/** The rights of the features that are on, by feature, with who holds each and who usually does. */
function matrix(req: Request) {
  const on = new Set(featuresOf(req.school).map(({ name }) => name))
  const holdsRight = held(req)
  const rights = allPermissions().filter(({ feature }) => on.has(feature))
  return [...new Set(rights.map(({ feature }) => feature))].map((feature) => ({
    label: areaLabel(feature),
    rights: rights
      .filter((right) => right.feature === feature)
      .map(({ permission, label, roles }) => ({
        label,
        cells: ROLES.map((role) => ({
          name: boxName(permission, role),
          role: ROLE_LABELS[role],
          held: holdsRight(role, permission),
          usual: roles.includes(role),
          fixed: fixedRight(role, permission) !== null,
        })),
      })),
  }))
}

export async function show(req: Request, res: Response) {
  const roles = ROLES.map((role) => SHORT[role] ?? ROLE_LABELS[role])
  const seen = await rightsNow(req.school.db)
  res.page("accounts/permissions", { areas: matrix(req), roles, seen, departures: departures(req).length })
}

/** What a return to the product's defaults would change. */
const departures = (req: Request): RightChange[] =>
  rightChanges(allPermissions(), held(req), (role, permission) =>
    allPermissions().some((right) => right.permission === permission && right.roles.includes(role)),
  )

export async function change(req: Request, res: Response) {
  const typed = typedIn(req.body)
  const on = new Set(featuresOf(req.school).map(({ name }) => name))
  const shown = allPermissions().filter(({ feature }) => on.has(feature))
  const changes = rightChanges(shown, held(req), (role, right) => typed[boxName(right, role)] === "1")
  await keep(req, changes, typed.seen ?? "")
  const key = changes.length > 0 ? "accounts.rights_changed" : "accounts.rights_unchanged"
  res.flash(key, { n: changes.length }).redirect(303, "/permissions")
}

export async function askReset(req: Request, res: Response) {
  const labels = new Map(allPermissions().map(({ permission, label }) => [permission, label]))
  const lines = departures(req).map(
    ({ role, permission, granted }) =>
      `${ROLE_LABELS[role]} : « ${labels.get(permission)} » ${granted ? "sera rendu" : "sera retiré"}`,
  )
  res.page("accounts/permissions_reset", { lines, seen: await rightsNow(req.school.db) })
}

export async function reset(req: Request, res: Response) {
  const changes = departures(req)
  await keep(req, changes, typedIn(req.body).seen ?? "")
  res.flash("accounts.rights_reset", { n: changes.length }).redirect(303, "/permissions")
}

async function keep(req: Request, changes: RightChange[], seen: string): Promise<void> {
  if (changes.length === 0) return
  await changeRights(req.school.db, req.member, changes, { seen, at: req.now.toISOString() })
  await refresh(req.school)
}
