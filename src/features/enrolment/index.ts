import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import * as apply from "./pages/apply.ts"
import * as board from "./pages/board.ts"
import * as desk from "./pages/desk.ts"
import * as file from "./pages/file.ts"
import * as settings from "./pages/settings.ts"
import * as steps from "./pages/steps.ts"
import { strings } from "./strings.ts"

const once = { once: true } as const

export const enrolment = feature({
  name: "enrolment",
  core: true,
  needs: ["people", "classes", "messages", "school", "accounts"],
  permissions: {
    "enrolment.see": {
      label: "Voir les dossiers d’inscription",
      roles: ["administrator", "head", "dean", "secretary", "accountant"],
    },
    "enrolment.desk": {
      label: "Ouvrir des dossiers d’inscription et les mener jusqu’à l’élève actif",
      roles: ["administrator", "head", "dean", "secretary"],
    },
    "enrolment.check": {
      label: "Contrôler un dossier d’inscription",
      roles: ["administrator", "head", "dean", "secretary"],
    },
    "enrolment.settings": {
      label: "Régler les inscriptions : demandes en ligne, pièces, droits, numéros",
      roles: ["administrator", "head"],
    },
  },
  routes: [
    get("/apply", "visitor", apply.show),
    post("/apply", "visitor", apply.send, once),
    get("/apply/follow", "visitor", apply.follow),
    get("/apply/:applicationCode", "visitor", apply.state),
    get("/enrolment", "enrolment.see", board.index),
    get("/enrolment/new", "enrolment.desk", desk.newPage),
    post("/enrolment/new", "enrolment.desk", desk.create, once),
    get("/enrolment/settings", "enrolment.settings", settings.show),
    post("/enrolment/settings", "enrolment.settings", settings.change),
    get("/enrolment/settings/documents", "enrolment.settings", settings.documents),
    post("/enrolment/settings/documents", "enrolment.settings", settings.changeList, once),
    get("/enrolment/settings/fees", "enrolment.settings", settings.fees),
    post("/enrolment/settings/fees", "enrolment.settings", settings.changeAmounts),
    get("/enrolment/:application", "enrolment.see", file.show),
    get("/enrolment/:application/paper", "enrolment.see", file.paper),
    get("/enrolment/:application/edit", "enrolment.desk", desk.editPage),
    post("/enrolment/:application/edit", "enrolment.desk", desk.change, once),
    post("/enrolment/:application/documents", "enrolment.desk", steps.documents, once),
    post("/enrolment/:application/check", "enrolment.check", steps.check, once),
    post("/enrolment/:application/number", "enrolment.desk", steps.number, once),
    post("/enrolment/:application/activate", "enrolment.desk", steps.activate, once),
    get("/enrolment/:application/end", "enrolment.desk", steps.endPage),
    post("/enrolment/:application/end", "enrolment.desk", steps.end, once),
    post("/enrolment/:application/reopen", "enrolment.desk", steps.reopen, once),
    post("/enrolment/:application/undo", "enrolment.desk", steps.undo, once),
  ],
  menu: [{ area: "files", label: "enrolment.title", path: "/enrolment", access: "enrolment.see" }],
  personal: [
    holding({
      table: "application",
      person: "student",
      column: "student_id",
      label: "Dossiers d’inscription",
      hidden: ["folded", "sort_name", "code"],
      parts: [
        { table: "application_guardian", column: "application_id", label: "Tuteurs du dossier" },
        { table: "application_document", column: "application_id", label: "Pièces du dossier" },
        { table: "application_event", column: "application_id", label: "Étapes du dossier" },
      ],
      erasure: "delete",
    }),
  ],
  strings,
})
