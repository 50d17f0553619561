import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import * as cards from "./pages/cards.ts"
import * as check from "./pages/check.ts"
import * as papersPages from "./pages/papers.ts"
import * as students from "./pages/students.ts"
import * as templates from "./pages/templates.ts"
import { strings } from "./strings.ts"

const once = { once: true } as const

export const papers = feature({
  name: "papers",
  core: true,
  needs: ["people", "classes", "photos", "bulletins", "reenrolment"],
  permissions: {
    "papers.see": {
      label: "Voir le registre des certificats",
      roles: ["administrator", "head", "dean", "secretary"],
    },
    "papers.issue": {
      label: "Délivrer des certificats, des duplicatas et des cartes scolaires",
      roles: ["administrator", "head", "dean", "secretary"],
    },
    "papers.cancel": { label: "Annuler un certificat", roles: ["administrator", "head"] },
    "papers.templates": { label: "Changer le texte des certificats", roles: ["administrator", "head"] },
  },
  routes: [
    get("/students/:student/papers", "papers.see", students.show),
    post("/students/:student/papers", "papers.issue", students.issue, once),
    get("/students/:student/card", "papers.issue", cards.ofStudent),
    get("/classes/:class/cards", "papers.issue", cards.ofClass),
    get("/papers", "papers.see", papersPages.index),
    get("/papers/register", "papers.see", papersPages.register),
    get("/papers/templates", "papers.templates", templates.show),
    post("/papers/templates", "papers.templates", templates.save),
    get("/papers/templates/specimen", "papers.templates", templates.specimen),
    get("/papers/:paper", "papers.see", papersPages.show),
    get("/papers/:paper/pdf", "papers.issue", papersPages.pdf),
    post("/papers/:paper/duplicates", "papers.issue", papersPages.duplicate, once),
    get("/papers/:paper/cancel", "papers.cancel", papersPages.cancelPage),
    post("/papers/:paper/cancel", "papers.cancel", papersPages.cancel, once),
    get("/p", "visitor", check.ask),
    get("/b", "visitor", check.ask),
    get("/p/:paperCode", "visitor", check.paper),
    get("/c/:card", "visitor", check.card),
  ],
  menu: [{ area: "students", label: "papers.title", path: "/papers", access: "papers.see" }],
  personal: [
    holding({
      table: "paper",
      person: "student",
      column: "student_id",
      label: "Certificats délivrés",
      hidden: ["folded", "hash"],
      erasure: "keep",
      why: "Le registre des certificats délivrés doit rester complet et vérifiable.",
    }),
  ],
  strings,
})
