import { feature, get, post } from "../../feature.ts"
import * as sheet from "./pages/sheet.ts"
import { strings } from "./strings.ts"

export const grades = feature({
  name: "grades",
  core: true,
  needs: ["people", "classes", "school"],
  permissions: {
    "grades.see": {
      label: "Voir les notes de ses classes",
      roles: ["administrator", "head", "dean", "supervisor", "teacher", "form_teacher"],
    },
    "grades.enter": {
      label: "Saisir et verrouiller les notes de ses matières",
      roles: ["administrator", "dean", "teacher"],
    },
    "grades.enter_all": {
      label: "Saisir les notes de toutes les matières",
      roles: ["administrator", "dean"],
    },
  },
  routes: [
    get("/grades/:classSubject/:period", "grades.see", sheet.show),
    post("/grades/:classSubject/:period", "grades.enter", sheet.save),
    get("/grades/:classSubject/:period/cells", "grades.see", sheet.cells),
    post("/grades/:classSubject/:period/cells", "grades.enter", sheet.saveSome),
  ],
  strings,
})
