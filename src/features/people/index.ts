import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const people = feature({ name: "people", core: true, permissions: {}, routes: [], strings })
