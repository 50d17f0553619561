import { randomBytes } from "node:crypto"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import express, { type NextFunction, type Request, type Response } from "express"
import type { Logger } from "pino"
import type { Config } from "./config.ts"
import type { Feature, Route } from "./feature.ts"
import { features } from "./features/index.ts"
import { isOn } from "./features/on.ts"
import { root } from "./root.ts"
import type { Schools } from "./school.ts"
import type { Assets } from "./web/assets.ts"
import { MEMBERS_FORM, onlyTexts, readForm, readQuery, VISITORS_FORM } from "./web/body.ts"
import { errorPage } from "./web/errors.ts"
import { flashes } from "./web/flash.ts"
import { answerOnce, checkForm } from "./web/formNumbers.ts"
import { firstVisit, gate, rights } from "./web/gate.ts"
import { namePlace, placeOf } from "./web/log.ts"
import { notFound } from "./web/refusal.ts"
import { securityHeaders, unlisted } from "./web/security.ts"
import { validateSession } from "./web/session.ts"
import { takeFile } from "./web/upload.ts"
import { pages } from "./web/views.ts"

export type Parts = { schools: Schools; assets: Assets; log: Logger; config: Config; now?: () => Date }

/** The whole life of a request, in order. */
export function app({ schools, assets, log, config, now = () => new Date() }: Parts) {
  const site = express()
  site.disable("x-powered-by").disable("etag").set("trust proxy", config.proxies)
  site.set("query parser", readQuery)
  site.get("/healthz", (_req, res) => void health(schools, res))
  site.use(assets.serve)
  site.use(publicFiles(join(root, "public")))
  site.use(begin)
  site.use(securityHeaders, unlisted)
  site.use(flashes, firstVisit, rights, pages)
  site.use(whoIsThere)
  for (const feature of features) {
    for (const route of feature.routes) site[route.method](route.path, ...steps(feature, route))
  }
  site.use(() => {
    throw notFound()
  })
  site.use(errorPage(log))
  return site

  function begin(req: Request, res: Response, next: NextFunction): void {
    const school = schools.of(req.hostname ?? "")
    if (!school) throw notFound()
    const started = process.hrtime.bigint()
    Object.assign(req, { school, assets, now: now(), user: null, number: randomBytes(4).toString("hex") })
    res.on("finish", () => {
      const ms = Number(process.hrtime.bigint() - started) / 1e6
      const { number, method } = req
      const path = placeOf(req, res)
      log.info({ number, school: school.id, method, path, status: res.statusCode, ms, account: req.user?.id })
    })
    next()
  }
}

/** The files of public, asked of the disk only under their own names: every other request is a page. */
function publicFiles(folder: string) {
  const names = new Set(readdirSync(folder).map((name) => `/${name}`))
  const serve = express.static(folder, { maxAge: "7d", index: false, redirect: false })
  return (req: Request, res: Response, next: NextFunction) =>
    names.has(req.path) ? serve(req, res, next) : next()
}

async function whoIsThere(req: Request, _res: Response, next: NextFunction): Promise<void> {
  req.user = await validateSession(req)
  next()
}

/** Off → 404; the gate; then, for a form, its fields, its number, its answer once; then the handler. */
function steps(feature: Feature, route: Route) {
  const off = (req: Request, res: Response, next: NextFunction) => {
    namePlace(res, route.access === "visitor" ? route.path : req.path)
    if (!isOn(req.school, feature)) throw notFound()
    next()
  }
  const numbered = (req: Request, _res: Response, next: NextFunction) => {
    checkForm(req)
    next()
  }
  const { upload, once } = route.options
  if (route.method === "get") return [off, gate(route.access), route.handler]
  return [
    off,
    gate(route.access),
    upload ? takeFile(upload) : readForm(route.access === "visitor" ? VISITORS_FORM : MEMBERS_FORM),
    onlyTexts,
    numbered,
    ...(once ? [answerOnce] : []),
    route.handler,
  ]
}

async function health(schools: Schools, res: Response): Promise<void> {
  try {
    for (const school of schools.all) await school.db.selectFrom("setting").select("key").limit(1).execute()
    res.type("text").send("ok")
  } catch {
    res.status(503).type("text").send("database")
  }
}
