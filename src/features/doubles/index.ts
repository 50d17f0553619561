import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const doubles = feature({
  name: "doubles",
  needs: ["people", "classes"],
  permissions: {},
  routes: [],
  strings,
})
