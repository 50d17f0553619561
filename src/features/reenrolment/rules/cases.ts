// What would become of each student of a year in the next one, and why. Pure.
import { type Decided, type Decision, decided, type Ending, type SecondRepetition } from "./decisions.ts"
import {
  type Frame,
  nextLevel,
  type Place,
  passPlaces,
  repeatPlaces,
  usualPlace,
  usualRepeat,
} from "./destinations.ts"

/** A class of the year that ends, with where its students go unless said otherwise. */
export type Source = Place & { passTo: number | null; repeatTo: number | null }

export type Pupil = Decided & {
  student: number
  surname: string
  given_names: string
  matricule: string | null
  classId: number
  enrolment: number
  regime: string | null
  average: string | null
  /** chosen by a person; it need not exist any more */
  choiceTo: number | null
  remark: string | null
  decidedBy: string | null
  /** left the school meanwhile */
  gone: boolean
  /** the departure that an earlier run has written or will write */
  leaving: boolean
  /** has or had a place in the next year already: its class */
  already: { label: string; ended: boolean } | null
}

export type Outcome = "enrol" | "leave" | "wait" | "unplaced" | "already" | "gone"

export type Case = {
  pupil: Pupil
  from: Source
  decision: Decision
  outcome: Outcome
  to: Place | null
  ending: Ending | null
  notes: string[]
}

/** One case per student, in the order given. */
export function casesOf(
  frame: Frame,
  sources: readonly Source[],
  pupils: readonly Pupil[],
  second: SecondRepetition,
): Case[] {
  const known = new Map(sources.map((source) => [source.id, source]))
  return pupils.flatMap((pupil) => {
    const from = known.get(pupil.classId)
    return from ? [caseOf(frame, from, pupil, decided(pupil, second))] : []
  })
}

function caseOf(frame: Frame, from: Source, pupil: Pupil, decision: Decision): Case {
  const base = { pupil, from, decision, to: null, ending: null }
  if (pupil.already) {
    const { label, ended } = pupil.already
    const note = ended
      ? `a déjà été inscrit(e) en ${label}, puis en est parti(e)`
      : `déjà inscrit(e) en ${label}`
    return { ...base, outcome: "already", notes: [note] }
  }
  if (pupil.leaving) return { ...base, outcome: "already", notes: ["départ déjà enregistré"] }
  if (pupil.gone) return { ...base, outcome: "gone", notes: ["a quitté l’école entre-temps"] }
  const { kind } = decision
  if (kind === "wait") return { ...base, outcome: "wait", notes: waiting(pupil, decision) }
  if (kind === "leave")
    return { ...base, outcome: "leave", ending: decision.ending ?? "withdrawn", notes: [] }
  if (kind === "pass" && !nextLevel(frame, from.level_code))
    return {
      ...base,
      outcome: "leave",
      ending: "graduated",
      notes: ["dernier niveau de l’école, fin de cycle"],
    }
  const to = kind === "pass" ? passTo(frame, from, pupil) : repeatTo(frame, from, pupil)
  const again = kind === "repeat" && pupil.repeating ? ["redouble pour la deuxième fois"] : []
  if (to) return { ...base, outcome: "enrol", to, notes: again }
  return { ...base, outcome: "unplaced", notes: [...again, toChoose(frame, from, kind)] }
}

const waiting = (pupil: Pupil, { source, words }: Decision): string[] => {
  if (source === "typed") return ["laissé(e) à décider"]
  if (words) return [words]
  return pupil.unsettled ? [pupil.unsettled] : []
}

const among = (places: readonly Place[], ...wanted: (number | null)[]) => {
  for (const id of wanted) {
    const place = id === null ? undefined : places.find((one) => one.id === id)
    if (place) return place
  }
  return null
}

function passTo(frame: Frame, from: Source, pupil: Pupil): Place | null {
  const places = passPlaces(frame, from)
  return among(places, pupil.choiceTo, from.passTo) ?? usualPlace(places, from)
}

function repeatTo(frame: Frame, from: Source, pupil: Pupil): Place | null {
  return among(repeatPlaces(frame, from), pupil.choiceTo, from.repeatTo) ?? usualRepeat(frame, from)
}

function toChoose(frame: Frame, from: Source, kind: "pass" | "repeat"): string {
  const places = kind === "pass" ? passPlaces(frame, from) : repeatPlaces(frame, from)
  if (places.length === 0) {
    const level =
      kind === "pass"
        ? nextLevel(frame, from.level_code)?.label
        : frame.levels.find(({ code }) => code === from.level_code)?.label
    return `aucune classe de ${level ?? from.level_code} l’année suivante`
  }
  const series = [...new Set(places.map(({ series_code }) => series_code))]
  return kind === "pass" && series.length > 1 ? `série à choisir : ${series.join(", ")}` : "classe à choisir"
}

/** Only what a run would write. */
export const acts = ({ outcome }: Pick<Case, "outcome">) => outcome === "enrol" || outcome === "leave"

export type Counts = Record<
  "size" | "pass" | "repeat" | "leave" | "wait" | "unplaced" | "done" | "gone",
  number
>

/** How many of a class pass, repeat, leave, wait; those dealt with by an earlier run are counted apart. */
export function countsOf(cases: readonly Case[]): Counts {
  const counts = { size: cases.length, pass: 0, repeat: 0, leave: 0, wait: 0, unplaced: 0, done: 0, gone: 0 }
  for (const { outcome, decision } of cases) {
    if (outcome === "already") counts.done++
    else if (outcome === "enrol") counts[decision.kind === "repeat" ? "repeat" : "pass"]++
    else counts[outcome]++
  }
  return counts
}

export type Filled = { place: Place; pass: number; repeat: number; total: number; over: number }

/** The classes of the next year as they would be filled, those that nobody enters or has left out. */
export function filled(frame: Frame, cases: readonly Case[]): Filled[] {
  return frame.places.flatMap((place) => {
    const own = cases.filter(({ outcome, to }) => outcome === "enrol" && to?.id === place.id)
    const repeat = own.filter(({ decision }) => decision.kind === "repeat").length
    const total = place.size + own.length
    if (total === 0) return []
    const over = place.capacity === null ? 0 : Math.max(0, total - place.capacity)
    return [{ place, pass: own.length - repeat, repeat, total, over }]
  })
}
