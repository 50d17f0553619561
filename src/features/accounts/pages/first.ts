import type { Request, Response } from "express"
import { refresh } from "../../../school.ts"
import { type Problem, refused } from "../../../web/form.ts"
import { notFound } from "../../../web/refusal.ts"
import { createSession } from "../../../web/session.ts"
import { COUNTRIES, countryOf } from "../../school/countries.ts"
import { isPlan, likelyYear, plannedPeriods, yearLabel, yearProblems } from "../../school/rules.ts"
import { openingSignature } from "../first.ts"
import { newPasswordProblems, openingForm, refusedWith } from "../forms.ts"
import { emailLogin, type Login, phoneLogin } from "../logins.ts"
import { hashPassword } from "../passwords.ts"
import { countAttempt, forgiveAttempt } from "../queries/delays.ts"
import { isOpeningCode, openSchoolWith } from "../queries/opening.ts"
import { networkOf } from "../rules/delays.ts"

/** Wrong codes of one address that cost nothing. */
const FREE_CODES = 5

/** Once the school has a name there is no first visit any more. */
function onlyOnce(req: Request): void {
  if (req.school.settings.name) throw notFound()
}

function showForm(res: Response, form: object) {
  const countries = COUNTRIES.map(({ code, label }) => ({ value: code, label }))
  res.page("accounts/first", { layout: "site", form, countries })
}

export function show(req: Request, res: Response) {
  onlyOnce(req)
  const country = COUNTRIES[0]
  const span = likelyYear(req.now.toISOString(), country?.yearBegins ?? "", country?.yearEnds ?? "")
  showForm(res, { typed: { country: country?.code, periods: country?.periods, ...span }, problems: [] })
}

function loginTyped(typed: string, prefix: string): Login | null {
  if (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(typed)) return { kind: "email", login: emailLogin(typed) }
  const login = phoneLogin(typed, prefix)
  return login ? { kind: "phone", login } : null
}

export async function open(req: Request, res: Response) {
  onlyOnce(req)
  const { db, secret } = req.school
  const read = openingForm.read(req.body)
  if (!read.ok) return showForm(res.status(422), read)
  const typed = read.values
  const signature = openingSignature(secret, typed.code)
  const address = `first:${networkOf(req.ip ?? "")}`
  await countAttempt(db, [{ key: address, free: FREE_CODES }], req.now)
  if (!(await isOpeningCode(db, signature))) {
    const text = "Ce n’est pas le code : il est dans le journal du serveur et change à chaque démarrage."
    return showForm(res.status(422), refused(read, "code", text))
  }
  await forgiveAttempt(db, address, address, req.now)
  const country = countryOf(typed.country)
  const login = loginTyped(typed.login, country?.settings.phonePrefix ?? "+223")
  const year = { starts_on: typed.starts_on, ends_on: typed.ends_on, label: yearLabel(typed) }
  const problems: Problem[] = [
    ...(country ? [] : [{ field: "country", text: "Choisissez dans la liste." }]),
    ...yearProblems(year, []),
    ...(isPlan(typed.periods) ? [] : [{ field: "periods", text: "Choisissez dans la liste." }]),
    ...(login ? [] : [{ field: "login", text: "Écrivez une adresse e-mail ou un numéro de téléphone." }]),
    ...newPasswordProblems(typed.fresh, typed.again, [
      typed.login,
      typed.name,
      `${typed.given_names} ${typed.surname}`,
    ]),
  ]
  if (!country || !login || !isPlan(typed.periods) || problems.length > 0) {
    return showForm(res.status(422), refusedWith(read, problems))
  }
  const hash = await hashPassword(typed.fresh)
  const opening = {
    settings: {
      ...country.settings,
      country: country.code,
      name: typed.name,
      shortName: typed.short_name ?? "",
      academy: typed.academy ?? "",
      city: typed.city ?? "",
    },
    year,
    periods: plannedPeriods(year, typed.periods),
    administrator: { surname: typed.surname, givenNames: typed.given_names, login, hash },
  }
  const accountId = await openSchoolWith(db, signature, { opening, at: req.now.toISOString() })
  if (accountId === null) throw notFound()
  await refresh(req.school)
  await createSession(req, res, accountId)
  res.flash("accounts.opened", { school: typed.name }).redirect(303, "/")
}
