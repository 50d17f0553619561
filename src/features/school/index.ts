import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const school = feature({ name: "school", core: true, permissions: {}, routes: [], strings })
