import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const messages = feature({ name: "messages", core: true, permissions: {}, routes: [], strings })
