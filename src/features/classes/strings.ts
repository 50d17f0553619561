export const strings = {
  "classes.title": "Classes",
  "classes.tables_title": "Matières et coefficients",
  "classes.added": "La classe {class} est créée.",
  "classes.changed": "La classe {class} est enregistrée.",
  "classes.deleted": "La classe {class} est supprimée.",
  "classes.lines_changed": "Une matière est modifiée. | {n} matières sont modifiées.",
  "classes.lines_same": "Rien n’a changé.",
  "classes.lines_changed_published":
    "Enregistré. Les bulletins publiés ({periods}) gardent les anciens coefficients : publiez une nouvelle version pour les changer.",
  "classes.line_added": "{subject} est ajoutée à la classe {class}.",
  "classes.line_removed": "{subject} est retirée de la classe {class}.",
  "classes.template_copied": "La grille est reprise dans la classe {class}.",
  "classes.template_outdated":
    "La classe ou la grille a changé entre-temps : voici ce qui changerait maintenant.",
  "classes.subject_added": "La matière {subject} est créée.",
  "classes.subject_changed": "La matière {subject} est enregistrée.",
  "classes.table_saved": "La grille de {level} {series} est enregistrée.",
  "classes.tables_copied":
    "Une ligne est reprise de {from} en {to}. | {n} lignes sont reprises de {from} en {to}.",
  "classes.level_saved": "Le niveau {level} est enregistré.",
  "classes.series_saved": "La série {series} est enregistrée.",
  "classes.alias_added": "« {alias} » sera compris désormais.",
  "classes.alias_removed": "« {alias} » n’est plus compris.",
} as const
