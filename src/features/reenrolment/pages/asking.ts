// What the pages of the passage ask of a request: which year ends, which one follows, which class.
import type { Request } from "express"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { findClass } from "../../classes/queries.ts"
import { noYear } from "../../people/pages/asking.ts"
import { viewer } from "../../people/scope.ts"
import { type Passage, passagesOf, type YearRow } from "../queries/years.ts"
import type { SecondRepetition } from "../rules/decisions.ts"

export const secondFor = (req: Request): SecondRepetition =>
  req.school.settings.secondRepetition === "leave" ? "leave" : "profile"

/** The passage asked for (« from »), among all of them; without a word the one from the year under way. */
export async function passageFor(req: Request): Promise<{ passage: Passage; all: Passage[] }> {
  const all = await passagesOf(req.school.db)
  const asked = req.query.from ?? req.body?.from
  const passage =
    asked === undefined
      ? (all.find(({ from }) => from.current) ?? all[0])
      : all.find(({ from }) => from.id === rowNumber(asked))
  if (passage) return { passage, all }
  if (all.length > 0) throw notFound()
  throw noYear()
}

/** The same, refused until the next year is there. */
export async function wholePassage(req: Request): Promise<{ from: YearRow; to: YearRow }> {
  const { from, to } = (await passageFor(req)).passage
  if (!to) throw new Refusal(409, `L’année qui suit ${from.label} n’existe pas encore : créez-la d’abord.`)
  return { from, to }
}

/** The class in the address, with the passage from its year. */
export async function classAsked(req: Request) {
  const one = await findClass(req.school.db, viewer(req), rowNumber(req.params.class))
  const passage = one && (await passagesOf(req.school.db)).find(({ from }) => from.id === one.school_year_id)
  if (!one || !passage) throw notFound()
  return { one, passage }
}

/** The numbers of a repeated field or parameter. */
export const numbersIn = (said: unknown): number[] => [
  ...new Set(
    [said ?? []]
      .flat()
      .map(rowNumber)
      .filter((id) => id > 0),
  ),
]
