export const strings = {
  "messages.title": "Journal des SMS",
  "messages.cancelled": "Le message est arrêté : il ne partira pas.",
  "messages.too_late": "Ce message est déjà parti : il ne peut plus être arrêté.",
} as const
