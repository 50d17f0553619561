import type { NextFunction, Request, Response } from "express"
import type { Logger } from "pino"
import { placeOf } from "./log.ts"
import { Elsewhere, Refusal } from "./refusal.ts"

/** What the system, SQLite and PostgreSQL (disk_full) say of a disk without room. */
const DISK_FULL = new Set(["ENOSPC", "EDQUOT", "SQLITE_FULL", "53100"])

/** The one error handler: a refusal is shown with its sentence, the rest is logged and shown with its number. */
export function errorPage(log: Logger) {
  return (error: unknown, req: Request, res: Response, next: NextFunction): void => {
    if (res.headersSent) return next(error)
    if (error instanceof Elsewhere) return res.redirect(303, error.path)
    const { status, sentence } = answerTo(error)
    if (status >= 500)
      log.error({ number: req.number, path: placeOf(req, res), err: error }, "a request failed")
    res.status(status)
    if (!res.page || !req.school) {
      res.type("text").send(sentence)
      return
    }
    try {
      res.page("home/problem", { status, sentence, number: status >= 500 ? req.number : null })
    } catch (problem) {
      log.error({ number: req.number, err: problem }, "the error page failed")
      res.type("text").send(sentence)
    }
  }
}

function answerTo(error: unknown): { status: number; sentence: string } {
  if (error instanceof Refusal) return { status: error.status, sentence: error.message }
  const { status, code, type } = (error ?? {}) as { status?: number; code?: string; type?: string }
  if (code && DISK_FULL.has(code)) {
    return {
      status: 507,
      sentence:
        "Le disque du serveur est plein : rien n’a été enregistré. Prévenez la personne qui s’occupe du serveur.",
    }
  }
  if (type === "entity.too.large")
    return { status: 413, sentence: "Cet envoi est trop gros : rien n’a été enregistré." }
  if (status && status >= 400 && status < 500) {
    return {
      status,
      sentence: "Cette demande n’a pas pu être lue. Revenez à la page précédente et recommencez.",
    }
  }
  return {
    status: 500,
    sentence:
      "Une erreur s’est produite de notre côté ; ce que vous avez envoyé n’est peut-être pas enregistré. Réessayez dans un instant.",
  }
}
