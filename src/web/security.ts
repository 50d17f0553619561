import type { NextFunction, Request, Response } from "express"
import helmet from "helmet"

/** Nothing here is for search engines: a family's link that somebody posted must not be found by a child's name. */
export function unlisted(_req: Request, res: Response, next: NextFunction): void {
  res.setHeader("X-Robots-Tag", "noindex, nofollow")
  next()
}

/** Strict: nothing inline, nothing from elsewhere, no frame around our pages. */
const asked = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
  },
  // obsolete or said by the policy above: bytes that a 2G page does not need
  xXssProtection: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  originAgentCluster: false,
  xFrameOptions: false,
  crossOriginResourcePolicy: { policy: "same-origin" },
  strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
  referrerPolicy: { policy: "same-origin" },
})

/** What helmet sets, asked once: the same for every answer. */
function headersOf(middleware: typeof asked): [string, string][] {
  const headers: [string, string][] = []
  const answer = {
    setHeader: (name: string, value: string) => headers.push([name, value]),
    removeHeader() {},
  }
  middleware({} as Request, answer as unknown as Response, () => undefined)
  return headers
}

const HEADERS = headersOf(asked)

export function securityHeaders(_req: Request, res: Response, next: NextFunction): void {
  for (const [name, value] of HEADERS) res.setHeader(name, value)
  next()
}
