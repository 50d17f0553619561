// The averages of a class's period as plain whole numbers: what a publication keeps for statistics and lists, so that
// thirty classes are read without opening three thousand bulletins. Pure.
import { ceiling, parseFraction } from "../grades/fraction.ts"
import type { GradedClassPeriod } from "../grades/grading.ts"
import type { BulletinData } from "./contract.ts"

/** Averages count units of 10^-`decimals`, as they are displayed; means are the class's own, of the exact averages. */
export type ClassFigures = {
  decimals: number
  /** greatest mark of the scale: "20" */
  scaleMax: string
  /** in units */
  pass: number
  mean: string | null
  subjects: { code: string; label: string; short: string; mean: string | null }[]
  students: StudentFigures[]
}

export type StudentFigures = {
  id: number
  sex: "F" | "M" | null
  general: number | null
  /** counts in the class's statistics */
  ranked: boolean
  award: string
  /** in the order of the class's subjects */
  averages: (number | null)[]
}

/** A student as a publication keeps it: short, since there is one a student. */
type KeptStudent = [
  id: number,
  sex: "F" | "M" | "",
  general: number | null,
  ranked: 0 | 1,
  award: string,
  averages: (number | null)[],
]
export type KeptFigures = Omit<ClassFigures, "students"> & { students: KeptStudent[] }

/** What was worked out of a class's period, as figures. */
export function classFigures({ result, subjects, students }: GradedClassPeriod): ClassFigures {
  const { profile } = result
  return {
    decimals: profile.rounding.decimals,
    scaleMax: profile.scale.max,
    pass: ceiling(parseFraction(profile.pass_mark), profile.rounding.decimals),
    mean: result.stats?.mean?.text ?? null,
    subjects: subjects.map(({ code, label, short }) => ({
      code,
      label,
      short,
      mean: result.subjectStats.get(code)?.mean?.text ?? null,
    })),
    students: students.map(({ id, sex, award }, n): StudentFigures => {
      const own = result.students[n]
      return {
        id,
        sex,
        general: own?.general?.rounded ?? null,
        ranked: profile.output.rank ? own?.rank != null : own?.general != null,
        award: award ?? own?.award ?? "",
        averages: (own?.lines ?? []).map(({ average }) => average?.rounded ?? null),
      }
    }),
  }
}

export const keptFigures = ({ students, ...of }: ClassFigures): KeptFigures => ({
  ...of,
  students: students.map(({ id, sex, general, ranked, award, averages }) => [
    id,
    sex ?? "",
    general,
    ranked ? 1 : 0,
    award,
    averages,
  ]),
})

export const readFigures = ({ students, ...of }: KeptFigures): ClassFigures => ({
  ...of,
  students: students.map(([id, sex, general, ranked, award, averages]) => ({
    id,
    sex: sex || null,
    general,
    ranked: ranked === 1,
    award,
    averages,
  })),
})

/** The same of a publication made before figures were kept, read out of what its bulletins say. */
export function figuresOfContents(
  contents: readonly { studentId: number; content: BulletinData }[],
): ClassFigures | null {
  const first = contents[0]?.content
  if (!first) return null
  const decimals = decimalsOf(contents.map(({ content }) => content.generalAverage))
  const units = (text: string | null) => unitsOf(text, decimals)
  const labels = [...new Set(contents.flatMap(({ content }) => content.lines.map(({ subject }) => subject)))]
  return {
    decimals,
    scaleMax: first.scaleMax.replace(",", "."),
    pass: units(first.classStats?.passMark ?? null) ?? 0,
    mean: first.classStats?.mean.replace(",", ".") ?? null,
    subjects: labels.map((label) => ({ code: label, label, short: label, mean: null })),
    students: contents.map(({ studentId, content }) => ({
      id: studentId,
      sex: content.student.sex,
      general: units(content.generalAverage),
      ranked: content.rank ? /^\d/.test(content.rank) : content.generalAverage !== null,
      award: content.award,
      averages: labels.map((label) => {
        const line = content.lines.find(({ subject }) => subject === label)
        return line ? units(line.average) : null
      }),
    })),
  }
}

const NUMBER = /^\d+(?:,(\d+))?$/

const decimalsOf = (texts: readonly (string | null)[]) =>
  Math.max(0, ...texts.map((text) => text?.match(NUMBER)?.[1]?.length ?? 0))

/** « 12,5 » in 2 decimals -> 1250; null for a word (« Disp. »). */
export function unitsOf(text: string | null, decimals: number): number | null {
  if (text === null || !NUMBER.test(text)) return null
  const [before = "0", after = ""] = text.split(",")
  return Number(before + after.padEnd(decimals, "0").slice(0, decimals))
}
