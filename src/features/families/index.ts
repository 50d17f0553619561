import { feature, get, post } from "../../feature.ts"
import * as child from "./pages/child.ts"
import * as openedLink from "./pages/openedLink.ts"
import { strings } from "./strings.ts"

export const families = feature({
  name: "families",
  core: true,
  needs: ["bulletins", "grades", "links"],
  permissions: {
    "families.own": { label: "Voir ses enfants, ou soi-même", roles: ["parent", "student"] },
  },
  routes: [
    get("/family", "families.own", child.index),
    get("/family/:child", "families.own", child.show),
    get("/family/:child/marks/:ownBulletin", "families.own", child.marks),
    get("/family/:child/working/:ownBulletin", "families.own", child.working),
    get("/family/:child/bulletins/:ownBulletin", "families.own", child.bulletin),
    get("/e/:link", "visitor", openedLink.show),
    post("/e/:link", "visitor", openedLink.answer),
    get("/e/:link/marks/:ownBulletin", "visitor", openedLink.marks),
    get("/e/:link/working/:ownBulletin", "visitor", openedLink.working),
    get("/e/:link/bulletins/:ownBulletin", "visitor", openedLink.bulletin),
  ],
  menu: [{ area: "home", label: "families.title", path: "/family", access: "families.own" }],
  strings,
})
