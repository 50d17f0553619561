import type { Request, Response } from "express"
import { isRole, ROLE_LABELS, ROLES, type Role } from "../../../roles.ts"
import { refused } from "../../../web/form.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { pageNumber, rowNumber } from "../../../web/rowNumber.ts"
import { type AccountValues, readAccount } from "../forms.ts"
import { loginText } from "../logins.ts"
import { firstPassword, hashPassword } from "../passwords.ts"
import * as queries from "../queries/accounts.ts"
import { peopleWithoutAccount, personChosen } from "../queries/people.ts"
import { ownRolesProblem, refusalToChange, rolesOpenTo } from "../rules/rights.ts"
import { carryPassword, takePassword } from "../slip.ts"

const STATES = ["open", "closed", "new"] as const
const text = (value: unknown) => (typeof value === "string" ? value.trim().slice(0, 80) : "")

export async function index(req: Request, res: Response) {
  const q = text(req.query.q)
  const role = isRole(text(req.query.role)) ? (text(req.query.role) as Role) : null
  const state = STATES.find((one) => one === req.query.state) ?? null
  const page = pageNumber(req.query.page)
  const { rows, total } = await queries.accountsFound(req.school.db, { q, role, state }, page)
  const query = Object.fromEntries(Object.entries({ q, role, state }).filter(([, value]) => value))
  const roles = ROLES.map((one) => ({ value: one, label: ROLE_LABELS[one] }))
  const accounts = rows.map((row) => ({
    ...row,
    roles: row.roles.map((one) => ROLE_LABELS[one]),
    logins: row.logins.map((login) => loginText(login, req.school.settings.phonePrefix)),
  }))
  res.page("accounts/index", { accounts, total, size: queries.PAGE, page, query, roles })
}

/** The account of the address; who is no administrator finds those of administrators closed to change. */
async function accountAsked(req: Request): Promise<queries.Account> {
  const account = await queries.accountOf(req.school.db, rowNumber(req.params.account), req.now)
  if (!account) throw notFound()
  return account
}

async function accountToChange(req: Request): Promise<queries.Account> {
  const account = await accountAsked(req)
  const sentence = refusalToChange(req.member.roles, account.roles)
  if (sentence) throw new Refusal(403, sentence)
  return account
}

const boxesFor = (person: queries.Account["person"], by: Request["member"]) =>
  rolesOpenTo(person)
    .filter((role) => role !== "administrator" || by.roles.includes("administrator"))
    .map((role) => ({ name: `role_${role}`, label: ROLE_LABELS[role] }))

/** First a person without account is looked for, then what the account is. */
export async function choose(req: Request, res: Response) {
  const person = await personChosen(req.school.db, req.query.person)
  if (person?.accountId) {
    res.flash("accounts.has_account", {}, "warning")
    return res.redirect(303, `/accounts/${person.accountId}`)
  }
  if (!person) {
    const q = text(req.query.q)
    return res.page("accounts/choose", { q, people: await peopleWithoutAccount(req.school.db, q) })
  }
  const { name, email, phone, matricule, roles } = person
  const typed = {
    name,
    email,
    phone,
    matricule,
    ...Object.fromEntries(roles.map((role) => [`role_${role}`, "1"])),
  }
  res.page("accounts/new", {
    person,
    boxes: boxesFor(person.kind, req.member),
    form: { typed, problems: [] },
  })
}

export async function create(req: Request, res: Response) {
  const { db, settings } = req.school
  const person = await personChosen(db, req.body.person)
  if (!person) throw notFound()
  const again = (form: object) =>
    res.status(422).page("accounts/new", { person, boxes: boxesFor(person.kind, req.member), form })
  const read = readAccount(req.body, { person: person.kind, prefix: settings.phonePrefix })
  if (!read.ok) return again(read)
  allow(req, read.values)
  const password = firstPassword()
  const hash = await hashPassword(password)
  const account = { ...read.values, person: person.kind, personId: person.id }
  try {
    const id = await queries.openAccount(db, req.member, account, { hash, at: req.now.toISOString() })
    carryPassword(req, res, id, password)
    res.flash("accounts.created").redirect(303, `/accounts/${id}/slip`)
  } catch (problem) {
    again(loginTaken(problem, read))
  }
}

/** A role that one may not give: refused whole, the form does not offer it. */
function allow(req: Request, { roles }: AccountValues): void {
  const sentence = refusalToChange(req.member.roles, roles)
  if (sentence) throw new Refusal(403, sentence)
}

function loginTaken(problem: unknown, read: { typed: Record<string, string> }) {
  if (!(problem instanceof queries.LoginTaken)) throw problem
  return refused(read, problem.field, "Un autre compte se connecte déjà avec cet identifiant.")
}

export async function show(req: Request, res: Response) {
  const account = await accountAsked(req)
  const login = (kind: string) => account.logins.find((one) => one.kind === kind)?.login ?? ""
  const typed = {
    name: account.name,
    email: login("email"),
    phone: login("phone"),
    matricule: login("matricule"),
    ...Object.fromEntries(account.roles.map((role) => [`role_${role}`, "1"])),
  }
  showAccount(req, res, account, { typed, problems: [] })
}

function showAccount(req: Request, res: Response, account: queries.Account, form: object) {
  const closed = refusalToChange(req.member.roles, account.roles)
  const roles = account.roles.map((role) => ROLE_LABELS[role])
  const boxes = boxesFor(account.person, req.member)
  res.page("accounts/show", { account, roles, boxes, form, closed, own: account.id === req.member.id })
}

export async function change(req: Request, res: Response) {
  const { db, settings } = req.school
  const account = await accountToChange(req)
  const again = (form: object) => showAccount(req, res.status(422), account, form)
  const read = readAccount(req.body, { person: account.person, prefix: settings.phonePrefix })
  if (!read.ok) return again(read)
  allow(req, read.values)
  const own = account.id === req.member.id
  const problem = own ? ownRolesProblem(account.roles, read.values.roles) : null
  if (problem) return again(refused(read, problem.field, problem.text))
  try {
    await queries.changeAccount(db, req.member, account, read.values, req.now.toISOString())
    res.flash("accounts.changed", { name: read.values.name }).redirect(303, `/accounts/${account.id}`)
  } catch (problem) {
    again(loginTaken(problem, read))
  }
}

function notOwn(req: Request, account: queries.Account, sentence: string): void {
  if (account.id === req.member.id) throw new Refusal(409, sentence)
}

export async function close(req: Request, res: Response) {
  const account = await accountToChange(req)
  notOwn(
    req,
    account,
    "Vous ne pouvez pas fermer votre propre compte : un autre administrateur peut le faire.",
  )
  await queries.closeAccount(req.school.db, req.member, account, req.now.toISOString())
  res.flash("accounts.closed", { name: account.name }).redirect(303, `/accounts/${account.id}`)
}

export async function reopen(req: Request, res: Response) {
  const account = await accountToChange(req)
  await queries.reopenAccount(req.school.db, req.member, account, req.now.toISOString())
  res.flash("accounts.reopened", { name: account.name }).redirect(303, `/accounts/${account.id}`)
}

export async function resetPassword(req: Request, res: Response) {
  const account = await accountToChange(req)
  notOwn(req, account, "Votre propre mot de passe se change dans « Mon compte ».")
  const password = firstPassword()
  const hash = await hashPassword(password)
  const at = req.now.toISOString()
  await queries.setPassword(req.school.db, req.member, account.id, { hash, mustChange: true, at })
  carryPassword(req, res, account.id, password)
  res.redirect(303, `/accounts/${account.id}/slip`)
}

/** The access slip: the password is on it the first time, and kept by no browser. */
export async function slip(req: Request, res: Response) {
  const account = await accountAsked(req)
  const password = takePassword(req, res, account.id)
  const { publicUrl } = req.school.settings
  const address = publicUrl || `${req.protocol}://${req.headers.host ?? ""}`
  res.setHeader("Cache-Control", "no-store")
  const logins = account.logins.map(({ login }) => loginText(login, req.school.settings.phonePrefix))
  const back = `/accounts/${account.id}`
  res.page("accounts/slip", { layout: "print", account, logins, password, address, back })
}
