export const strings = {
  "reenrolment.title": "Passage en année supérieure",
  "reenrolment.prepared":
    "Une classe est préparée : ses résultats sont lus. | {n} classes sont préparées : leurs résultats sont lus.",
  "reenrolment.decisions_saved": "Une décision est enregistrée. | {n} décisions sont enregistrées.",
  "reenrolment.decisions_same": "Rien n’a changé.",
  "reenrolment.done":
    "C’est fait : {enrolled} élèves ont leur place en {year}, {leaving} quittent l’école, {waiting} restent à décider.",
  "reenrolment.nothing": "Aucun élève n’était à réinscrire : rien n’a été écrit.",
  "reenrolment.undone": "Le passage est annulé : tout est comme avant.",
  "reenrolment.paths_saved": "Les règles de passage sont enregistrées.",
  "reenrolment.classes_made": "Une classe est créée en {year}. | {n} classes sont créées en {year}.",
} as const
