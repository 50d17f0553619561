export const strings = {
  "corrections.title": "Corrections",
  "corrections.sent":
    "Votre signalement est arrivé. L’école le lira ; tant qu’elle n’a pas répondu, vous pouvez le changer ici.",
  "corrections.decided": "Le signalement pour {name} est traité.",
} as const
