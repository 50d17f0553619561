export const strings = {
  "photos.title": "Photos",
  "photos.kept": "La photo de {name} est enregistrée.",
  "photos.removed": "La photo de {name} est retirée. Elle peut encore être reprise aujourd’hui.",
  "photos.restored": "La photo précédente de {name} est de nouveau en place.",
} as const
