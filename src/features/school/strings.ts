export const strings = {
  "school.title": "Établissement",
  "school.years": "Années scolaires",
  "school.changed": "Les réglages de l’école sont modifiés.",
  "school.unchanged": "Aucun réglage n’a changé.",
  "school.logo_kept": "Le logo est enregistré : les prochains bulletins, certificats et cartes le porteront.",
  "school.logo_removed": "Le logo est retiré ; ce qui est déjà publié garde le sien.",
  "school.year_made":
    "L’année {label} est créée, avec les coefficients et les règles de calcul de l’année en cours.",
  "school.year_changed": "L’année {label} est modifiée.",
  "school.year_current": "{label} est maintenant l’année en cours.",
} as const
