// The communes and quartiers that a list may be filtered by, however each was typed. Pure.
import { fold } from "../../people/naming.ts"

type Place = { quartier: string | null; commune: string | null }

/** Each once, as most people would write it: with its capitals and accents where one of the cards has them. */
function once(texts: readonly string[]): string[] {
  const best = new Map<string, string>()
  for (const text of [...texts].sort()) best.set(fold(text), text)
  return [...best].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text)
}

export const placeChoices = (places: readonly Place[]) => ({
  communes: once(places.flatMap(({ commune }) => commune ?? [])),
  quartiers: once(places.flatMap(({ quartier }) => quartier ?? [])),
})

/** The choice that a word of the address means; the word itself where there is none. */
export const chosenPlace = (choices: readonly string[], word: string) =>
  choices.find((choice) => fold(choice) === fold(word)) ?? word
