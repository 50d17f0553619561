// From which figures on the controls speak: a school's own, or these. Pure.
import { hundredths, wholeNumber } from "../../../web/fields.ts"
import { form } from "../../../web/form.ts"
import { short } from "../../../web/french.ts"

export type Thresholds = {
  /** a mark farther from the median is shown: median absolute deviations, in hundredths */
  deviations: number
  /** a class average that moves more, in hundredths of a point */
  jump: number
  /** a blank is one student's own when this share of the class has a mark, in hundredths */
  most: number
  /** unjustified absences at assessments of one student in a period */
  absences: number
  /** fewer marks say nothing of a column: it may be of one value by chance */
  fewest: number
}

export const DEFAULTS: Thresholds = { deviations: 300, jump: 300, most: 80, absences: 3, fewest: 5 }

export const thresholdsForm = form({
  deviations: hundredths(100, 1000),
  jump: hundredths(50, 2000),
  most: wholeNumber(50, 100),
  absences: wholeNumber(1, 50),
  fewest: wholeNumber(3, 50),
})

/** As the form shows them. */
export const typedThresholds = ({ deviations, jump, most, absences, fewest }: Thresholds) => ({
  deviations: short(deviations),
  jump: short(jump),
  most: String(most),
  absences: String(absences),
  fewest: String(fewest),
})

/** The school's setting: JSON of what differs; what cannot be read is as if it were not there. */
export function readThresholds(setting: string): Thresholds {
  if (!setting) return DEFAULTS
  const kept = JSON.parse(setting) as Partial<Thresholds>
  return { ...DEFAULTS, ...kept }
}
