export const strings = {
  "links.made": "Le nouveau lien est prêt : recopiez-le ou envoyez-le à la famille.",
  "links.revoked": "Le lien est fermé : il n’ouvre plus rien.",
} as const
