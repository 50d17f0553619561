/** A way to say no: thrown anywhere, shown as a page with its sentence. Everything else thrown is our fault. */
export class Refusal extends Error {
  readonly status: number
  constructor(status: 400 | 403 | 404 | 409 | 410 | 413 | 415 | 429, sentence: string) {
    super(sentence)
    this.status = status
  }
}

/** What was asked for stands at another address of ours: thrown anywhere, leads there. */
export class Elsewhere extends Error {
  readonly path: string
  constructor(path: string) {
    super(`it stands at ${path}`)
    this.path = path
  }
}

/** The same for what does not exist and for what this person may not see. */
export const notFound = () => new Refusal(404, "Cette page n’existe pas, ou vous n’y avez pas accès.")

export const forbidden = () => new Refusal(403, "Votre compte n’a pas le droit de faire cela.")

export const expiredForm = () =>
  new Refusal(
    403,
    "Ce formulaire a expiré ou n’a pas été émis pour vous. Revenez à la page, rechargez-la et recommencez : rien n’a été enregistré.",
  )
