export const strings = {
  "home.area.home": "Accueil",
  "home.area.students": "Élèves",
  "home.area.files": "Dossiers",
  "home.area.grades": "Notes",
  "home.area.messages": "Messages",
  "home.area.school": "École",
  "home.area.settings": "Réglages",
  "home.title": "Accueil",
} as const
