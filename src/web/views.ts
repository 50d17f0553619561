import { createHash } from "node:crypto"
import { join } from "node:path"
import { brotliCompressSync, constants, gzipSync } from "node:zlib"
import { Eta } from "eta"
import type { NextFunction, Request, Response } from "express"
import { helpFor } from "../features/help/guides.ts"
import { isStaff, ROLE_LABELS } from "../roles.ts"
import { root } from "../root.ts"
import { takeFlash } from "./flash.ts"
import { formField, onceFields } from "./formNumbers.ts"
import * as french from "./french.ts"
import { placedByHtmx } from "./htmx.ts"
import { menuOf } from "./menu.ts"
import { t } from "./strings.ts"

const eta = new Eta({ views: join(root, "views"), cache: true, autoTrim: false })

/** Below this many bytes compression costs more than it saves. */
const WORTH_COMPRESSING = 600

/** Gives the response `page`: a view rendered in its layout, answered with 304 where the reader has it already. */
export function pages(req: Request, res: Response, next: NextFunction): void {
  res.page = (view, data = {}) => {
    if (!res.hasHeader("Cache-Control")) res.setHeader("Cache-Control", "private, no-cache")
    res.setHeader("Vary", "Accept-Encoding, Cookie, HX-Request")
    sendHtml(req, res, render(req, res, view, data))
  }
  next()
}

function render(req: Request, res: Response, view: string, data: Record<string, unknown>): string {
  const { settings } = req.school
  const it: Record<string, unknown> & { layout?: string; body?: string } = {
    school: {
      name: settings.name,
      shortName: settings.shortName || settings.name,
      year: req.school.year?.label ?? "",
      demo: settings.demo,
    },
    user: req.user && { name: req.user.name, roles: req.user.roles.map((role) => ROLE_LABELS[role]) },
    can: (permission: string) => req.can(permission),
    t,
    path: req.path,
    help: helpFor(req.path, req.user?.roles ?? []),
    url: req.originalUrl,
    asset: (name: string) => req.assets.url(name),
    formFields: () => formField(req, res),
    onceFields: () => onceFields(req, res),
    scripts: [],
    number: french.decimal,
    short: french.short,
    whole: french.whole,
    money: (amount: number) => french.money(amount, settings.currency),
    date: french.date,
    dateTime: (iso: string) => french.dateTime(iso, settings.timeZone),
    kilobytes: french.kilobytes,
    title: "",
    flash: takeFlash(req, res),
    form: { typed: {}, problems: [] },
    ...data,
  }
  it.body = eta.render(`/${view}`, it)
  const usual = req.user && isStaff(req.user.roles) ? "app" : "site"
  const layout = placedByHtmx(req) ? "bare" : (it.layout ?? usual)
  if (req.user && layout !== "bare") it.menu = menuOf(req)
  return eta.render(`/layouts/${layout}`, it)
}

function sendHtml(req: Request, res: Response, html: string): void {
  const etag = `W/"${createHash("sha1").update(html).digest("base64url").slice(0, 20)}"`
  // a page that nobody may keep is not compared with a kept one either
  const tagged = res.statusCode === 200 && res.getHeader("Cache-Control") !== "no-store"
  if (tagged && req.headers["if-none-match"] === etag) {
    // ≤ 300 bytes: the reader keeps the headers of the page it has
    for (const name of res.getHeaderNames()) if (name !== "set-cookie") res.removeHeader(name)
    res.setHeader("ETag", etag)
    res.status(304).end()
    return
  }
  res.setHeader("Content-Type", "text/html; charset=utf-8")
  if (tagged) res.setHeader("ETag", etag)
  const bytes = Buffer.from(html)
  const accepted = String(req.headers["accept-encoding"] ?? "")
  if (bytes.length >= WORTH_COMPRESSING && /\bbr\b/.test(accepted)) {
    // 7 % smaller than quality 4 in its usual window of 4 MB, in a fifth of the time: no table of megabytes a page
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 5,
      [constants.BROTLI_PARAM_LGWIN]: 16,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    }
    return send(req, res, "br", brotliCompressSync(bytes, { params }))
  }
  if (bytes.length >= WORTH_COMPRESSING && /\bgzip\b/.test(accepted)) {
    return send(req, res, "gzip", gzipSync(bytes, { level: 6 }))
  }
  send(req, res, null, bytes)
}

function send(req: Request, res: Response, coding: string | null, body: Buffer): void {
  if (coding) res.setHeader("Content-Encoding", coding)
  res.setHeader("Content-Length", body.length)
  res.end(req.method === "HEAD" ? undefined : body)
}
