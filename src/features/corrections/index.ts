import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const corrections = feature({
  name: "corrections",
  needs: ["people", "families", "links", "messages"],
  permissions: {},
  routes: [],
  strings,
})
