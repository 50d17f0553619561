import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const medical = feature({
  name: "medical",
  needs: ["people"],
  permissions: {},
  routes: [],
  strings,
})
