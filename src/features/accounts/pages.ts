import type { Request, Response } from "express"
import { line } from "../../web/fields.ts"
import { form, refused } from "../../web/form.ts"
import { createSession, revokeSession } from "../../web/session.ts"
import { checkPassword } from "./passwords.ts"
import { accountOfLogin } from "./queries.ts"

const signInForm = form({ login: line(200), password: line(200) })

export function signInPage(_req: Request, res: Response) {
  res.page("accounts/sign_in", { layout: "site" })
}

export async function signIn(req: Request, res: Response) {
  const read = signInForm.read(req.body)
  if (!read.ok) return res.status(422).page("accounts/sign_in", { form: read })
  const account = await accountOfLogin(req.school.db, read.values.login)
  const right = await checkPassword(account?.password_hash ?? null, read.values.password)
  if (!account || !right) {
    const form = refused(read, "login", "Identifiant ou mot de passe incorrect.")
    return res.status(422).page("accounts/sign_in", { form })
  }
  await createSession(req, res, account.id)
  res.redirect(303, "/")
}

export async function signOut(req: Request, res: Response) {
  await revokeSession(req, res)
  res.flash("accounts.signed_out").redirect(303, "/sign-in")
}
