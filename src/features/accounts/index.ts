import { feature, get, post } from "../../feature.ts"
import * as pages from "./pages.ts"
import { strings } from "./strings.ts"

export const accounts = feature({
  name: "accounts",
  core: true,
  permissions: {},
  routes: [
    get("/sign-in", "visitor", pages.signInPage),
    post("/sign-in", "visitor", pages.signIn),
    post("/sign-out", "member", pages.signOut),
  ],
  strings,
})
