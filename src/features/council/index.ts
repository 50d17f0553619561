import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const council = feature({
  name: "council",
  needs: ["people", "grades", "bulletins"],
  permissions: {},
  routes: [],
  strings,
})
