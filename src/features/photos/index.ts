import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const photos = feature({
  name: "photos",
  needs: ["people", "classes"],
  permissions: {},
  routes: [],
  strings,
})
