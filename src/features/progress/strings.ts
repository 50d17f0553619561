export const strings = {
  "progress.title": "Suivi de la saisie",
  "progress.thresholds": "Contrôle des notes",
  "progress.reminded":
    "Un rappel est écrit au journal des SMS. | {n} rappels sont écrits au journal des SMS.",
  "progress.nobody_reminded":
    "Aucun rappel n’est parti : plus rien n’est à rendre, ou un rappel est déjà parti aujourd’hui, ou il manque un numéro.",
  "progress.deadlines_saved": "Les échéances sont enregistrées.",
  "progress.thresholds_saved": "Les seuils des contrôles sont enregistrés.",
  "progress.seen": "Un point est noté comme vu. | {n} points sont notés comme vus.",
  "progress.seen_changed":
    "Un point coché a changé entre-temps : relisez-le ci-dessous. Points notés comme vus : {seen}. | {n} points cochés ont changé entre-temps : relisez-les ci-dessous. Points notés comme vus : {seen}.",
  "progress.shown": "Le point est de nouveau à regarder.",
  "progress.not_seen": "Ce point n’était pas, ou n’est plus, noté comme vu.",
} as const
