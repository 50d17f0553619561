import type { Request, Response } from "express"
import { refused } from "../../../web/form.ts"
import { localPath } from "../../../web/localPath.ts"
import { createSession, revokeSession } from "../../../web/session.ts"
import { sha256 } from "../../../web/signing.ts"
import { demoAccounts } from "../demo.ts"
import { failuresOf, knowDevice } from "../device.ts"
import { signInForm } from "../forms.ts"
import { loginsMeant } from "../logins.ts"
import { checkPassword } from "../passwords.ts"
import { countAttempt, forgiveAttempt } from "../queries/delays.ts"
import { accountOfLogins } from "../queries/signIn.ts"
import { FREE_FAILURES, FREE_FAILURES_OF_ADDRESS, networkOf } from "../rules/delays.ts"

const forVisitors = (req: Request) => ({
  layout: "site",
  demo: req.school.settings.demo ? demoAccounts : [],
  applications: req.school.settings.applications === "open",
})

export function show(req: Request, res: Response) {
  const next = localPath(req.query.next)
  if (req.user) return res.redirect(303, next ?? "/")
  res.page("accounts/sign_in", { ...forVisitors(req), form: { typed: { next: next ?? "" }, problems: [] } })
}

/** One tap in the demonstration: the account chosen is typed for the visitor, and signs in like any other. */
function typedByVisitor(req: Request) {
  const chosen = req.school.settings.demo && demoAccounts.find(({ key }) => key === req.body?.demo)
  return chosen ? { ...req.body, login: chosen.login, password: chosen.password } : req.body
}

export async function signIn(req: Request, res: Response) {
  const { db, settings } = req.school
  const read = signInForm.read(typedByVisitor(req))
  if (!read.ok) return res.status(422).page("accounts/sign_in", { ...forVisitors(req), form: read })
  const logins = loginsMeant(read.values.login, settings.phonePrefix)
  const account = await accountOfLogins(db, logins)
  const counted = account ? failuresOf(req, account.id) : `login:${sha256(logins[0] ?? "").slice(0, 32)}`
  const address = `address:${networkOf(req.ip ?? "")}`
  const attempt = [
    { key: counted, free: FREE_FAILURES },
    { key: address, free: FREE_FAILURES_OF_ADDRESS },
  ]
  await countAttempt(db, attempt, req.now)
  const right = await checkPassword(account?.password_hash ?? null, read.values.password)
  if (!account || !right) {
    const form = refused(read, "login", "Identifiant ou mot de passe incorrect.")
    return res.status(422).page("accounts/sign_in", { ...forVisitors(req), form })
  }
  await forgiveAttempt(db, counted, address, req.now)
  knowDevice(req, res, account.id)
  await createSession(req, res, account.id)
  res.redirect(303, localPath(read.values.next) ?? "/")
}

export async function signOut(req: Request, res: Response) {
  await revokeSession(req, res)
  // on a shared computer the next person's « Retour » shows nothing
  res.setHeader("Clear-Site-Data", '"cache"')
  res.flash("accounts.signed_out").redirect(303, "/sign-in")
}
