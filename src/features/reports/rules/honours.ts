// Who stands on a roll of honour, in which order. Pure.
import type { HonouredStudent, HonoursData } from "../contract.ts"

export type Honoured = {
  studentId: number
  publicationId: number
  classId: number
  className: string
  award: string
  /** units of the class's decimals, for the order */
  general: number
}

export type Award = { label: string; positive: boolean }

/** The awards that may be chosen: the rules' own in their order, then what councils gave otherwise. */
export function choicesOf(rules: readonly Award[], given: readonly string[]): Award[] {
  const known = new Set(rules.map(({ label }) => label))
  const others = [...new Set(given)].filter((label) => label && !known.has(label))
  return [...rules, ...others.map((label) => ({ label, positive: false }))]
}

/** The labels asked for among the choices; without any, those with a minimum. */
export function chosenOf(choices: readonly Award[], asked: readonly string[]): string[] {
  const labels = choices.filter(({ label }) => asked.includes(label)).map(({ label }) => label)
  return labels.length > 0 ? labels : choices.filter(({ positive }) => positive).map(({ label }) => label)
}

/** In groups of one award, highest first; in a group by average, then as they came. */
export function groupsOf<H extends Honoured>(honoured: readonly H[], chosen: readonly string[]) {
  return chosen
    .map((award) => ({
      award,
      students: honoured.filter((one) => one.award === award).sort((a, b) => b.general - a.general),
    }))
    .filter(({ students }) => students.length > 0)
}

type Read = Honoured & { name: string; average: string | null; rank: string | null }

/** The groups as they are pinned on the wall: names, with their class where there are several, and average if asked. */
export const onTheWall = (
  groups: readonly { award: string; students: readonly Read[] }[],
  { classes, averages }: { classes: boolean; averages: boolean },
): HonoursData["groups"] =>
  groups.map(({ award, students }) => ({
    award,
    students: students.map(({ name, className, average }): HonouredStudent => {
      const aside = [classes && className, averages && average].filter(Boolean)
      return { name, aside: aside.join(" · ") }
    }),
  }))
