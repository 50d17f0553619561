export const strings = {
  "reports.title": "Relevés et statistiques",
  "reports.issued": "{title} n° {reference} : inscrit au registre, il reste à l’imprimer.",
  "reports.diplomas_issued":
    "Un diplôme est inscrit au registre : il reste à l’imprimer. | {n} diplômes sont inscrits au registre : ils restent à imprimer.",
  "reports.no_diploma": "Aucun diplôme n’a été délivré : cochez des élèves qui n’en ont pas encore.",
  "reports.list_drafted": "La liste est établie : comparez chaque moyenne, puis signez.",
  "reports.list_checked":
    "Première signature enregistrée : une autre personne doit contrôler et signer à son tour.",
  "reports.list_signed": "La liste {reference} est signée : elle ne sera plus jamais recalculée.",
  "reports.list_dropped": "La liste est abandonnée : vous pouvez en établir une autre.",
} as const
