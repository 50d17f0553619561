// « With these marks, this average »: one student under a profile that is being written. Pure.
import { type Assessment, rulesOf } from "./averages.ts"
import { decisionOf } from "./awards.ts"
import { formulaOf } from "./description.ts"
import { fraction, french, plainText } from "./fraction.ts"
import { markProblem, readMark } from "./marking.ts"
import { gradePeriod, type Mark } from "./period.ts"
import type { GradingProfile } from "./profile.ts"

const SUBJECTS = [
  { code: "MATHS", label: "Mathématiques", coefficient: 4 },
  { code: "ANG", label: "Anglais", coefficient: 2 },
] as const

/** As twentieths of the scale: two marks of the first category, one of each other. */
const MARKS = { MATHS: [["12", "15.5"], ["11"]], ANG: [["9", "13"], ["14.5"]] } as const
const CONDUCT = "15"
const STUDENT = "example"
/** More marks than a teacher gives in one category; a forged form stops here. */
const MOST_MARKS = 12

export const exampleField = (subject: string, category: number) => `example-${subject}-${category + 1}`
export const EXAMPLE_CONDUCT = "example-conduct"

/** The marks an example begins with, on the profile's own scale. */
export function exampleMarks({ scale, categories }: GradingProfile): Record<string, string> {
  const scaled = (twentieths: string) =>
    french(String(Math.round(Number(twentieths) * Number(scale.max) * 5) / 100))
  const typed: Record<string, string> = { [EXAMPLE_CONDUCT]: scaled(CONDUCT) }
  for (const { code } of SUBJECTS) {
    for (const n of categories.keys()) {
      typed[exampleField(code, n)] = (MARKS[code][n === 0 ? 0 : 1] as readonly string[])
        .map(scaled)
        .join(" ; ")
    }
  }
  return typed
}

/** What the bulletin of a student with these marks would say, and what could not be read. */
export function exampleOf(profile: GradingProfile, typed: Record<string, string>) {
  const max = Math.round(Number(profile.scale.max) * 100)
  const problems: { field: string; text: string }[] = []
  const assessments: Assessment[] = []
  const marks: Mark[] = []
  for (const { code } of SUBJECTS) {
    for (const [n, category] of profile.categories.entries()) {
      const field = exampleField(code, n)
      for (const text of (typed[field] ?? "").split(";").slice(0, MOST_MARKS)) {
        if (text.trim() === "") continue
        const reading = readMark(text, { max })
        const problem = markProblem(reading, max)
        if (problem) problems.push({ field, text: problem })
        const id = `${field}-${assessments.length}`
        assessments.push({ id, subject: code, category: category.code, max, weight: fraction(1) })
        if (reading.kind === "value") {
          marks.push({ student: STUDENT, assessment: id, value: reading.hundredths, status: null })
        } else if (reading.kind === "status") {
          marks.push({ student: STUDENT, assessment: id, value: null, status: reading.status })
        }
      }
    }
  }
  const conduct = readMark(typed[EXAMPLE_CONDUCT] ?? "", { max })
  const conductProblem = markProblem(conduct, max)
  if (conductProblem) problems.push({ field: EXAMPLE_CONDUCT, text: conductProblem })
  const graded = gradePeriod({
    profile,
    subjects: SUBJECTS.map(({ code, coefficient }) => ({
      code,
      coefficient: fraction(coefficient),
      optional: false,
    })),
    assessments,
    students: [
      {
        id: STUDENT,
        sex: "F",
        conduct: conduct.kind === "value" ? conduct.hundredths : null,
        exempt: [],
      },
    ],
    marks,
  }).students[0] as ReturnType<typeof gradePeriod>["students"][number]
  return {
    problems,
    formula: formulaOf(profile),
    lines: graded.lines.map((line, n) => ({
      label: (SUBJECTS[n] as (typeof SUBJECTS)[number]).label,
      code: line.subject,
      coefficient: plainText(line.coefficient),
      categories: line.categories.map((average) => french(average?.text ?? "–")),
      average: french(line.average?.text ?? "–"),
      points: french(line.points?.text ?? "–"),
      appreciation: line.appreciation ?? "",
    })),
    conduct: graded.conduct && {
      mark: french(graded.conduct.mark.text),
      points: graded.conduct.points && french(graded.conduct.points.text),
    },
    total: french(graded.totalPoints.text),
    coefficients: french(plainText(graded.totalCoefficients)),
    general: profile.output.average ? french(graded.general?.text ?? "–") : null,
    mention: graded.mention,
    award: graded.award,
    decision: graded.general ? decisionFor(profile, graded.general.rounded) : null,
  }
}

/** The decision that an annual average like this one would propose, for who does not repeat. */
function decisionFor(profile: GradingProfile, rounded: number): string | null {
  return profile.annual ? decisionOf(rulesOf(profile).decisions, rounded, false) : null
}
