import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const reports = feature({
  name: "reports",
  needs: ["people", "grades", "bulletins", "papers"],
  permissions: {},
  routes: [],
  strings,
})
