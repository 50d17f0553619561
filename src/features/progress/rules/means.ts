// The averages of a class by subject, as its bulletins would make them, in hundredths. Pure.
import { asAssessment, asSubject } from "../../grades/grading.ts"
import { gradePeriod, type Mark } from "../../grades/period.ts"
import type { GradingProfile } from "../../grades/profile.ts"
import { meanOf } from "./spread.ts"

export type MeansInput = {
  profile: GradingProfile
  subjects: readonly { id: number; code: string; coefficient: number; optional: boolean; group: string }[]
  assessments: readonly { id: number; classSubject: number; category: string; max: number; weight: number }[]
  /** those of the roll */
  students: readonly number[]
  marks: readonly Mark[]
  /** « student.classSubject » */
  exempt: ReadonlySet<string>
}

/** « 12.33 » -> 1233; a mean needs no more decimals than two to show that it moved. */
const inHundredths = (text: string) => {
  const [units = "0", decimals = ""] = text.split(".")
  return Number(units) * 100 + Number(decimals.padEnd(2, "0").slice(0, 2))
}

/** The mean of each class subject over the students who have an average in it; none where nobody has. */
export function meansOf({
  profile,
  subjects,
  assessments,
  students,
  marks,
  exempt,
}: MeansInput): Map<number, number> {
  const codes = new Map(subjects.map(({ id, code }) => [id, code]))
  const { students: graded } = gradePeriod({
    profile,
    subjects: subjects.map(asSubject),
    assessments: assessments.map((one) => asAssessment(one, codes.get(one.classSubject) as string)),
    students: students.map((id) => ({
      id,
      sex: null,
      conduct: null,
      exempt: subjects.filter((subject) => exempt.has(`${id}.${subject.id}`)).map(({ code }) => code),
    })),
    marks,
  })
  const means = new Map<number, number>()
  for (const [s, { id }] of subjects.entries()) {
    const averages = graded.flatMap(({ lines }) => lines[s]?.average?.text ?? [])
    const mean = meanOf(averages.map(inHundredths))
    if (mean !== null) means.set(id, mean)
  }
  return means
}
