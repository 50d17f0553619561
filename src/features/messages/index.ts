import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import { deliver } from "./jobs.ts"
import * as pages from "./pages.ts"
import { strings } from "./strings.ts"

export const messages = feature({
  name: "messages",
  core: true,
  needs: ["people"],
  permissions: {
    "messages.see": {
      label: "Lire le journal des SMS",
      roles: ["administrator", "head", "dean", "secretary"],
    },
    "messages.cancel": { label: "Arrêter un SMS qui attend", roles: ["administrator", "head", "secretary"] },
  },
  routes: [
    get("/messages", "messages.see", pages.index),
    post("/messages/:message/cancel", "messages.cancel", pages.cancel),
  ],
  menu: [{ area: "messages", label: "messages.title", path: "/messages", access: "messages.see" }],
  jobs: [{ name: "messages.deliver", when: "* * * * *", run: (school, now) => deliver(school, now) }],
  personal: [
    holding({
      table: "outbox",
      person: "student",
      column: "student_id",
      label: "Messages au sujet de l’élève",
      hidden: ["unique_key"],
      erasure: "delete",
    }),
    holding({
      table: "outbox",
      person: "guardian",
      column: "guardian_id",
      label: "Messages reçus",
      hidden: ["unique_key"],
      erasure: "delete",
    }),
  ],
  strings,
})
