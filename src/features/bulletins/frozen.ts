// What a publication keeps beside its bulletins: the marks and rules of the day, and the figures that later periods need.
import { fractionText, plainText, unitsText } from "../grades/fraction.ts"
import type { GradedClassPeriod } from "../grades/grading.ts"
import { classFigures, keptFigures } from "./figures.ts"

/** The marks and the rule of the day, in the shape that the terminal's `grading` verb works out again. */
export function frozenInput({ input, subjects, assessments, students, period, result }: GradedClassPeriod) {
  const codes = new Map(subjects.map(({ classSubject, code }) => [classSubject, code]))
  const counted = new Set(assessments.map(({ id }) => id))
  const marks: Record<string, Record<string, { v: string } | { s: string }>> = {}
  const roll = new Set(students.map(({ id }) => id))
  for (const { student, assessment, value, status } of input.marks) {
    if (!counted.has(Number(assessment)) || !roll.has(Number(student))) continue
    marks[student] ??= {}
    marks[student][assessment] = value === null ? { s: status ?? "NE" } : { v: plainDecimal(value) }
  }
  const exempt = new Map(input.students.map((student) => [student.id, student.exempt]))
  return {
    config: { ...result.profile, groups: groupsWithSubjects(result.profile.groups, subjects) },
    subjects: input.subjects.map(({ code, coefficient, optional }, n) => ({
      code,
      label: subjects[n]?.label ?? code,
      coef: plainText(coefficient),
      ...(optional ? { optional: "bonus_above" } : {}),
    })),
    assessments: assessments.map(({ id, classSubject, category, label, held_on, max, weight }) => ({
      id: String(id),
      period: period.code,
      subject: codes.get(classSubject) as string,
      category,
      label,
      heldOn: held_on,
      max: plainDecimal(max),
      weight: plainDecimal(weight),
    })),
    students: students.map(({ id, matricule, surname, given_names, sex, conduct, repeating }) => ({
      id: String(id),
      matricule,
      nom: surname,
      prenom: given_names,
      sex,
      repeating,
      conduct: conduct === null ? {} : { [period.code]: plainDecimal(conduct) },
      exempt: { [period.code]: exempt.get(id) ?? [] },
      periods: [period.code],
    })),
    marks,
  }
}

/** 1250 -> « 12.5 »: hundredths as the worked examples write them. */
const plainDecimal = (hundredths: number) => unitsText(hundredths, 2).replace(/\.?0+$/, "") || "0"

/** A group listed by its subjects' own codes, so that the frozen rule stands without the class's table. */
function groupsWithSubjects(
  groups: GradedClassPeriod["result"]["profile"]["groups"],
  subjects: GradedClassPeriod["subjects"],
) {
  return groups.map((group) => ({
    ...group,
    subjects: [
      ...new Set([...group.subjects, ...subjects.filter((s) => s.group === group.code).map((s) => s.code)]),
    ],
  }))
}

/** What later periods, lists and statistics need of this one, without opening its bulletins. */
export function figuresOf(graded: GradedClassPeriod) {
  const { result } = graded
  return {
    students: Object.fromEntries(
      result.students.map(({ student, general }) => [student, general && fractionText(general.exact)]),
    ),
    mean: result.stats?.mean?.text ?? null,
    ranked: result.stats?.ranked ?? null,
    passed: result.stats?.passed ?? null,
    figures: keptFigures(classFigures(graded)),
  }
}
