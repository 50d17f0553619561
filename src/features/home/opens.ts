import type { Request } from "express"
import { featuresOf } from "../on.ts"

/** This person may open the page of this route (« /grades/:classSubject/:period »), and its feature is on. */
export const opens = (req: Request, path: string): boolean =>
  featuresOf(req.school).some((feature) =>
    feature.routes.some((route) => route.method === "get" && route.path === path && req.can(route.access)),
  )
