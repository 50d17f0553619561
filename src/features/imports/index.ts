import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const imports = feature({ name: "imports", core: true, permissions: {}, routes: [], strings })
