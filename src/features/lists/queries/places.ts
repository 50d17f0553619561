// Where students live, as it was typed: compared without regard to accents or capitals, since it is not kept folded.
import { type Expression, type SqlBool, sql } from "kysely"
import type { Db } from "../../../db/index.ts"
import { fold } from "../../people/naming.ts"
import { studentsSeenBy, type Viewer } from "../../people/scope.ts"
import type { Asked } from "../rules/asked.ts"

export type Place = { address?: string | null; quartier: string | null; commune: string | null }
export type Places = readonly Place[]

export const asksPlace = ({ filters }: Asked) => Boolean(filters.zone || filters.quartier || filters.commune)

/** Every place that a student this person sees lives at; with addresses only where their words are asked for. */
export function placesOf(db: Db, who: Viewer, { filters }: Asked): Promise<Place[]> {
  return studentsSeenBy(db, who)
    .select(["student.quartier", "student.commune"])
    .$if(filters.zone !== "", (query) => query.select("student.address"))
    .distinct()
    .execute()
}

type Part = keyof Place

const written = (places: Places, part: Part, fits: (folded: string) => boolean) =>
  [...new Set(places.flatMap((place) => place[part] ?? [])).values()].filter((text) => fits(fold(text)))

const among = (part: Part, texts: readonly string[]) =>
  texts.length > 0 ? sql<SqlBool>`${sql.ref(`student.${part}`)} in (${sql.join(texts)})` : NOBODY

const NOBODY = sql<SqlBool>`1 = 0`

/** What the filters about places ask of a student. */
export function livingIn({ filters }: Asked, places: Places): Expression<SqlBool>[] {
  const named = (["quartier", "commune"] as const)
    .filter((part) => filters[part])
    .map((part) =>
      among(
        part,
        written(places, part, (text) => text === fold(filters[part])),
      ),
    )
  if (!filters.zone) return named
  const words = fold(filters.zone)
  const parts = (["address", "quartier", "commune"] as const).map((part) =>
    among(
      part,
      written(places, part, (text) => text.includes(words)),
    ),
  )
  return [...named, sql<SqlBool>`(${sql.join(parts, sql` or `)})`]
}
