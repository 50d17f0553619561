import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import * as desk from "./pages/desk.ts"
import * as proposal from "./pages/proposal.ts"
import { strings } from "./strings.ts"

const once = { once: true } as const

const DESK = ["administrator", "head", "dean", "secretary"] as const
const LINES = { table: "correction_field", column: "correction_id", label: "Champs du signalement" } as const
const SENDINGS = {
  table: "correction_sending",
  column: "correction_id",
  label: "Envois du signalement",
} as const

export const corrections = feature({
  name: "corrections",
  needs: ["people", "families", "links", "messages", "enrolment"],
  permissions: {
    "corrections.propose": { label: "Signaler une erreur dans la fiche de son enfant", roles: ["parent"] },
    "corrections.see": { label: "Voir les erreurs signalées par les familles", roles: DESK },
    "corrections.decide": { label: "Accepter ou refuser ce que les familles corrigent", roles: DESK },
  },
  routes: [
    get("/family/:child/correction", "corrections.propose", proposal.account.show),
    post("/family/:child/correction", "corrections.propose", proposal.account.send, once),
    get("/e/:link/correction", "visitor", proposal.link.show),
    post("/e/:link/correction", "visitor", proposal.link.send, once),
    get("/corrections", "corrections.see", desk.index),
    get("/corrections/:correction", "corrections.see", desk.show),
    post("/corrections/:correction", "corrections.decide", desk.decideOn, once),
  ],
  menu: [{ area: "files", label: "corrections.title", path: "/corrections", access: "corrections.see" }],
  personal: [
    holding({
      table: "correction",
      person: "student",
      column: "student_id",
      label: "Erreurs signalées par la famille",
      hidden: ["waiting_key"],
      parts: [LINES, SENDINGS],
      erasure: "delete",
    }),
    holding({
      table: "correction",
      person: "guardian",
      column: "guardian_id",
      label: "Erreurs signalées",
      hidden: ["waiting_key"],
      parts: [LINES, SENDINGS],
      erasure: "delete",
    }),
    holding({
      table: "correction_sending",
      person: "guardian",
      column: "guardian_id",
      label: "Envois de signalements",
      erasure: "delete",
    }),
  ],
  strings,
})
