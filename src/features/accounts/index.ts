import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const accounts = feature({ name: "accounts", core: true, permissions: {}, routes: [], strings })
