import { feature, get, post } from "../../feature.ts"
import * as pages from "./pages.ts"
import { strings } from "./strings.ts"

export const links = feature({
  name: "links",
  core: true,
  needs: ["people"],
  permissions: {
    "links.see": {
      label: "Voir, créer et fermer les liens envoyés aux familles",
      roles: ["administrator", "head", "dean", "secretary"],
    },
  },
  routes: [
    get("/students/:student/links", "links.see", pages.index),
    post("/students/:student/links", "links.see", pages.make, { once: true }),
    post("/students/:student/links/:pageLink/revoke", "links.see", pages.revoke),
  ],
  strings,
})
