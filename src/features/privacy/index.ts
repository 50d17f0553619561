import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const privacy = feature({
  name: "privacy",
  needs: ["people", "accounts"],
  permissions: {},
  routes: [],
  strings,
})
