export const strings = {
  "bulletins.title": "Bulletins",
  "bulletins.checked": "La période est contrôlée : le proviseur peut la publier.",
  "bulletins.unchecked": "Le contrôle est levé : les notes peuvent de nouveau être reprises.",
  "bulletins.published":
    "Un bulletin est publié (version {version}). {messages} SMS écrits au journal. | {n} bulletins sont publiés (version {version}). {messages} SMS écrits au journal.",
  "bulletins.file_asked": "Le fichier est en préparation : il apparaîtra ici dès qu’il sera prêt.",
} as const
