import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import * as places from "./pages/places.ts"
import * as runs from "./pages/runs.ts"
import { strings } from "./strings.ts"

const once = { once: true } as const

export const placement = feature({
  name: "placement",
  core: true,
  needs: ["people", "classes"],
  permissions: {
    "placement.change": {
      label: "Partager une classe en plusieurs, ou en réunir",
      roles: ["administrator", "head", "dean", "secretary"],
    },
  },
  routes: [
    get("/placement/runs/:placementRun", "placement.change", runs.show),
    get("/placement/runs/:placementRun/undo", "placement.change", runs.undoPage),
    post("/placement/runs/:placementRun/undo", "placement.change", runs.undo, once),
    get("/placement/:class", "placement.change", places.index),
    get("/placement/:class/split", "placement.change", places.splitPage),
    post("/placement/:class/split", "placement.change", places.split, once),
    get("/placement/:class/merge", "placement.change", places.mergePage),
    post("/placement/:class/merge", "placement.change", places.merge, once),
  ],
  personal: [
    holding({
      table: "placement_move",
      person: "student",
      column: "student_id",
      label: "Classes partagées ou réunies",
      erasure: "keep",
      why: "La scolarité de l’élève doit pouvoir être attestée après son départ.",
    }),
  ],
  strings,
})
