// Every question asked about classes, subjects and coefficients, by noun; other features take theirs from here.
export {
  addClass,
  classesOf,
  type FoundClass,
  findClass,
  listClasses,
  publishedPeriods,
  renumber,
} from "./queries/classes.ts"
export { linesOfTemplate } from "./queries/coefficients.ts"
export { levelsOf, seriesOf, vocabularyOf } from "./queries/naming.ts"
export { addLines, subjectsOfClass } from "./queries/subjects.ts"
