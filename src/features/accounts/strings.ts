export const strings = {
  "accounts.sign_in": "Se connecter",
  "accounts.signed_out": "Vous êtes déconnecté.",
} as const
