// The access slips of a whole class: accounts for those who have none, first passwords printed once.
import { randomBytes } from "node:crypto"
import type { Request, Response } from "express"
import { checkbox } from "../../../web/fields.ts"
import { form } from "../../../web/form.ts"
import { notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { findClass } from "../../classes/queries.ts"
import { viewer } from "../../people/scope.ts"
import { loginText } from "../logins.ts"
import { hashPassword, passwordFrom } from "../passwords.ts"
import { loginsOfAccounts, makeSlips, slipPlanOf } from "../queries/slips.ts"
import { type ClassPerson, type SlipPlan, wordOf } from "../rules/slips.ts"
import { carry, take } from "../slip.ts"

/** As many as one cookie names and one request hashes in a few seconds; the rest wait for a second time. */
const MOST = 300

const slipsForm = form({ guardians: checkbox(), students: checkbox(), renew: checkbox() })

async function classFor(req: Request) {
  const one = await findClass(req.school.db, viewer(req), rowNumber(req.params.class))
  if (!one) throw notFound()
  return one
}

const about = ({ id }: { id: number }) => `class ${id}`
const kinds = (people: readonly ClassPerson[]) => ({
  guardians: people.filter(({ kind }) => kind === "guardian").length,
  students: people.filter(({ kind }) => kind === "student").length,
})

export async function show(req: Request, res: Response) {
  const one = await classFor(req)
  const plan = await slipPlanOf(req.school.db, one.id)
  const missing = kinds(plan.toOpen.map(({ person }) => person))
  res.page("accounts/slips", { one, plan, missing, most: MOST })
}

/** The part of the plan that was ticked, as many as fit. */
function chosen({ toOpen, toRenew }: SlipPlan, ticked: Record<"guardians" | "students" | "renew", boolean>) {
  const wanted = ({ kind }: ClassPerson) => ticked[`${kind}s`]
  const opened = toOpen.filter(({ person }) => wanted(person)).slice(0, MOST)
  const renewed = ticked.renew ? toRenew.filter(wanted).slice(0, MOST - opened.length) : []
  return { toOpen: opened, toRenew: renewed }
}

export async function make(req: Request, res: Response) {
  const { db } = req.school
  const one = await classFor(req)
  const read = slipsForm.read(req.body)
  const ticked = read.ok ? read.values : { guardians: false, students: false, renew: false }
  const plan = chosen(await slipPlanOf(db, one.id), ticked)
  const people = [...plan.toOpen.map(({ person }) => person), ...plan.toRenew]
  if (people.length === 0) {
    return res.flash("accounts.slips_none", {}, "warning").redirect(303, `/classes/${one.id}/slips`)
  }
  const seed = randomBytes(32)
  const hashes = new Map<string, string>()
  // one after the other: whoever signs in meanwhile does not wait for the whole class
  for (const person of people) {
    hashes.set(wordOf(person), await hashPassword(passwordFrom(seed, wordOf(person))))
  }
  const ids = await makeSlips(db, req.member, plan, { hashes, at: req.now.toISOString() })
  carry(req, res, about(one), JSON.stringify([seed.toString("base64url"), ...ids]))
  res.flash("accounts.slips_made", { n: ids.length }).redirect(303, `/classes/${one.id}/slips/print`)
}

/** The sheets: the passwords are on them the first time, and kept by no browser. */
export async function print(req: Request, res: Response) {
  const one = await classFor(req)
  const carried = take(req, res, about(one))
  const [seed, ...ids] = carried ? (JSON.parse(carried) as [string, ...number[]]) : [""]
  const slips = carried ? await slipsOf(req, one.id, Buffer.from(seed, "base64url"), ids) : []
  const { publicUrl } = req.school.settings
  const address = publicUrl || `${req.protocol}://${req.headers.host ?? ""}`
  res.setHeader("Cache-Control", "no-store")
  res.page("accounts/slip_sheets", {
    layout: "print",
    one,
    slips,
    address,
    back: `/classes/${one.id}/slips`,
  })
}

/** One slip an account just made, students first, in the order of the roll. */
async function slipsOf(req: Request, classId: number, seed: Buffer, ids: readonly number[]) {
  const { toRenew } = await slipPlanOf(req.school.db, classId)
  const logins = await loginsOfAccounts(req.school.db, [...ids])
  return toRenew.flatMap((person) => {
    const own = logins.get(person.account?.id ?? 0)
    if (!own) return []
    const texts = own.map((login) => loginText(login, req.school.settings.phonePrefix))
    return [{ ...person, logins: texts, password: passwordFrom(seed, wordOf(person)) }]
  })
}
