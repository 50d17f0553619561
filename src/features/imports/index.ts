import { feature, get, post } from "../../feature.ts"
import * as choices from "./pages/choices.ts"
import * as commits from "./pages/commit.ts"
import { decide, decidePage, replace } from "./pages/decide.ts"
import * as lines from "./pages/lines.ts"
import { index } from "./pages/list.ts"
import { report } from "./pages/report.ts"
import { show } from "./pages/show.ts"
import * as undoing from "./pages/undo.ts"
import * as uploads from "./pages/upload.ts"
import { strings } from "./strings.ts"

const once = { once: true } as const

export const imports = feature({
  name: "imports",
  needs: ["people", "classes", "grades"],
  permissions: {
    "imports.see": {
      label: "Voir ses imports et leurs rapports",
      roles: ["administrator", "head", "dean", "secretary", "teacher"],
    },
    "imports.all": {
      label: "Voir les imports de tout le monde",
      roles: ["administrator", "head", "dean", "secretary"],
    },
    "imports.make": {
      label: "Importer des élèves et des tuteurs",
      roles: ["administrator", "head", "dean", "secretary"],
    },
    "imports.marks": {
      label: "Importer les notes des matières où l’on saisit",
      roles: ["administrator", "head", "dean", "secretary", "teacher"],
    },
    "imports.marks_all": {
      label: "Importer les notes de toutes les matières",
      roles: ["administrator", "head", "dean", "secretary"],
    },
  },
  routes: [
    get("/imports", "imports.see", index),
    get("/imports/new", "imports.see", uploads.newPage),
    post("/imports/new", "imports.see", uploads.create, uploads.upload),
    get("/imports/template", "imports.see", uploads.template),
    get("/imports/:import", "imports.see", show),
    get("/imports/:import/choices", "imports.see", choices.choicesPage),
    post("/imports/:import/choices", "imports.see", choices.choose),
    get("/imports/:import/line", "imports.see", lines.linePage),
    post("/imports/:import/line", "imports.see", lines.answer),
    get("/imports/:import/decide", "imports.see", decidePage),
    post("/imports/:import/decide", "imports.see", decide),
    post("/imports/:import/replace", "imports.see", replace),
    get("/imports/:import/commit", "imports.see", commits.commitPage),
    post("/imports/:import/commit", "imports.see", commits.commit, once),
    post("/imports/:import/discard", "imports.see", commits.discard),
    get("/imports/:import/report", "imports.see", report),
    get("/imports/:import/undo", "imports.see", undoing.undoPage),
    post("/imports/:import/undo", "imports.see", undoing.undo, once),
  ],
  menu: [{ area: "files", label: "imports.title", path: "/imports", access: "imports.see" }],
  strings,
})
