export const strings = {
  "bulletins.title": "Bulletins",
  "bulletins.checked": "La période est contrôlée : le proviseur peut la publier.",
  "bulletins.unchecked": "Le contrôle est levé : les notes peuvent de nouveau être reprises.",
  "bulletins.published":
    "Un bulletin est publié (version {version}). {messages} SMS écrits au journal. | {n} bulletins sont publiés (version {version}). {messages} SMS écrits au journal.",
  "bulletins.published_later":
    "Un bulletin est publié (version {version}). Les familles le verront le {when}. | {n} bulletins sont publiés (version {version}). Les familles les verront le {when}.",
  "bulletins.batch_started":
    "Une classe est en cours de publication. | {n} classes sont en cours de publication.",
  "bulletins.batch_cancelled":
    "Les classes qui attendaient ne seront pas publiées ; celles qui l’étaient le restent.",
  "bulletins.batch_ended": "Cette publication était déjà terminée.",
  "bulletins.scheduled": "Le {day} de chaque mois, les classes contrôlées seront publiées automatiquement.",
  "bulletins.unscheduled": "Plus rien ne sera publié sans qu’on le demande.",
  "bulletins.file_asked": "Le fichier est en préparation : il apparaîtra ici dès qu’il sera prêt.",
  "bulletins.model_kept":
    "La version {version} de ce modèle est enregistrée : elle vaut pour les prochaines publications.",
  "bulletins.model_given_up": "Ce modèle n’est plus suivi ; ses versions restent dans la liste.",
  "bulletins.duplicated": "Le duplicata n° {number} est compté : ouvrez son PDF ci-dessous pour l’imprimer.",
} as const
