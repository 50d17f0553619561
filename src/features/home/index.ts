import { feature, get } from "../../feature.ts"
import * as pages from "./pages.ts"
import { strings } from "./strings.ts"

export const home = feature({
  name: "home",
  core: true,
  needs: ["people", "enrolment", "bulletins", "families"],
  permissions: {},
  routes: [get("/", "member", pages.index)],
  menu: [{ area: "home", label: "home.title", path: "/", access: "member" }],
  strings,
})
