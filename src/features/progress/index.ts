import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const progress = feature({
  name: "progress",
  needs: ["people", "grades", "messages"],
  permissions: {},
  routes: [],
  strings,
})
