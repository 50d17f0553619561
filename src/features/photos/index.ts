import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import { sweep } from "./jobs.ts"
import * as classes from "./pages/classes.ts"
import * as staff from "./pages/staff.ts"
import * as students from "./pages/students.ts"
import { MOST_BYTES } from "./rules.ts"
import { strings } from "./strings.ts"

const once = { once: true } as const
const picture = { once: true, upload: { field: "photo", maxBytes: MOST_BYTES } } as const

export const photos = feature({
  name: "photos",
  core: true,
  needs: ["people", "classes"],
  permissions: {
    "photos.see": {
      label: "Voir les photos des élèves",
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
    "photos.change": {
      label: "Enregistrer et retirer les photos des élèves",
      roles: ["administrator", "head", "dean", "supervisor", "secretary"],
    },
    "photos.staff": {
      label: "Voir les photos du personnel",
      roles: ["administrator", "head", "dean", "supervisor", "secretary", "accountant"],
    },
    "photos.staff_change": {
      label: "Enregistrer et retirer les photos du personnel",
      roles: ["administrator", "head", "secretary"],
    },
  },
  routes: [
    get("/photos", "photos.see", classes.index),
    get("/classes/:class/photos", "photos.see", classes.show),
    get("/classes/:class/photos/print", "photos.see", classes.printed),
    get("/classes/:class/photos/take", "photos.change", classes.take),
    get("/students/:student/photo.jpg", "photos.see", students.picture),
    get("/students/:student/photo", "photos.change", students.show),
    post("/students/:student/photo", "photos.change", students.keep, picture),
    get("/students/:student/photo/remove", "photos.change", students.removePage),
    post("/students/:student/photo/remove", "photos.change", students.remove, once),
    post("/students/:student/photo/restore", "photos.change", students.restore, once),
    get("/staff/:staff/photo.jpg", "photos.staff", staff.picture),
    get("/staff/:staff/photo", "photos.staff_change", staff.show),
    post("/staff/:staff/photo", "photos.staff_change", staff.keep, picture),
    get("/staff/:staff/photo/remove", "photos.staff_change", staff.removePage),
    post("/staff/:staff/photo/remove", "photos.staff_change", staff.remove, once),
    post("/staff/:staff/photo/restore", "photos.staff_change", staff.restore, once),
  ],
  menu: [{ area: "students", label: "photos.title", path: "/photos", access: "photos.see" }],
  jobs: [{ name: "photos.sweep", when: "40 3 * * *", run: sweep }],
  personal: [
    holding({
      table: "photo",
      person: "student",
      column: "student_id",
      label: "Photo",
      file: "path",
      erasure: "delete",
    }),
    holding({
      table: "photo",
      person: "staff",
      column: "staff_id",
      label: "Photo",
      file: "path",
      erasure: "delete",
    }),
  ],
  strings,
})
