import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const reenrolment = feature({
  name: "reenrolment",
  needs: ["people", "classes", "school", "grades", "enrolment"],
  permissions: {},
  routes: [],
  strings,
})
