import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import * as list from "./pages/list.ts"
import * as merges from "./pages/merges.ts"
import { pairPages } from "./pages/pair.ts"
import { strings } from "./strings.ts"

const students = pairPages("student")
const guardians = pairPages("guardian")
const staff = pairPages("staff")

const DESK = ["administrator", "head", "secretary"] as const

const JOURNAL = { table: "merge_row", column: "merge_id", label: "Lignes de la fusion" } as const
const merged = (person: "student" | "guardian" | "staff") =>
  holding({
    table: "merge",
    person,
    column: `${person}_id`,
    label: "Fusions de fiches",
    parts: [JOURNAL],
    erasure: "delete",
  })

const ABSORBED = "Elle n’est plus montrée nulle part ; effacez-la avec la fiche qui la remplace."

export const doubles = feature({
  name: "doubles",
  core: true,
  needs: ["people", "classes", "accounts"],
  permissions: {
    "doubles.see": { label: "Voir les fiches qui font peut-être double emploi", roles: DESK },
    "doubles.merge": { label: "Fusionner deux fiches d’une personne, et l’annuler", roles: DESK },
  },
  routes: [
    get("/doubles", "doubles.see", list.index),
    get("/doubles/dismissed", "doubles.see", list.dismissed),
    get("/doubles/merges", "doubles.see", merges.index),
    get("/doubles/merges/:merge", "doubles.see", merges.show),
    post("/doubles/merges/:merge/undo", "doubles.merge", merges.undo),
    get("/doubles/students/:student/:twin", "doubles.see", students.show),
    post("/doubles/students/:student/:twin", "doubles.merge", students.merge),
    post("/doubles/students/:student/:twin/dismiss", "doubles.merge", students.dismiss),
    get("/doubles/guardians/:guardian/:otherGuardian", "doubles.see", guardians.show),
    post("/doubles/guardians/:guardian/:otherGuardian", "doubles.merge", guardians.merge),
    post("/doubles/guardians/:guardian/:otherGuardian/dismiss", "doubles.merge", guardians.dismiss),
    get("/doubles/staff/:staff/:otherStaff", "doubles.see", staff.show),
    post("/doubles/staff/:staff/:otherStaff", "doubles.merge", staff.merge),
    post("/doubles/staff/:staff/:otherStaff/dismiss", "doubles.merge", staff.dismiss),
  ],
  menu: [{ area: "files", label: "doubles.title", path: "/doubles", access: "doubles.see" }],
  personal: [
    merged("student"),
    merged("guardian"),
    merged("staff"),
    holding({
      table: "student",
      person: "student",
      column: "merged_into",
      label: "Fiches fusionnées avec celle-ci",
      hidden: ["folded", "sort_name"],
      erasure: "keep",
      why: ABSORBED,
    }),
    holding({
      table: "guardian",
      person: "guardian",
      column: "merged_into",
      label: "Fiches fusionnées avec celle-ci",
      hidden: ["folded"],
      erasure: "keep",
      why: ABSORBED,
    }),
    holding({
      table: "staff",
      person: "staff",
      column: "merged_into",
      label: "Fiches fusionnées avec celle-ci",
      hidden: ["folded"],
      erasure: "keep",
      why: ABSORBED,
    }),
  ],
  strings,
})
