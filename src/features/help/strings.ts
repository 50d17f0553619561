export const strings = {
  "help.title": "Aide",
} as const
