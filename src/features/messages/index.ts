import { feature, get, post } from "../../feature.ts"
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
  strings,
})
