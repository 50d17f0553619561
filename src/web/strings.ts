import { features } from "../features/index.ts"

let known: Map<string, string> | null = null

/** Gathered at the first question: features import this file while they are still being declared. */
function strings(): Map<string, string> {
  known ??= new Map(features.flatMap((feature) => Object.entries(feature.strings)))
  return known
}

export type Values = Record<string, string | number>

/**
 * A French string by its key, with `{name}` replaced. « Un élève | {n} élèves » chooses by `n`: the first up to
 * 1 (0 is singular in French). An unknown key throws: better an error page in a test than a key before a parent.
 */
export function t(key: string, values: Values = {}): string {
  const found = strings().get(key)
  if (found === undefined) throw new Error(`no French string « ${key} »`)
  const forms = found.split(" | ")
  const form = forms.length > 1 && Number(values.n) > 1 ? forms[1] : forms[0]
  return (form as string).replace(/\{(\w+)\}/g, (_, name: string) => {
    if (values[name] === undefined) throw new Error(`« ${key} » needs a value for ${name}`)
    return String(values[name])
  })
}

export const hasString = (key: string) => strings().has(key)
