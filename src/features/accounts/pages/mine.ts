import type { Request, Response } from "express"
import { refused } from "../../../web/form.ts"
import { createSession } from "../../../web/session.ts"
import { failuresOf } from "../device.ts"
import { newPasswordProblems, passwordForm, refusedWith } from "../forms.ts"
import { loginText } from "../logins.ts"
import { checkPassword, hashPassword } from "../passwords.ts"
import { setPassword } from "../queries/accounts.ts"
import { countAttempt, forgiveAttempt } from "../queries/delays.ts"
import { endOtherSessions, endSession, secretsOf, sessionsOf } from "../queries/signIn.ts"
import { FREE_FAILURES, FREE_FAILURES_OF_ADDRESS, networkOf } from "../rules/delays.ts"
import { deviceInWords } from "../rules/devices.ts"

export async function show(req: Request, res: Response) {
  const { id, session } = req.member
  const sessions = (await sessionsOf(req.school.db, id, req.now)).map((one) => ({
    ...one,
    device: deviceInWords(one.device),
    present: one.id_hash === session,
  }))
  const { known } = await secretsOf(req.school.db, id)
  const logins = known.slice(1).map((login) => loginText(login, req.school.settings.phonePrefix))
  res.page("accounts/account", { sessions, logins })
}

export async function endOne(req: Request, res: Response) {
  const { id, session } = req.member
  const chosen = String(req.body.session ?? "")
  const ended = chosen !== session && (await endSession(req.school.db, id, chosen))
  res.flash(ended ? "accounts.session_closed" : "accounts.session_gone", {}, ended ? "done" : "warning")
  res.redirect(303, "/account")
}

export async function endOthers(req: Request, res: Response) {
  const n = await endOtherSessions(req.school.db, req.member.id, req.member.session)
  res.flash("accounts.sessions_closed", { n }).redirect(303, "/account")
}

const passwordPage = (req: Request) => ({ forced: req.member.mustChange })

export function password(req: Request, res: Response) {
  res.page("accounts/password", passwordPage(req))
}

/** The current password is asked, and guessed as slowly as at sign-in. */
export async function changePassword(req: Request, res: Response) {
  const { db, settings } = req.school
  const again = (form: object) => res.status(422).page("accounts/password", { ...passwordPage(req), form })
  const read = passwordForm.read(req.body)
  if (!read.ok) return again(read)
  const { hash, known } = await secretsOf(db, req.member.id)
  const counted = { key: failuresOf(req, req.member.id), free: FREE_FAILURES }
  const address = { key: `address:${networkOf(req.ip ?? "")}`, free: FREE_FAILURES_OF_ADDRESS }
  await countAttempt(db, [counted, address], req.now)
  if (!(await checkPassword(hash, read.values.current))) {
    return again(refused(read, "current", "Ce n’est pas votre mot de passe actuel."))
  }
  await forgiveAttempt(db, counted.key, address.key, req.now)
  const problems = newPasswordProblems(read.values.fresh, read.values.again, [...known, settings.name])
  if (read.values.fresh === read.values.current) {
    problems.push({ field: "fresh", text: "Choisissez un autre mot de passe que l’actuel." })
  }
  if (problems.length > 0) return again(refusedWith(read, problems))
  const fresh = await hashPassword(read.values.fresh)
  const at = req.now.toISOString()
  await setPassword(db, req.member, req.member.id, { hash: fresh, mustChange: false, at })
  await createSession(req, res, req.member.id)
  res.flash("accounts.password_changed").redirect(303, req.member.mustChange ? "/" : "/account")
}
