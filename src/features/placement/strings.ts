export const strings = {
  "placement.split":
    "La classe {class} est partagée : un élève est dans sa nouvelle classe. | La classe {class} est partagée : {n} élèves sont dans leur nouvelle classe.",
  "placement.merged": "Un élève a rejoint la classe {class}. | {n} élèves ont rejoint la classe {class}.",
  "placement.undone": "C’est annulé : chaque élève est de nouveau dans sa classe d’avant.",
} as const
