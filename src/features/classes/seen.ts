// A form of many cells says what it showed: if the rows are no longer so when it comes back, somebody else was there.
import type { Request } from "express"
import { sha256 } from "../../web/signing.ts"

/** A short name of these rows' content, for the hidden field « seen ». */
export const seenOf = (rows: unknown): string => sha256(JSON.stringify(rows)).slice(0, 16)

/** The rows are not those the form showed. */
export const outdated = (req: Request, rows: unknown): boolean =>
  String(req.body?.seen ?? "") !== seenOf(rows)
