import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import * as pages from "./pages.ts"
import { strings } from "./strings.ts"

const OPENINGS = {
  table: "page_link_opening",
  column: "page_link_id",
  label: "Ouvertures de la page",
} as const

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
  personal: [
    holding({
      table: "page_link",
      person: "student",
      column: "student_id",
      label: "Liens envoyés à la famille",
      hidden: ["first_browser"],
      parts: [OPENINGS],
      erasure: "delete",
    }),
    holding({
      table: "page_link",
      person: "guardian",
      column: "guardian_id",
      label: "Liens reçus",
      hidden: ["first_browser"],
      parts: [OPENINGS],
      erasure: "delete",
    }),
  ],
  strings,
})
