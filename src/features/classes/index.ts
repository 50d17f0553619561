import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const classes = feature({ name: "classes", core: true, permissions: {}, routes: [], strings })
