import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import { settleDepartures } from "./jobs.ts"
import * as board from "./pages/board.ts"
import * as decisions from "./pages/decisions.ts"
import * as frame from "./pages/frame.ts"
import * as rehearsal from "./pages/rehearsal.ts"
import * as runs from "./pages/runs.ts"
import { strings } from "./strings.ts"

const once = { once: true } as const

const SCHOOLING = "La scolarité de l’élève doit pouvoir être attestée après son départ."

export const reenrolment = feature({
  name: "reenrolment",
  core: true,
  needs: ["people", "classes", "school", "grades", "enrolment"],
  permissions: {
    "reenrolment.see": {
      label: "Voir le passage en année supérieure et sa simulation",
      roles: ["administrator", "head", "dean", "secretary"],
    },
    "reenrolment.decide": {
      label: "Préparer le passage : décisions, destinations, classes de l’année suivante",
      roles: ["administrator", "head", "dean", "secretary"],
    },
    "reenrolment.run": {
      label: "Faire et annuler le passage en année supérieure",
      roles: ["administrator", "head", "dean"],
    },
  },
  routes: [
    get("/reenrolment", "reenrolment.see", board.index),
    post("/reenrolment/prepare", "reenrolment.decide", board.prepare),
    get("/reenrolment/paths", "reenrolment.see", frame.paths),
    post("/reenrolment/paths", "reenrolment.decide", frame.savePaths),
    get("/reenrolment/classes", "reenrolment.decide", frame.classes),
    post("/reenrolment/classes", "reenrolment.decide", frame.copyClasses, once),
    get("/reenrolment/rehearsal", "reenrolment.see", rehearsal.show),
    post("/reenrolment/run", "reenrolment.run", rehearsal.run, once),
    get("/reenrolment/runs/:reenrolmentRun", "reenrolment.see", runs.show),
    get("/reenrolment/runs/:reenrolmentRun/undo", "reenrolment.run", runs.undoPage),
    post("/reenrolment/runs/:reenrolmentRun/undo", "reenrolment.run", runs.undo, once),
    get("/reenrolment/:class", "reenrolment.see", decisions.show),
    post("/reenrolment/:class", "reenrolment.decide", decisions.save),
  ],
  menu: [{ area: "files", label: "reenrolment.title", path: "/reenrolment", access: "reenrolment.see" }],
  jobs: [
    // whoever leaves with the year leaves the night after its last day
    { name: "reenrolment.departures", when: "20 0 * * *", run: settleDepartures },
  ],
  personal: [
    holding({
      table: "reenrolment_result",
      person: "student",
      column: "student_id",
      key: ["student_id", "class_id"],
      label: "Résultats annuels lus pour le passage",
      erasure: "delete",
    }),
    holding({
      table: "reenrolment_choice",
      person: "student",
      column: "student_id",
      key: ["student_id", "school_year_id"],
      label: "Décisions de passage saisies",
      erasure: "delete",
    }),
    holding({
      table: "reenrolment_case",
      person: "student",
      column: "student_id",
      label: "Passages en année supérieure",
      erasure: "keep",
      why: SCHOOLING,
    }),
  ],
  strings,
})
