import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const families = feature({ name: "families", core: true, permissions: {}, routes: [], strings })
