import type { Request, Response } from "express"
import { pageNumber } from "../../../web/rowNumber.ts"
import { phoneFor } from "../../people/pages/asking.ts"
import { birthText } from "../../people/rules.ts"
import { type BoardFilter, countsByState, filesFound, levelChoices, PAGE_SIZE } from "../queries/board.ts"
import { boardTerms } from "../rules/numbers.ts"
import { ENDS, isState, OPEN_STATES } from "../rules/states.ts"
import { intakeYear } from "./asking.ts"

/** All the files of the year, by state. */
export async function index(req: Request, res: Response) {
  const { db } = req.school
  const year = await intakeYear(req)
  const asked = askedOf(req)
  const filter: BoardFilter = { ...asked, year: year?.id ?? 0, terms: boardTerms(asked.q) }
  const counts = await countsByState(db, filter)
  const of = (states: readonly string[]) =>
    [...counts].reduce((sum, [state, n]) => sum + (states.includes(state) ? n : 0), 0)
  const groups = [
    { key: "open", count: of(OPEN_STATES) },
    ...[...OPEN_STATES, "active" as const, ...ENDS].map((key) => ({ key, count: of([key]) })),
    { key: "all", count: of([...counts.keys()]) },
  ]
  const total = groups.find(({ key }) => key === asked.state)?.count ?? 0
  const query = queryOf(asked)
  res.page("enrolment/index", {
    ...{ year, asked, groups, total, query, birthText },
    files: await filesFound(db, filter),
    levels: await levelChoices(db),
    phone: phoneFor(req),
    page: asked.page,
    size: PAGE_SIZE,
  })
}

/** What the address of the board asks for; what it does not know is left out. A search looks into every state. */
function askedOf({ query }: Request) {
  const q = String(query.q ?? "").slice(0, 100)
  const state = String(query.state ?? "")
  const chosen = isState(state) || state === "open" || state === "all" ? state : null
  return {
    q,
    level: String(query.level ?? "").slice(0, 20),
    missing: query.missing === "1",
    state: chosen ?? (q.trim() ? "all" : "open"),
    page: pageNumber(query.page),
  } as const
}

/** The filters as an address keeps them, without the state and the page. */
const queryOf = ({ q, level, missing }: ReturnType<typeof askedOf>) =>
  Object.fromEntries(
    Object.entries({ q, level, missing: missing ? "1" : "" }).filter(([, value]) => value !== ""),
  )
