// The way of an application (requirements §4): received, documents, checked, numbered, active; or refused, abandoned. Pure.

/** The steps in order. */
export const STEPS = ["received", "documents", "checked", "numbered", "active"] as const
export const ENDS = ["refused", "abandoned"] as const
export const STATES = [...STEPS, ...ENDS] as const
export type State = (typeof STATES)[number]
export type End = (typeof ENDS)[number]

/** What is written in an application's history; those of FORWARD can be undone. */
export const FORWARD = ["documents", "checked", "numbered", "activated"] as const
export type Forward = (typeof FORWARD)[number]
export type Action = "received" | Forward | End | "reopened" | "undone" | "edited" | "checklist" | "told"

/** Files that still need somebody's work. */
export const OPEN_STATES = ["received", "documents", "checked", "numbered"] as const satisfies State[]

export const isState = (word: string): word is State => (STATES as readonly string[]).includes(word)
export const isOpen = (state: State) => (OPEN_STATES as readonly State[]).includes(state)
export const isEnd = (state: State): state is End => (ENDS as readonly State[]).includes(state)

/** What an application may become from each state by a step of the desk. */
const NEXT: Record<Forward, { from: readonly State[]; to: State }> = {
  documents: { from: ["received"], to: "documents" },
  checked: { from: ["documents"], to: "checked" },
  numbered: { from: ["checked"], to: "numbered" },
  activated: { from: ["numbered"], to: "active" },
}

export const mayTake = (action: Forward, state: State) => NEXT[action].from.includes(state)
export const stateAfter = (action: Forward): State => NEXT[action].to

export type Event = { id: number; action: Action; from_state: State | null; to_state: State; undone: number }

/** The step that an undo would take back: the one that led to the present state; null for a first contact or an end. */
export function lastStep<E extends Event>(events: readonly E[], state: State): E | null {
  if (isEnd(state) || state === "received") return null
  const steps = events.filter(
    ({ action, undone }) => (FORWARD as readonly Action[]).includes(action) && !undone,
  )
  const last = steps.at(-1)
  return last && last.to_state === state ? last : null
}

/** Where a file goes back to when it is opened again: where it stood before it was refused or abandoned. */
export function stateBeforeEnd(events: readonly Event[]): State {
  const last = events.filter(({ action }) => action === "refused" || action === "abandoned").at(-1)
  return last?.from_state ?? "received"
}
