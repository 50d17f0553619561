// What is written into the log: enough to find a fault, nothing that opens a page or tells of a person.
import type { Request, Response } from "express"
import pino, { type DestinationStream, type Logger } from "pino"

/** Lines wait for each other at most so long, and at most so many bytes: writing each at once costs 4 % of a page. */
const WAIT_MS = 1000
const WAIT_BYTES = 4096

/** The program's log; a PostgreSQL error carries the row that it refused, which stays out. */
export function openLog(level: string, to?: DestinationStream): Logger {
  const output = to ?? pino.destination({ dest: 1, sync: false, minLength: WAIT_BYTES })
  const log = pino({ level, serializers: { err: toldError } }, output)
  if (!to) setInterval(() => log.flush(), WAIT_MS).unref()
  return log
}

function toldError(problem: unknown) {
  if (!(problem instanceof Error)) return { message: String(problem) }
  const { name, message, stack } = problem
  const { code } = problem as { code?: unknown }
  return { type: name, message, ...(code === undefined ? {} : { code: String(code) }), stack }
}

/** Says how the log names this address; a page for visitors is named without the link or code that opens it. */
export const namePlace = (res: Response, place: string) => {
  res.locals.place = place
}

/** The address as the log names it; of one that there is not, only where it begins. */
export const placeOf = (req: Request, res: Response): string =>
  (res.locals.place as string | undefined) ?? req.path.replace(/^(\/+[^/]*\/).+$/, "$1…")
