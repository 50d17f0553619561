export const strings = {
  "scans.added": "« {label} » est dans les pièces de {name}.",
  "scans.added_ticked":
    "« {label} » est dans les pièces de {name}, et cochée « remise » dans le dossier {reference}.",
  "scans.deleted": "« {label} » est dans la corbeille. Elle peut être reprise pendant {days} jours.",
  "scans.restored": "« {label} » est de nouveau dans les pièces de {name}.",
} as const
