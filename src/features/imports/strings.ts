export const strings = {
  "imports.title": "Imports",
  "imports.read": "Fichier lu : rien n’est encore enregistré.",
  "imports.read_again": "Fichier relu avec vos choix.",
  "imports.discarded": "Import abandonné : rien n’a été enregistré.",
  "imports.answered": "Réponse gardée pour la ligne {line}.",
  "imports.answered_all": "Réponse gardée pour la ligne {line} : toutes les lignes ont une réponse.",
  "imports.answer_cleared": "Ligne {line} remise à plus tard.",
  "imports.decided": "{n} réponse gardée. | {n} réponses gardées.",
  "imports.replacing": "Colonnes à remplacer retenues : voici ce que les fiches diront.",
  "imports.committed": "Import enregistré : {what}.",
  "imports.changed":
    "L’école a changé depuis cet aperçu : il vient d’être refait. Relisez-le avant d’enregistrer ; rien n’a été écrit.",
  "imports.nothing": "Il n’y a rien à enregistrer.",
  "imports.undone": "Import annulé : tout ce qu’il avait écrit a été retiré.",
  "imports.undone_partly":
    "Import annulé en partie : {n} élément reste, avec sa raison. | Import annulé en partie : {n} éléments restent, chacun avec sa raison.",
} as const
