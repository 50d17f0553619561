import type { Request, Response } from "express"

/** htmx asks for a part of a page: it gets the page without its frame. A boosted or restored page is whole. */
export const placedByHtmx = (req: Request) =>
  req.headers["hx-request"] === "true" &&
  req.headers["hx-boosted"] !== "true" &&
  req.headers["hx-history-restore-request"] !== "true"

/** Answers a part that cannot be given by sending the whole page elsewhere. */
export function leaveFor(res: Response, path: string): void {
  res.setHeader("HX-Redirect", path)
  res.status(204).end()
}
