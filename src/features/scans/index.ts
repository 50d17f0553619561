import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import { sweep } from "./jobs.ts"
import * as staff from "./pages/staff.ts"
import * as students from "./pages/students.ts"
import { MOST_BYTES } from "./rules.ts"
import { strings } from "./strings.ts"

const once = { once: true } as const
const file = { once: true, upload: { field: "file", maxBytes: MOST_BYTES } } as const

export const scans = feature({
  name: "scans",
  needs: ["people", "classes", "enrolment"],
  permissions: {
    "scans.see": {
      label: "Voir les pièces numérisées des élèves",
      roles: ["administrator", "head", "dean", "secretary"],
    },
    "scans.change": {
      label: "Ajouter et supprimer les pièces numérisées des élèves",
      roles: ["administrator", "head", "dean", "secretary"],
    },
    "scans.staff": {
      label: "Voir, ajouter et supprimer les pièces numérisées du personnel",
      roles: ["administrator", "head", "secretary"],
    },
  },
  routes: [
    get("/students/:student/scans", "scans.see", students.index),
    post("/students/:student/scans", "scans.change", students.add, file),
    get("/scans/:scan", "scans.see", students.open),
    get("/scans/:scan/delete", "scans.change", students.deletePage),
    post("/scans/:scan/delete", "scans.change", students.remove, once),
    post("/scans/:scan/restore", "scans.change", students.restore, once),
    get("/staff/:staff/scans", "scans.staff", staff.index),
    post("/staff/:staff/scans", "scans.staff", staff.add, file),
    get("/staff/:staff/scans/:staffScan", "scans.staff", staff.open),
    get("/staff/:staff/scans/:staffScan/delete", "scans.staff", staff.deletePage),
    post("/staff/:staff/scans/:staffScan/delete", "scans.staff", staff.remove, once),
    post("/staff/:staff/scans/:staffScan/restore", "scans.staff", staff.restore, once),
  ],
  jobs: [{ name: "scans.sweep", when: "50 3 * * *", run: sweep }],
  personal: [
    holding({
      table: "scan",
      person: "student",
      column: "student_id",
      label: "Pièces numérisées",
      file: "path",
      erasure: "delete",
    }),
    holding({
      table: "scan",
      person: "staff",
      column: "staff_id",
      label: "Pièces numérisées",
      file: "path",
      erasure: "delete",
    }),
  ],
  strings,
})
