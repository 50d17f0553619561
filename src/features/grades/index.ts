import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import * as assessments from "./pages/assessments.ts"
import * as averages from "./pages/averages.ts"
import * as exemptions from "./pages/exemptions.ts"
import * as explain from "./pages/explain.ts"
import * as history from "./pages/history.ts"
import * as overview from "./pages/overview.ts"
import * as paper from "./pages/paper.ts"
import * as profile from "./pages/profile.ts"
import * as profileEdit from "./pages/profileEdit.ts"
import * as remarks from "./pages/remarks.ts"
import * as sheet from "./pages/sheet.ts"
import * as states from "./pages/states.ts"
import * as students from "./pages/students.ts"
import { strings } from "./strings.ts"

const SCHOOLING = "Les résultats doivent pouvoir être attestés après le départ de l’élève."

export const grades = feature({
  name: "grades",
  core: true,
  needs: ["people"],
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
      label: "Saisir et verrouiller les notes de toutes les matières",
      roles: ["administrator", "dean"],
    },
    "grades.unlock": {
      label: "Déverrouiller une matière, avec un motif",
      roles: ["administrator", "dean"],
    },
    "grades.correct": {
      label: "Corriger une note contrôlée ou publiée, avec un motif",
      roles: ["administrator", "head", "dean"],
    },
    "grades.exempt": {
      label: "Dispenser un élève d’une matière",
      roles: ["administrator", "dean", "supervisor"],
    },
    "grades.conduct": {
      label: "Noter la conduite, les absences et les retards de ses classes",
      roles: ["administrator", "head", "dean", "supervisor", "form_teacher"],
    },
    "grades.appreciation": {
      label: "Écrire l’appréciation générale des élèves de ses classes",
      roles: ["administrator", "head", "dean", "form_teacher"],
    },
    "grades.profile": {
      label: "Voir et choisir le barème",
      roles: ["administrator", "head", "dean"],
    },
  },
  routes: [
    get("/grades", "grades.see", overview.index),
    get("/grading", "grades.profile", profile.show),
    post("/grading", "grades.profile", profile.choose, { once: true }),
    get("/grading/edit", "grades.profile", profileEdit.show),
    post("/grading/edit", "grades.profile", profileEdit.save, { once: true }),
    get("/grades/assessments/:assessment", "grades.enter", assessments.edit),
    post("/grades/assessments/:assessment", "grades.enter", assessments.update),
    get("/grades/assessments/:assessment/delete", "grades.enter", assessments.askDelete),
    post("/grades/assessments/:assessment/delete", "grades.enter", assessments.remove, { once: true }),
    get("/grades/marks/:assessment/:student", "grades.see", history.show),
    post("/grades/marks/:assessment/:student", "grades.correct", history.correct),
    get("/grades/explain/:classSubject/:period/:student", "grades.see", explain.subject),
    get("/grades/:classSubject/:period", "grades.see", sheet.show),
    post("/grades/:classSubject/:period", "grades.enter", sheet.save),
    get("/grades/:classSubject/:period/paper", "grades.see", paper.print),
    get("/grades/:classSubject/:period/marks.xlsx", "grades.see", paper.workbook),
    get("/grades/:classSubject/:period/cells", "grades.see", sheet.cells),
    post("/grades/:classSubject/:period/cells", "grades.enter", sheet.saveSome),
    get("/grades/:classSubject/:period/assessments/new", "grades.enter", assessments.fresh),
    post("/grades/:classSubject/:period/assessments", "grades.enter", assessments.create, { once: true }),
    get("/grades/:classSubject/:period/lock", "grades.enter", states.askLock),
    post("/grades/:classSubject/:period/lock", "grades.enter", states.lock, { once: true }),
    get("/grades/:classSubject/:period/unlock", "grades.unlock", states.askUnlock),
    post("/grades/:classSubject/:period/unlock", "grades.unlock", states.unlock),
    get("/grades/:classSubject/:period/exemptions", "grades.see", exemptions.show),
    post("/grades/:classSubject/:period/exemptions", "grades.exempt", exemptions.create, { once: true }),
    post("/grades/:classSubject/:period/exemptions/:student/end", "grades.exempt", exemptions.end),
    get("/grades/:classSubject/:period/remarks", "grades.see", remarks.show),
    post("/grades/:classSubject/:period/remarks", "grades.enter", remarks.save),
    get("/grades/:class/:period/students", "grades.see", students.show),
    post("/grades/:class/:period/students", "grades.conduct", students.save),
    get("/grades/:class/:period/averages", "grades.see", averages.table),
    get("/grades/:class/:period/averages/:student", "grades.see", averages.student),
  ],
  menu: [
    { area: "grades", label: "grades.title", path: "/grades", access: "grades.see" },
    { area: "settings", label: "grades.profile", path: "/grading", access: "grades.profile" },
  ],
  personal: [
    holding({
      table: "mark",
      person: "student",
      column: "student_id",
      key: ["assessment_id", "student_id"],
      label: "Notes",
      erasure: "keep",
      why: SCHOOLING,
    }),
    holding({
      table: "student_period",
      person: "student",
      column: "student_id",
      key: ["student_id", "class_id", "period_id"],
      label: "Conduite, absences et appréciations",
      erasure: "keep",
      why: SCHOOLING,
    }),
    holding({
      table: "exemption",
      person: "student",
      column: "student_id",
      key: ["student_id", "class_subject_id", "period_id"],
      label: "Dispenses",
      erasure: "delete",
    }),
    holding({
      table: "subject_remark",
      person: "student",
      column: "student_id",
      key: ["student_id", "class_subject_id", "period_id"],
      label: "Appréciations par matière",
      erasure: "keep",
      why: SCHOOLING,
    }),
  ],
  strings,
})
