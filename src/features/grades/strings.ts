export const strings = {
  "grades.title": "Notes",
  "grades.profile": "Barème",
  "grades.saved": "Une note est enregistrée. | {n} notes sont enregistrées.",
  "grades.unchanged": "Aucune note n’a changé.",
} as const
