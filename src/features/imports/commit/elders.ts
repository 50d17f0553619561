// Two lines of a file that a person said are one: the earlier one is written, with what was chosen of the later. Pure.
import type { CardField } from "../cards.ts"
import type { Settled } from "../stored.ts"

/** Later lines, by the earlier line that they complete. */
export class Elders {
  readonly byElder = new Map<number, Settled[]>()

  add(outcome: Settled): void {
    const elder = outcome.elder as number
    this.byElder.set(elder, [...(this.byElder.get(elder) ?? []), outcome])
  }
}

/** Completes the lines to be created; gives the later lines whose earlier one is not written either. */
export function complete(
  create: readonly { line: number; values: object; extra?: Record<string, string> }[],
  { byElder }: Elders,
): number[] {
  const lines = new Map(create.map((one) => [one.line, one]))
  const held: number[] = []
  for (const [elder, younger] of byElder) {
    const one = lines.get(elder)
    for (const { line, set = [] } of younger) {
      if (!one) held.push(line)
      else for (const { field, after } of set) put(one, field, after)
    }
  }
  return held
}

const EXTRA: Partial<Record<CardField, string>> = {
  adresse: "address",
  nationalite: "nationality",
  pere: "father",
  mere: "mother",
}

function put(one: { values: object; extra?: Record<string, string> }, field: CardField, value: string) {
  const beside = EXTRA[field]
  if (beside && one.extra) one.extra[beside] = value
  else Object.assign(one.values, { [field]: field === "sms" ? value === "oui" : value })
}
