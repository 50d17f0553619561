import type { Feature } from "../feature.ts"
import type { School } from "../school.ts"
import { features } from "./index.ts"

/** Off hides, never deletes: core features have no switch. */
export const isOn = (school: School, feature: Feature) =>
  feature.core || !school.settings.off.includes(feature.name)

export const featuresOf = (school: School) => features.filter((feature) => isOn(school, feature))
