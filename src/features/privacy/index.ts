import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import { purge, tellDue } from "./jobs.ts"
import * as consents from "./pages/consents.ts"
import * as erasure from "./pages/erasure.ts"
import { pagesAbout } from "./pages/held.ts"
import * as kept from "./pages/kept.ts"
import * as policy from "./pages/policy.ts"
import * as register from "./pages/register.ts"
import * as settings from "./pages/settings.ts"
import { strings } from "./strings.ts"

const once = { once: true } as const

const [student, guardian, staff] = [pagesAbout("student"), pagesAbout("guardian"), pagesAbout("staff")]

export const privacy = feature({
  name: "privacy",
  core: true,
  needs: ["people", "accounts", "medical"],
  permissions: {
    // the secretary answers the family that asks what the school holds about a child
    "privacy.see": {
      label: "Voir et donner à une personne tout ce que l’école détient sur elle ; voir les accords",
      roles: ["administrator", "head", "secretary"],
    },
    "privacy.erase": { label: "Effacer des personnes", roles: ["head"] },
    "privacy.register": {
      label: "Tenir le registre des traitements, les durées de conservation et les contacts",
      roles: ["administrator", "head"],
    },
    "privacy.kept": { label: "Voir l’identité gardée des élèves effacés", roles: ["head"] },
  },
  routes: [
    get("/students/:student/data", "privacy.see", student.show),
    post("/students/:student/data", "privacy.see", student.create),
    get("/students/:student/data/export", "privacy.see", student.file),
    get("/students/:student/data/file", "privacy.see", student.attachment),
    get("/guardians/:guardian/data", "privacy.see", guardian.show),
    post("/guardians/:guardian/data", "privacy.see", guardian.create),
    get("/guardians/:guardian/data/export", "privacy.see", guardian.file),
    get("/guardians/:guardian/data/file", "privacy.see", guardian.attachment),
    get("/staff/:staff/data", "privacy.see", staff.show),
    post("/staff/:staff/data", "privacy.see", staff.create),
    get("/staff/:staff/data/export", "privacy.see", staff.file),
    get("/staff/:staff/data/file", "privacy.see", staff.attachment),
    get("/privacy", "privacy.see", settings.overview),
    get("/privacy/settings", "privacy.register", settings.show),
    post("/privacy/settings", "privacy.register", settings.change),
    get("/privacy/consents", "privacy.see", consents.index),
    post("/privacy/consents/export", "privacy.see", consents.create),
    get("/privacy/consents/file", "privacy.see", consents.file),
    get("/privacy/consents/slips", "privacy.see", consents.slips),
    get("/privacy/erasure", "privacy.erase", erasure.index),
    get("/privacy/erasure/rehearsal", "privacy.erase", erasure.rehearsal),
    post("/privacy/erasure", "privacy.erase", erasure.run, once),
    post("/privacy/erasure/applications", "privacy.erase", erasure.applications, once),
    get("/privacy/kept", "privacy.kept", kept.index),
    get("/privacy/kept/:kept", "privacy.kept", kept.show),
    get("/privacy/register", "privacy.register", register.index),
    get("/privacy/register/print", "privacy.register", register.print),
    get("/privacy/register/new", "privacy.register", register.newPage),
    post("/privacy/register/new", "privacy.register", register.create, once),
    get("/privacy/register/:processing", "privacy.register", register.editPage),
    post("/privacy/register/:processing", "privacy.register", register.change),
    post("/privacy/register/:processing/remove", "privacy.register", register.remove),
    get("/privacy-policy", "visitor", policy.show),
  ],
  menu: [{ area: "school", label: "privacy.title", path: "/privacy", access: "privacy.see" }],
  jobs: [
    { name: "privacy.purge", when: "40 3 * * *", run: purge },
    { name: "privacy.due", when: "10 4 1 * *", run: tellDue },
  ],
  personal: [
    holding({
      table: "kept_record",
      person: "student",
      column: "student_id",
      label: "Identité gardée",
      hidden: ["folded"],
      erasure: "keep",
      why: "L’identité civile doit permettre d’attester la scolarité après l’effacement.",
    }),
  ],
  strings,
})
