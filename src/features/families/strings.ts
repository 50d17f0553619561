export const strings = {
  "families.title": "Mes enfants",
  "families.link_made": "Le nouveau lien est prêt : recopiez-le ou envoyez-le à la famille.",
  "families.link_revoked": "Le lien est fermé : il n’ouvre plus rien.",
} as const
