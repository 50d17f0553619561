import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import { runBatches } from "./batches.ts"
import { makeFiles } from "./files.ts"
import { publishMonthly } from "./jobs.ts"
import * as batches from "./pages/batches.ts"
import * as check from "./pages/check.ts"
import * as duplicates from "./pages/duplicates.ts"
import * as files from "./pages/files.ts"
import * as models from "./pages/models.ts"
import * as pages from "./pages/periods.ts"
import { release } from "./release.ts"
import { strings } from "./strings.ts"

export const bulletins = feature({
  name: "bulletins",
  core: true,
  needs: ["grades", "people", "photos", "links", "messages"],
  permissions: {
    "bulletins.see": {
      label: "Voir où en sont les bulletins, les ouvrir et les imprimer",
      roles: ["administrator", "head", "dean", "secretary", "form_teacher"],
    },
    "bulletins.check": { label: "Contrôler une période", roles: ["administrator", "head", "dean"] },
    "bulletins.publish": { label: "Publier les bulletins", roles: ["administrator", "head"] },
    "bulletins.model": {
      label: "Choisir ce que disent les bulletins",
      roles: ["administrator", "head", "dean"],
    },
    "bulletins.duplicate": {
      label: "Délivrer un duplicata d’un bulletin",
      roles: ["administrator", "head", "dean", "secretary"],
    },
  },
  routes: [
    get("/bulletins", "bulletins.see", pages.index),
    get("/bulletins/batches", "bulletins.publish", batches.index),
    post("/bulletins/batches", "bulletins.publish", batches.start, { once: true }),
    post("/bulletins/batches/schedule", "bulletins.publish", batches.schedule),
    get("/bulletins/batches/:batch", "bulletins.publish", batches.show),
    post("/bulletins/batches/:batch/cancel", "bulletins.publish", batches.cancel),
    get("/bulletins/models", "bulletins.model", models.edit),
    post("/bulletins/models", "bulletins.model", models.save, { once: true }),
    post("/bulletins/models/inherit", "bulletins.model", models.inherit, { once: true }),
    get("/bulletins/models/preview.svg", "bulletins.model", models.picture),
    get("/bulletins/models/preview.pdf", "bulletins.model", models.paper),
    get("/bulletins/:class/:period", "bulletins.see", pages.show),
    post("/bulletins/:class/:period/check", "bulletins.check", pages.check),
    post("/bulletins/:class/:period/uncheck", "bulletins.check", pages.uncheck),
    get("/bulletins/:class/:period/publish", "bulletins.publish", pages.confirm),
    post("/bulletins/:class/:period/publish", "bulletins.publish", pages.publishPeriod, { once: true }),
    post("/bulletins/:class/:period/files", "bulletins.see", files.ask, { once: true }),
    get("/bulletin-files/:bulletinFile", "bulletins.see", files.show),
    get("/bulletin/:bulletin", "bulletins.see", files.student),
    get("/bulletin/:bulletin/duplicate", "bulletins.duplicate", duplicates.show),
    post("/bulletin/:bulletin/duplicate", "bulletins.duplicate", duplicates.make, { once: true }),
    get("/bulletin-duplicates/:duplicate", "bulletins.duplicate", duplicates.paper),
    get("/b/:code", "visitor", check.show),
  ],
  menu: [{ area: "grades", label: "bulletins.title", path: "/bulletins", access: "bulletins.see" }],
  jobs: [
    {
      name: "bulletins.files",
      when: "* * * * *",
      run: async (school, now) => `${await makeFiles(school, now)} fichiers faits`,
    },
    {
      name: "bulletins.release",
      when: "* * * * *",
      run: async (school, now) => `${await release(school, now)} SMS écrits`,
    },
    {
      name: "bulletins.batches",
      when: "* * * * *",
      run: async (school, now) => `${await runBatches(school, now)} classes publiées`,
    },
    { name: "bulletins.monthly", when: "0 6 * * *", run: publishMonthly },
  ],
  personal: [
    holding({
      table: "bulletin",
      person: "student",
      column: "student_id",
      label: "Bulletins publiés",
      hidden: ["hash"],
      erasure: "keep",
      why: "Un bulletin publié doit pouvoir être vérifié.",
    }),
    holding({
      table: "bulletin_file",
      person: "student",
      column: "student_id",
      label: "Fichiers de bulletins",
      file: "path",
      erasure: "delete",
    }),
  ],
  strings,
})
