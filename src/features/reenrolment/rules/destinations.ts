// Which class of the next year a student goes to. Pure.

/** A class as it is placed in the school: its level, series and section. */
export type Place = {
  id: number
  label: string
  level_code: string
  series_code: string
  section: string
  capacity: number | null
  /** those who have a place in it already */
  size: number
}

export type Level = { code: string; label: string }
export type Path = { level_code: string; series_code: string; to_series_code: string }

export type Frame = {
  /** the school's, in order */
  levels: readonly Level[]
  paths: readonly Path[]
  /** the classes of the next year */
  places: readonly Place[]
  /** levels that the school has classes of, this year or the next */
  taught: ReadonlySet<string>
}

type From = Pick<Place, "level_code" | "series_code" | "section">

/** The level after this one; null at the end of what the school teaches. */
export function nextLevel(frame: Frame, code: string): Level | null {
  const at = frame.levels.findIndex((level) => level.code === code)
  const next = at < 0 ? undefined : frame.levels[at + 1]
  return next && frame.taught.has(next.code) ? next : null
}

/** Where who passes may go: the series that the school's own table names, else the same series, else all of them. */
export function passPlaces(frame: Frame, from: From): Place[] {
  const next = nextLevel(frame, from.level_code)
  if (!next) return []
  const there = frame.places.filter(({ level_code }) => level_code === next.code)
  const named = frame.paths
    .filter(
      ({ level_code, series_code }) => level_code === from.level_code && series_code === from.series_code,
    )
    .map(({ to_series_code }) => to_series_code)
  if (named.length > 0) return there.filter(({ series_code }) => named.includes(series_code))
  const same = there.filter(({ series_code }) => series_code === from.series_code)
  return same.length > 0 ? same : there
}

/** Where who repeats may go: classes of the same level, those of the same series first. */
export function repeatPlaces(frame: Frame, from: From): Place[] {
  const there = frame.places.filter(({ level_code }) => level_code === from.level_code)
  const same = there.filter(({ series_code }) => series_code === from.series_code)
  return [...same, ...there.filter((place) => !same.includes(place))]
}

/** The one place that goes without saying: the only one, or the same section; null where there is a choice. */
export function usualPlace(places: readonly Place[], from: From): Place | null {
  if (new Set(places.map(({ series_code }) => series_code)).size > 1) return null
  if (places.length === 1) return places[0] as Place
  return places.find(({ section }) => section === from.section) ?? null
}

export function usualRepeat(frame: Frame, from: From): Place | null {
  const same = repeatPlaces(frame, from).filter(({ series_code }) => series_code === from.series_code)
  return usualPlace(same, from)
}
