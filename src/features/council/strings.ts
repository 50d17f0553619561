export const strings = {
  "council.title": "Conseils de classe",
  "council.prepared": "La séance est préparée.",
  "council.opened": "La séance est ouverte.",
  "council.reopened": "La séance est ouverte de nouveau : son procès-verbal aura une nouvelle version.",
  "council.closed": "La séance est close : le procès-verbal est prêt à imprimer.",
  "council.decided": "{name} : {what}.",
  "council.undone": "{name} : la décision est annulée.",
  "council.written": "{name} : l’appréciation est enregistrée.",
  "council.followed": "La proposition est suivie pour un élève. | La proposition est suivie pour {n} élèves.",
  "council.phrase_added": "La phrase est ajoutée.",
  "council.phrase_changed": "La phrase est modifiée.",
  "council.choices_changed": "Les listes sont enregistrées.",
} as const
