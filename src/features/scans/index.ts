import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const scans = feature({
  name: "scans",
  needs: ["people", "enrolment"],
  permissions: {},
  routes: [],
  strings,
})
