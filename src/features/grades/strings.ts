export const strings = {
  "grades.title": "Notes",
  "grades.profile": "Barème",
  "grades.saved": "Une note est enregistrée. | {n} notes sont enregistrées.",
  "grades.saved_from_paper":
    "Une note est enregistrée : le total de la feuille est juste. | {n} notes sont enregistrées : le total de la feuille est juste.",
  "grades.file_of_nothing":
    "Il n’y a rien à mettre dans un classeur : créez d’abord une évaluation sur le barème de la classe.",
  "grades.unchanged": "Aucune note n’a changé.",
  "grades.fields_saved": "Une case est enregistrée. | {n} cases sont enregistrées.",
  "grades.fields_unchanged": "Rien n’a changé.",
  "grades.assessment_created": "« {label} » est créée : saisissez ses notes.",
  "grades.assessment_changed": "« {label} » est modifiée.",
  "grades.assessment_deleted": "« {label} » est supprimée ; ses notes restent dans l’historique.",
  "grades.locked": "{subject} est verrouillée pour la période.",
  "grades.unlocked": "{subject} est de nouveau ouverte à la saisie.",
  "grades.exempted": "L’élève est dispensé.",
  "grades.exemption_ended": "La dispense est retirée.",
  "grades.corrected": "La note est corrigée.",
  "grades.corrected_published":
    "La note est corrigée : publiez une nouvelle version des bulletins de la classe.",
  "grades.profile_chosen": "Le barème « {label} » est en vigueur.",
  "grades.profile_kept": "Le barème « {label} », version {version}, est en vigueur.",
} as const
