// Every question asked about persons, by noun; other features take theirs from here.
export { answersOf, consentKinds, PHOTO, photoPermission } from "./queries/consents.ts"
export { contactsOf } from "./queries/contacts.ts"
export {
  classChoices,
  currentYear,
  enrolmentsOf,
  moveStudent,
  placeStudent,
  withdrawStudent,
} from "./queries/enrolments.ts"
export { childrenOf, guardiansOf } from "./queries/guardians.ts"
export { teacherChoices, teachingOf } from "./queries/staff.ts"
export { addStudent, derived, doublesOf, findStudent, holderOf, studentsOfClass } from "./queries/students.ts"
