// What is written into the log: enough to find a fault, nothing that opens a page or tells of a person.
import type { Request, Response } from "express"
import pino, { type DestinationStream, type Logger } from "pino"

/** The program's log; a PostgreSQL error carries the row that it refused, which stays out. */
export const openLog = (level: string, to?: DestinationStream): Logger =>
  pino({ level, serializers: { err: toldError } }, to ?? pino.destination(1))

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
