import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import * as arrivals from "./pages/arrivals.ts"
import * as consents from "./pages/consents.ts"
import * as enrolments from "./pages/enrolments.ts"
import * as guardians from "./pages/guardians.ts"
import * as guardianships from "./pages/guardianships.ts"
import * as siblings from "./pages/siblings.ts"
import * as staff from "./pages/staff.ts"
import * as students from "./pages/students.ts"
import { strings } from "./strings.ts"

const once = { once: true } as const

const SCHOOLING = "La scolarité de l’élève doit pouvoir être attestée après son départ."

export const people = feature({
  name: "people",
  core: true,
  permissions: {
    "people.see": {
      label: "Ouvrir les fiches des élèves",
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
    "people.all": {
      label: "Voir tous les élèves et toutes les classes",
      roles: ["administrator", "head", "dean", "supervisor", "secretary", "accountant"],
    },
    "people.own": { label: "Voir les élèves de ses classes", roles: ["teacher", "form_teacher"] },
    "people.change": {
      label: "Inscrire des élèves et modifier leurs fiches",
      roles: ["administrator", "head", "dean", "secretary"],
    },
    "people.matricule": {
      label: "Corriger un matricule déjà enregistré",
      roles: ["administrator", "head", "secretary"],
    },
    "people.guardians": {
      label: "Voir les tuteurs et leurs téléphones",
      roles: ["administrator", "head", "dean", "supervisor", "secretary", "accountant"],
    },
    "people.guardians_change": {
      label: "Modifier les tuteurs, leur accord pour les SMS et leurs liens",
      roles: ["administrator", "head", "dean", "secretary"],
    },
    "people.staff": {
      label: "Voir le personnel",
      roles: ["administrator", "head", "dean", "supervisor", "secretary", "accountant"],
    },
    "people.staff_change": {
      label: "Modifier les fiches du personnel",
      roles: ["administrator", "head", "secretary"],
    },
  },
  routes: [
    get("/students/new", "people.change", arrivals.newPage),
    post("/students/new", "people.change", arrivals.create, once),
    get("/students/:student", "people.see", students.show),
    get("/students/:student/edit", "people.change", students.editPage),
    post("/students/:student/edit", "people.change", students.change),
    get("/students/:student/history", "people.change", students.history),
    get("/students/:student/move", "people.change", enrolments.movePage),
    post("/students/:student/move", "people.change", enrolments.move, once),
    get("/students/:student/withdraw", "people.change", enrolments.withdrawPage),
    post("/students/:student/withdraw", "people.change", enrolments.withdraw, once),
    get("/students/:student/guardians/new", "people.guardians_change", guardianships.newPage),
    post("/students/:student/guardians/new", "people.guardians_change", guardianships.create, once),
    get("/students/:student/guardians/:guardian", "people.guardians_change", guardianships.linkPage),
    post("/students/:student/guardians/:guardian", "people.guardians_change", guardianships.link),
    post("/students/:student/guardians/:guardian/remove", "people.guardians_change", guardianships.unlink),
    get("/students/:student/consents", "people.guardians", consents.index),
    post("/students/:student/consents", "people.change", consents.create, once),
    get("/students/:student/family/:sibling", "people.guardians_change", siblings.confirmPage),
    post("/students/:student/family/:sibling", "people.guardians_change", siblings.join, once),
    post("/students/:student/family/:sibling/dismiss", "people.guardians_change", siblings.dismiss),
    get("/guardians", "people.guardians", guardians.index),
    get("/guardians/:guardian", "people.guardians", guardians.show),
    get("/guardians/:guardian/edit", "people.guardians_change", guardians.editPage),
    post("/guardians/:guardian/edit", "people.guardians_change", guardians.change),
    get("/guardians/:guardian/history", "people.guardians_change", guardians.history),
    get("/staff", "people.staff", staff.index),
    get("/staff/new", "people.staff_change", staff.newPage),
    post("/staff/new", "people.staff_change", staff.create, once),
    get("/staff/:staff", "people.staff", staff.show),
    get("/staff/:staff/edit", "people.staff_change", staff.editPage),
    post("/staff/:staff/edit", "people.staff_change", staff.change),
    post("/staff/:staff/active", "people.staff_change", staff.activate),
    get("/staff/:staff/history", "people.staff_change", staff.history),
  ],
  menu: [
    { area: "students", label: "people.guardians_list", path: "/guardians", access: "people.guardians" },
    { area: "school", label: "people.staff_list", path: "/staff", access: "people.staff" },
  ],
  personal: [
    holding({
      table: "enrolment",
      person: "student",
      column: "student_id",
      label: "Inscriptions",
      erasure: "keep",
      why: SCHOOLING,
    }),
    holding({
      table: "guardianship",
      person: "student",
      column: "student_id",
      key: ["guardian_id", "student_id"],
      label: "Liens avec les tuteurs",
      erasure: "delete",
    }),
    holding({
      table: "guardianship",
      person: "guardian",
      column: "guardian_id",
      key: ["guardian_id", "student_id"],
      label: "Liens avec les élèves",
      erasure: "delete",
    }),
    holding({
      table: "student_contact",
      person: "student",
      column: "student_id",
      label: "Contacts d’urgence",
      erasure: "delete",
    }),
    holding({
      table: "student_consent",
      person: "student",
      column: "student_id",
      label: "Autorisations données ou refusées",
      erasure: "delete",
    }),
    holding({
      table: "not_family",
      person: "student",
      column: "student_id",
      key: ["student_id", "other_student_id"],
      label: "Rapprochements écartés",
      hidden: ["other_student_id"],
      erasure: "delete",
    }),
    holding({
      table: "not_family",
      person: "student",
      column: "other_student_id",
      key: ["student_id", "other_student_id"],
      label: "Rapprochements écartés",
      hidden: ["student_id"],
      erasure: "delete",
    }),
  ],
  strings,
})
