export const strings = {
  "lists.students": "Élèves",
  "lists.exports": "Exports de listes",

  "lists.saved": "La liste « {name} » est enregistrée.",
  "lists.changed": "La liste « {name} » est modifiée.",
  "lists.content_changed": "« {name} » garde maintenant ces filtres et ces colonnes.",
  "lists.deleted": "La liste « {name} » est supprimée ; les élèves n’ont pas changé.",
  "lists.name_taken": "Une autre liste porte déjà ce nom.",
  "lists.file_expired": "Ce fichier n’est plus proposé : demandez-le de nouveau.",
} as const
