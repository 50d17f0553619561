import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import * as closing from "./pages/closing.ts"
import * as decide from "./pages/decide.ts"
import * as phrases from "./pages/phrases.ts"
import * as sessions from "./pages/sessions.ts"
import * as stage from "./pages/stage.ts"
import { strings } from "./strings.ts"

const once = { once: true } as const

export const council = feature({
  name: "council",
  core: true,
  needs: ["people", "grades"],
  permissions: {
    "council.see": {
      label: "Voir le conseil de ses classes, et y écrire les appréciations si l’on a ce droit",
      roles: ["administrator", "head", "dean", "supervisor", "teacher", "form_teacher"],
    },
    "council.run": {
      label: "Tenir un conseil de classe : décider, clore, et choisir les phrases de l’école",
      roles: ["administrator", "head", "dean"],
    },
  },
  routes: [
    get("/council", "council.see", sessions.index),
    get("/council/phrases", "council.run", phrases.list),
    post("/council/phrases", "council.run", phrases.add, once),
    get("/council/phrases/:phrase", "council.run", phrases.edit),
    post("/council/phrases/:phrase", "council.run", phrases.change),
    get("/council/choices", "council.run", phrases.choices),
    post("/council/choices", "council.run", phrases.changeChoices),
    get("/council/:class/:period", "council.see", sessions.show),
    post("/council/:class/:period", "council.run", sessions.save),
    get("/council/:class/:period/session", "council.see", stage.show),
    get("/council/:class/:period/session/:student", "council.see", stage.student),
    // without `council.run` only an appreciation, by who may write it in this class
    post("/council/:class/:period/session/:student", "council.see", decide.press),
    get("/council/:class/:period/follow", "council.run", decide.askFollow),
    post("/council/:class/:period/follow", "council.run", decide.follow),
    get("/council/:class/:period/close", "council.run", closing.ask),
    post("/council/:class/:period/close", "council.run", closing.close),
    post("/council/:class/:period/reopen", "council.run", sessions.reopen),
    get("/council/:class/:period/minutes", "council.see", closing.minutes),
  ],
  menu: [{ area: "grades", label: "council.title", path: "/council", access: "council.see" }],
  personal: [
    holding({
      table: "council_attendee",
      person: "staff",
      column: "staff_id",
      label: "Présence aux conseils de classe",
      erasure: "keep",
      why: "Le procès-verbal dit qui siégeait au conseil.",
    }),
  ],
  strings,
})
