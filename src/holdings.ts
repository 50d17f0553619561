import { features } from "./features/index.ts"
import type { Holding } from "./personal.ts"

/** Every holding of the product, in the features' order, with its feature. */
export function allHoldings(): (Holding & { feature: string })[] {
  return features.flatMap(({ name, personal }) => personal.map((held) => ({ ...held, feature: name })))
}
