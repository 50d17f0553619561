// The arithmetic of grades in one place: pure, exact, without database or clock (domain.md §3).
// Each part lives in the file of its noun; pages, bulletins and statistics import from here.

export {
  gradeYear,
  weightedMean,
  type YearInput,
  type YearLine,
  type YearResult,
  type YearStudent,
} from "./annual.ts"
export type { Assessment, Id } from "./averages.ts"
export { examRescue, type Rescue } from "./exam.ts"
export {
  type CategoryStep,
  explainGeneral,
  explainSubject,
  type GeneralExplanation,
  type MarkStep,
  type SubjectExplanation,
  type SubjectQuestion,
} from "./explanation.ts"
export {
  type Fraction,
  fraction,
  fractionText,
  french,
  fromUnits,
  parseFraction,
  plainText,
  type Shown,
  shown,
} from "./fraction.ts"
export {
  gradePeriod,
  type Mark,
  type PeriodInput,
  type PeriodResult,
} from "./period.ts"
export {
  CONDUCT,
  type GradingConfig,
  type GradingProfile,
  readProfile,
  STATUSES,
  type Status,
} from "./profile.ts"
export { ordinal, type Rank, rank, rankLabel, type Sex } from "./ranking.ts"
export { bulletinReport, type GradingResult } from "./report.ts"
export type { PeriodStats, SubjectStats } from "./statistics.ts"
export type { GroupLine, PeriodStudent, StudentResult, Subject, SubjectLine } from "./student.ts"
export { type GradingInput, grade, gradeVariant, WorksheetProblem } from "./worksheet.ts"
