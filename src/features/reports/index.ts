import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import * as averages from "./pages/averages.ts"
import * as check from "./pages/check.ts"
import * as honours from "./pages/honours.ts"
import * as index from "./pages/index.ts"
import * as signatures from "./pages/signatures.ts"
import * as statistics from "./pages/statistics.ts"
import * as students from "./pages/students.ts"
import { strings } from "./strings.ts"

const once = { once: true } as const

export const reports = feature({
  name: "reports",
  needs: ["people", "grades", "bulletins", "papers"],
  permissions: {
    "reports.see": {
      label: "Voir les statistiques, les tableaux d’honneur et les relevés de ses classes",
      roles: ["administrator", "head", "dean", "supervisor", "secretary", "form_teacher"],
    },
    "reports.issue": {
      label: "Délivrer relevés, livrets et diplômes ; établir les listes de moyennes des candidats",
      roles: ["administrator", "head", "dean", "secretary"],
    },
    "reports.sign": {
      label: "Signer les listes de moyennes annuelles des candidats",
      roles: ["head", "dean"],
    },
  },
  routes: [
    get("/reports", "reports.see", index.show),
    get("/reports/statistics", "reports.see", statistics.show),
    get("/reports/statistics/file", "reports.see", statistics.file),
    get("/reports/statistics/:class/:period", "reports.see", statistics.ofClass),
    get("/reports/honours", "reports.see", honours.show),
    get("/reports/honours/file", "reports.see", honours.file),
    get("/reports/honours/:class/:period/diplomas", "reports.issue", honours.diplomas),
    post("/reports/honours/:class/:period/diplomas", "reports.issue", honours.issue, once),
    get("/reports/honours/:class/:period/diplomas/file", "reports.issue", honours.diplomasFile),
    get("/reports/students/:student", "reports.see", students.show),
    post("/reports/students/:student/transcript", "reports.issue", students.transcript, once),
    post("/reports/students/:student/booklet", "reports.issue", students.booklet, once),
    get("/reports/averages", "reports.issue", averages.index),
    post("/reports/averages", "reports.issue", averages.create, once),
    get("/reports/averages/new", "reports.issue", averages.fresh),
    get("/reports/averages/:averageList", "reports.issue", averages.show),
    get("/reports/averages/:averageList/file", "reports.issue", signatures.file),
    get("/reports/averages/:averageList/sign", "reports.sign", signatures.ask),
    post("/reports/averages/:averageList/sign", "reports.sign", signatures.sign, once),
    post("/reports/averages/:averageList/replace", "reports.issue", averages.replace, once),
    post("/reports/averages/:averageList/drop", "reports.issue", averages.drop, once),
    get("/r/:listCode", "visitor", check.list),
  ],
  menu: [{ area: "grades", label: "reports.title", path: "/reports", access: "reports.see" }],
  personal: [
    holding({
      table: "average_list_line",
      person: "student",
      column: "student_id",
      key: ["list_id", "position"],
      label: "Listes de moyennes annuelles des examens",
      erasure: "keep",
      why: "Une liste signée pour un examen doit pouvoir être vérifiée.",
    }),
  ],
  strings,
})
