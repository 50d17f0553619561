// What addresses and forms carry, as texts: nothing else reaches a handler, whoever wrote the request.
import { parse } from "node:querystring"
import express, { type NextFunction, type Request, type Response } from "express"
import { withoutControls } from "./form.ts"
import { Refusal } from "./refusal.ts"

/** A text by its name, several where the name is repeated; without prototype, so that any name is only a name. */
export type Texts = Record<string, string | string[]>

/** The fields of a form, or of a file's form; nested ones that only a program would send are left out. */
export function textsIn(sent: unknown): Texts {
  const texts: Texts = Object.create(null)
  for (const [name, value] of Object.entries((sent ?? {}) as Record<string, unknown>)) {
    if (typeof value === "string") texts[name] = withoutControls(value)
    else if (Array.isArray(value))
      texts[name] = value.filter((one) => typeof one === "string").map(withoutControls)
  }
  return texts
}

/** `?q=keita&page=2`, at most a thousand of them. */
export const readQuery = (query: string | null) => textsIn(parse(query ?? ""))

export type BodyLimits = { bytes: number; fields: number }

/** What anybody may send without an account: no form for visitors is longer. */
export const VISITORS_FORM: BodyLimits = { bytes: 100_000, fields: 500 }
/** A class of a hundred with its marks of a period. */
export const MEMBERS_FORM: BodyLimits = { bytes: 2_000_000, fields: 20_000 }

/** Reads a form's body. In time that grows with its length: the usual parser took seconds for a repeated name. */
export function readForm({ bytes, fields }: BodyLimits) {
  const read = express.text({ type: "application/x-www-form-urlencoded", limit: bytes })
  return (req: Request, res: Response, next: NextFunction): void => {
    read(req, res, (problem?: unknown) => {
      if (problem) return next(problem)
      const body = typeof req.body === "string" ? req.body : ""
      if (body.split("&").length > fields) {
        return next(new Refusal(413, "Ce formulaire a trop de champs : rien n’a été enregistré."))
      }
      req.body = parse(body, "&", "=", { maxKeys: fields })
      next()
    })
  }
}

/** Whichever way the body was read: texts. */
export function onlyTexts(req: Request, _res: Response, next: NextFunction): void {
  req.body = textsIn(req.body)
  next()
}
