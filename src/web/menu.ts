import type { Request } from "express"
import type { Area } from "../feature.ts"
import { featuresOf } from "../features/on.ts"
import { t } from "./strings.ts"

const AREAS: readonly Area[] = ["home", "students", "files", "grades", "messages", "school", "settings"]

export type MenuArea = { label: string; entries: { label: string; path: string; current: boolean }[] }

/** What this person may open, by area, in the features' order; areas with nothing to open are left out. */
export function menuOf(req: Request): MenuArea[] {
  const entries = featuresOf(req.school).flatMap((feature) => feature.menu)
  const current = entries
    .map(({ path }) => path)
    .filter((path) => req.path === path || req.path.startsWith(`${path}/`))
    .sort((one, other) => other.length - one.length)[0]
  return AREAS.map((area) => ({
    label: t(`home.area.${area}`),
    entries: entries
      .filter((entry) => entry.area === area && req.can(entry.access))
      .map((entry) => ({ label: t(entry.label), path: entry.path, current: entry.path === current })),
  })).filter((area) => area.entries.length > 0)
}
