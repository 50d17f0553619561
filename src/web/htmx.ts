import type { Request } from "express"

/** htmx asks for a part of a page: it gets the page without its frame. A boosted or restored page is whole. */
export const placedByHtmx = (req: Request) =>
  req.headers["hx-request"] === "true" &&
  req.headers["hx-boosted"] !== "true" &&
  req.headers["hx-history-restore-request"] !== "true"
