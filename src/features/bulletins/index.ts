import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const bulletins = feature({ name: "bulletins", core: true, permissions: {}, routes: [], strings })
