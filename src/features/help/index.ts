import { feature, get } from "../../feature.ts"
import * as pages from "./pages.ts"
import { strings } from "./strings.ts"

export const help = feature({
  name: "help",
  core: true,
  permissions: {},
  routes: [
    get("/help", "member", pages.index),
    get("/help/parent", "visitor", pages.parents),
    get("/help/pictures/:picture", "visitor", pages.picture),
    get("/help/:guide", "member", pages.show),
  ],
  strings,
})
