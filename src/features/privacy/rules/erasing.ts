// What is asked before somebody is erased, and what is refused. Pure.
import { fold } from "../../people/naming.ts"
import { overSince, type Retention } from "./retention.ts"

/** At most so many at once: one transaction holds the whole school's pen. */
export const MOST_AT_ONCE = 30

/** Has left, and the time to keep their card is not over. */
export const isEarly = (left_on: string, retention: Retention, today: string) =>
  left_on > overSince(retention, today)

/** The register of erasures stays: the reason must not say again who was erased. */
export function namesSomebody(reason: string, names: readonly string[]): boolean {
  const words = new Set(fold(reason).split(/[^\p{L}\p{N}]+/u))
  return names.some((name) =>
    fold(name)
      .split(" ")
      .some((word) => word.length > 2 && words.has(word)),
  )
}
