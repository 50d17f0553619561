import type { Request, Response } from "express"
import type { Feature } from "../../../feature.ts"
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

/** One page would be too heavy: the rights in three, as the menu orders the work. */
const PARTS = [
  { part: "students", label: "Élèves et familles" },
  { part: "grades", label: "Notes et bulletins" },
  { part: "school", label: "École, comptes, messages" },
] as const
type Part = (typeof PARTS)[number]["part"]

const partAsked = (asked: unknown): Part => PARTS.find(({ part }) => part === asked)?.part ?? "students"

/** Features without a menu of their own stand with the students they are about. */
function partOf({ menu }: Feature): Part {
  const area = menu[0]?.area ?? "students"
  if (area === "grades") return area
  return area === "students" || area === "files" ? "students" : "school"
}

/** The rights of the features of a part that are on. */
function rightsOf(req: Request, part: Part) {
  const shown = new Set(
    featuresOf(req.school)
      .filter((feature) => partOf(feature) === part)
      .map(({ name }) => name),
  )
  return allPermissions().filter(({ feature }) => shown.has(feature))
}

/** The rights of a part, by feature, with who holds each and who usually does. */
function matrix(req: Request, part: Part) {
  const holdsRight = held(req)
  const rights = rightsOf(req, part)
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
  const part = partAsked(req.query.part)
  res.page("accounts/permissions", {
    areas: matrix(req, part),
    part,
    roles,
    seen,
    departures: departures(req).length,
    tabs: PARTS.map((one) => ({
      label: one.label,
      path: one.part === "students" ? "/permissions" : `/permissions?part=${one.part}`,
      current: one.part === part,
    })),
  })
}

/** What a return to the product's defaults would change. */
const departures = (req: Request): RightChange[] =>
  rightChanges(allPermissions(), held(req), (role, permission) =>
    allPermissions().some((right) => right.permission === permission && right.roles.includes(role)),
  )

export async function change(req: Request, res: Response) {
  const typed = typedIn(req.body)
  const part = partAsked(typed.part)
  const changes = rightChanges(
    rightsOf(req, part),
    held(req),
    (role, right) => typed[boxName(right, role)] === "1",
  )
  await keep(req, changes, typed.seen ?? "")
  const key = changes.length > 0 ? "accounts.rights_changed" : "accounts.rights_unchanged"
  const to = part === "students" ? "/permissions" : `/permissions?part=${part}`
  res.flash(key, { n: changes.length }).redirect(303, to)
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
