import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const grades = feature({ name: "grades", core: true, permissions: {}, routes: [], strings })
