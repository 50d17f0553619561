import { feature, get, post } from "../../feature.ts"
import { STAFF_ROLES } from "../../roles.ts"
import * as logo from "./pages/logo.ts"
import * as settings from "./pages/settings.ts"
import * as years from "./pages/years.ts"
import { MOST_LOGO_BYTES } from "./rules.ts"
import { strings } from "./strings.ts"

export const school = feature({
  name: "school",
  core: true,
  permissions: {
    "school.see": {
      label: "Voir l’établissement, ses années et ses périodes",
      roles: STAFF_ROLES,
    },
    "school.change": {
      label: "Modifier l’établissement, les années et les périodes",
      roles: ["administrator", "head"],
    },
  },
  routes: [
    get("/school", "school.see", settings.show),
    get("/school/edit", "school.change", settings.edit),
    post("/school", "school.change", settings.change),
    get("/school/logo.jpg", "school.see", logo.picture),
    get("/school/logo", "school.change", logo.show),
    post("/school/logo", "school.change", logo.keep, {
      once: true,
      upload: { field: "logo", maxBytes: MOST_LOGO_BYTES },
    }),
    post("/school/logo/remove", "school.change", logo.remove, { once: true }),
    get("/years", "school.see", years.index),
    get("/years/new", "school.change", years.fresh),
    post("/years", "school.change", years.create, { once: true }),
    get("/years/:year", "school.change", years.edit),
    post("/years/:year", "school.change", years.change),
    post("/years/:year/current", "school.change", years.current),
  ],
  menu: [
    { area: "school", label: "school.title", path: "/school", access: "school.see" },
    { area: "school", label: "school.years", path: "/years", access: "school.see" },
  ],
  strings,
})
