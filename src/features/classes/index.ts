import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import * as pages from "./pages/classes.ts"
import * as classSubjects from "./pages/classSubjects.ts"
import * as coefficients from "./pages/coefficients.ts"
import * as naming from "./pages/naming.ts"
import * as subjects from "./pages/subjects.ts"
import { strings } from "./strings.ts"

const once = { once: true } as const

export const classes = feature({
  name: "classes",
  core: true,
  needs: ["people"],
  permissions: {
    "classes.see": {
      label: "Voir les classes et leurs listes",
      roles: [
        "administrator",
        "head",
        "dean",
        "supervisor",
        "secretary",
        "accountant",
        "teacher",
        "form_teacher",
      ],
    },
    "classes.change": {
      label: "Créer, modifier et supprimer des classes",
      roles: ["administrator", "head", "dean", "secretary"],
    },
    "classes.tables": {
      label: "Voir les matières, les coefficients et les niveaux",
      roles: ["administrator", "head", "dean", "secretary"],
    },
    "classes.coefficients": {
      label: "Changer les matières, les coefficients et les professeurs des classes",
      roles: ["administrator", "head", "dean"],
    },
  },
  routes: [
    get("/classes", "classes.see", pages.index),
    get("/classes/new", "classes.change", pages.newPage),
    post("/classes/new", "classes.change", pages.create, once),
    get("/classes/:class", "classes.see", pages.show),
    get("/classes/:class/list", "classes.see", pages.printed),
    get("/classes/:class/edit", "classes.change", pages.editPage),
    post("/classes/:class/edit", "classes.change", pages.change),
    get("/classes/:class/delete", "classes.change", pages.deletePage),
    post("/classes/:class/delete", "classes.change", pages.remove, once),
    get("/classes/:class/subjects", "classes.see", classSubjects.show),
    post("/classes/:class/subjects", "classes.coefficients", classSubjects.change),
    post("/classes/:class/subjects/add", "classes.coefficients", classSubjects.add),
    get("/classes/:class/subjects/template", "classes.coefficients", classSubjects.templatePage),
    post("/classes/:class/subjects/template", "classes.coefficients", classSubjects.copyTemplate),
    get("/classes/:class/subjects/:classSubject/remove", "classes.coefficients", classSubjects.removePage),
    post("/classes/:class/subjects/:classSubject/remove", "classes.coefficients", classSubjects.remove, once),
    get("/subjects", "classes.tables", subjects.index),
    get("/subjects/new", "classes.coefficients", subjects.newPage),
    post("/subjects/new", "classes.coefficients", subjects.create, once),
    get("/subjects/:subject/edit", "classes.coefficients", subjects.editPage),
    post("/subjects/:subject/edit", "classes.coefficients", subjects.change),
    get("/coefficients", "classes.tables", coefficients.index),
    post("/coefficients", "classes.coefficients", coefficients.save),
    post("/coefficients/copy", "classes.coefficients", coefficients.copy, once),
    get("/levels", "classes.tables", naming.index),
    post("/levels", "classes.coefficients", naming.level),
    post("/levels/series", "classes.coefficients", naming.series),
    post("/levels/aliases", "classes.coefficients", naming.alias),
    post("/levels/aliases/remove", "classes.coefficients", naming.forgetAlias),
  ],
  menu: [
    { area: "school", label: "classes.tables_title", path: "/subjects", access: "classes.tables" },
    { area: "students", label: "classes.title", path: "/classes", access: "classes.see" },
  ],
  personal: [
    holding({
      table: "class",
      person: "staff",
      column: "form_teacher_id",
      label: "Classes dirigées",
      hidden: ["folded"],
      erasure: "unset",
    }),
    holding({
      table: "class_subject",
      person: "staff",
      column: "teacher_id",
      label: "Matières enseignées",
      erasure: "unset",
    }),
  ],
  strings,
})
