export const strings = {
  "families.title": "Mes enfants",
} as const
