// Where a session stands, and what may be done in it. Pure.
import type { SessionState } from "../tables.ts"

export type Standing = {
  /** null: nobody has prepared it */
  state: SessionState | null
  opened_at: string | null
  class_state: "checked" | "published" | null
  /** when the class was checked or published */
  class_changed_at: string | null
}

/** The bulletins were published while the session was open: what is decided after them needs a reopening. */
export const overtaken = ({ opened_at, class_state, class_changed_at }: Standing): boolean =>
  class_state === "published" && opened_at !== null && (class_changed_at ?? "") > opened_at

/** Decisions may be written. */
export const isOpen = (standing: Standing): boolean => standing.state === "open" && !overtaken(standing)

/** Opening it needs a reason: it was closed, or the bulletins are out. */
export const needsReason = (standing: Standing): boolean =>
  standing.state === "closed" || standing.class_state === "published"

export const STATE_BADGES = {
  none: { state: "waiting", word: "à préparer" },
  prepared: { state: "waiting", word: "préparé" },
  open: { state: "open", word: "ouvert" },
  closed: { state: "done", word: "clos" },
} as const

export const badgeOf = ({ state }: { state: SessionState | null }) => STATE_BADGES[state ?? "none"]

/** One attendee a line: « Mme Awa SANOGO, déléguée des parents ». */
export function readOthers(text: string): { name: string; quality: string | null }[] {
  return text
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter(Boolean)
    .map((line) => {
      const [name = "", ...quality] = line.split(",")
      return { name: name.trim(), quality: quality.join(",").trim() || null }
    })
    .filter(({ name }) => name)
}

export const othersText = (others: readonly { name: string; quality: string | null }[]) =>
  others.map(({ name, quality }) => [name, quality].filter(Boolean).join(", ")).join("\n")
