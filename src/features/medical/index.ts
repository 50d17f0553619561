import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import * as looks from "./pages/looks.ts"
import * as notes from "./pages/notes.ts"
import { strings } from "./strings.ts"

const once = { once: true } as const

/**
 * The head answers for the notes; the supervisor meets the sick child and takes the certificate from the parent's
 * hand, so both see and write. Whoever keeps the computers or the files of enrolment needs neither.
 */
const CARERS = ["head", "supervisor"] as const

const ABOUT = { person: "student", column: "student_id", erasure: "delete" } as const

export const medical = feature({
  name: "medical",
  needs: ["people"],
  permissions: {
    "medical.see": {
      label: "Ouvrir les notes de santé des élèves et lire qui les a ouvertes",
      roles: CARERS,
    },
    "medical.change": { label: "Écrire les notes de santé", roles: CARERS },
    "medical.instructions": {
      label: "Lire les consignes d’urgence de ses élèves, quand elles sont montrées aux professeurs",
      roles: [...CARERS, "teacher", "form_teacher"],
    },
  },
  routes: [
    get("/students/:student/medical", "medical.see", notes.show),
    get("/students/:student/medical/edit", "medical.change", notes.editPage),
    post("/students/:student/medical/edit", "medical.change", notes.change),
    get("/students/:student/medical/versions", "medical.see", notes.versions),
    post("/students/:student/medical/measures", "medical.change", notes.measure, once),
    post("/students/:student/medical/measures/remove", "medical.change", notes.unmeasure),
    get("/students/:student/medical/looks", "medical.see", looks.ofStudent),
    post("/students/:student/medical/looks", "medical.see", looks.open),
    get("/medical/looks", "medical.see", looks.register),
    get("/medical/instructions", "medical.instructions", looks.instructions),
  ],
  menu: [
    {
      area: "students",
      label: "medical.instructions",
      path: "/medical/instructions",
      access: "medical.instructions",
    },
    { area: "settings", label: "medical.looks", path: "/medical/looks", access: "medical.see" },
  ],
  personal: [
    holding({ ...ABOUT, table: "medical_note", key: ["student_id"], label: "Notes de santé" }),
    holding({
      ...ABOUT,
      table: "medical_version",
      key: ["student_id", "version"],
      label: "Notes de santé, états successifs",
    }),
    holding({ ...ABOUT, table: "medical_measure", label: "Poids et taille" }),
    holding({
      ...ABOUT,
      table: "medical_look",
      label: "Consultations des notes de santé",
      hidden: ["session"],
    }),
  ],
  strings,
})
