export const strings = {
  "papers.title": "Certificats",
  "papers.issued": "{title} n° {reference} : inscrit au registre, il reste à l’imprimer.",
  "papers.duplicated": "Duplicata n° {number} inscrit au registre : il reste à l’imprimer.",
  "papers.cancelled":
    "{reference} est annulé : son numéro reste au registre, la vérification publique le dit.",
  "papers.template_saved": "Le texte est enregistré : les prochains documents l’utiliseront.",
  "papers.template_reset": "Le texte d’origine est rétabli.",
} as const
