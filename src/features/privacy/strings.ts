export const strings = {
  "privacy.title": "Données personnelles",
  "privacy.file_expired": "L’adresse de ce fichier n’est plus valable : demandez-le de nouveau.",
  "privacy.nobody_chosen": "Choisissez au moins une personne.",
  "privacy.erased": "Une personne est effacée. | {n} personnes sont effacées.",
  "privacy.word_missing": "Rien n’a été effacé : écrivez le mot {word} pour confirmer.",
  "privacy.applications_erased":
    "{n} dossier d’inscription est effacé. | {n} dossiers d’inscription sont effacés.",
  "privacy.settings_saved": "Les durées et les contacts sont enregistrés.",
  "privacy.settings_same": "Rien n’a changé.",
  "privacy.line_saved": "« {title} » est enregistré dans le registre.",
  "privacy.line_removed": "« {title} » ne figure plus dans le registre ; ses versions restent.",
} as const
