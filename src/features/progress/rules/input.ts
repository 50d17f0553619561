// From the rows of a class and period to what its controls read. Pure.
import { parseFraction, roundHalfUp } from "../../grades/fraction.ts"
import type { GradingProfile } from "../../grades/profile.ts"
import type { About, ControlRows } from "../queries/controls.ts"
import type { ControlInput } from "./controlled.ts"
import { meansOf } from "./means.ts"

type Period = { id: number; starts_on: string; ends_on: string }

export function inputOf(
  rows: ControlRows,
  { about, profile, today }: { about: About; profile: GradingProfile; today: string },
): ControlInput {
  const period = { id: about.period_id, starts_on: about.starts_on, ends_on: about.ends_on }
  const now = meansIn(rows, profile, period)
  const earlier = rows.before ? meansIn(rows, profile, rows.before) : new Map<number, number>()
  return {
    classId: about.class_id,
    period,
    today,
    scale: roundHalfUp(parseFraction(profile.scale.max), 2),
    conduct: profile.conduct.mode,
    subjects: rows.subjects.map(({ id, label, short, teacher, coefficient }) => ({
      id,
      label,
      short,
      teacher,
      coefficient,
      mean: now.get(id) ?? null,
      meanBefore: earlier.get(id) ?? null,
    })),
    assessments: rows.assessments.filter((one) => one.period === period.id),
    stays: rows.stays,
    marks: rows.marks,
    exempt: exemptIn(rows, period),
    conducts: rows.conducts,
  }
}

function meansIn(rows: ControlRows, profile: GradingProfile, period: Period) {
  const there = rows.stays.filter(
    ({ starts_on, ends_on }) => starts_on <= period.ends_on && (ends_on === null || ends_on > period.ends_on),
  )
  return meansOf({
    profile,
    subjects: rows.subjects,
    assessments: rows.assessments.filter((one) => one.period === period.id),
    students: [...new Set(there.map(({ student }) => student))],
    marks: rows.marks,
    exempt: exemptIn(rows, period),
  })
}

const exemptIn = ({ exemptions }: ControlRows, period: Period) =>
  new Set(
    exemptions
      .filter(({ period_id }) => period_id === period.id)
      .map(({ student_id, class_subject_id }) => `${student_id}.${class_subject_id}`),
  )
