// Who is let through, and who is not: every route with every role, over HTTP.
import { readFileSync } from "node:fs"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { makeRows, type Parameter, type Rows } from "../test/rows.ts"
import { openTestSchool, type TestSchool } from "../test/school.ts"
import { type Answer, asAccount, asVisitor, type Seat } from "../test/seat.ts"
import { accessFile, accessTable, rolesOf } from "./access.ts"
import { STAFF } from "./demo/cast.ts"
import type { Feature, Route } from "./feature.ts"
import { features } from "./features/index.ts"
import type { Role } from "./roles.ts"
import { refresh } from "./school.ts"
import { changeSettings } from "./settings.ts"

/** One account per role; the mathematics teacher is a form teacher too. */
const ACCOUNTS: readonly { key: string; roles: readonly Role[] }[] = [
  ...STAFF.map(({ key, roles }) => ({ key, roles })),
  { key: "parent", roles: ["parent"] },
  { key: "moussa", roles: ["student"] },
]
/** Those to whom some rows are a stranger's. */
const SEE_ONLY_THEIRS = ["maths", "parent", "moussa"]
/** The French teacher has the mathematics teacher's roles and not his subject. */
const KNOWN_TO_ALL = ACCOUNTS.filter(({ key }) => key !== "francais")

/** Exists only until the school has a name: the accounts' own tests go there. */
const BEFORE_THE_SCHOOL = "/first"

const NONSENSE = ["0", "-1", "999999", "99999999999999999999", "abc", "%00", "1%20or%201=1"]

type Door = { feature: Feature; route: Route; name: string; parameters: Parameter[] }
const doors: Door[] = features.flatMap((feature) =>
  feature.routes.map((route) => ({
    feature,
    route,
    name: `${route.method.toUpperCase()} ${route.path}`,
    parameters: [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name as Parameter),
  })),
)

const admitted = ({ feature, route }: Door, roles: readonly Role[]) => {
  const let_in = rolesOf(feature, route)
  return let_in === null || roles.some((role) => let_in.includes(role))
}

/** The address with our rows, except for the parameters given. */
const address = ({ route }: Door, who: string, instead: Partial<Record<Parameter, string>> = {}) =>
  route.path.replace(
    /:(\w+)/g,
    (_, name: Parameter) => instead[name] ?? rows[name].own?.[who] ?? rows[name].ours,
  )

let school: TestSchool
let rows: Rows
let visitor: Seat
const seats = new Map<string, Seat>()
const seat = (key: string) => seats.get(key) as Seat
/** What is for visitors is asked by one: a family's link belongs to the browser that opened it first. */
const seatFor = ({ route }: Door, key: string) => (route.access === "visitor" ? visitor : seat(key))

test.before(async () => {
  school = await openTestSchool()
  rows = await makeRows(school)
  visitor = await asVisitor(school)
  // a family's pages behind the first one are for the browser that was shown it
  await visitor.client.get(`/e/${rows.link.ours}`)
  for (const { key } of ACCOUNTS) seats.set(key, await asAccount(school, key))
})
test.after(() => school.close())

/** Asks all and tells all that was answered otherwise, not only the first. */
class Tally {
  asked = 0
  readonly wrong: string[] = []
  check(who: string, door: Door, path: string, answer: Answer, right: boolean) {
    this.asked++
    if (!right)
      this.wrong.push(
        `${who} ${door.route.method.toUpperCase()} ${path} -> ${answer.status} ${answer.location ?? ""}`,
      )
  }
  end(rule: string) {
    assert.equal(this.wrong, [], rule)
    assert.ok(this.asked > 0, "nothing was asked")
  }
}

test("access.txt says what the features declare", () => {
  assert.is(readFileSync(accessFile, "utf8"), accessTable(), "run npm run access, and read what changed")
})

test("a visitor is led to sign in, and a visitor's forms are refused", async () => {
  const tally = new Tally()
  for (const door of doors.filter((one) => !admitted(one, []) || one.route.access === "member")) {
    const path = address(door, "visitor")
    const answer = await visitor.ask(door.route, path)
    const right =
      door.route.method === "get"
        ? answer.status === 303 && (answer.location ?? "").startsWith("/sign-in")
        : answer.status === 403
    tally.check("visitor", door, path, answer, right)
  }
  tally.end("turned away")
})

test("every wrong role is turned away from every route", async () => {
  const tally = new Tally()
  for (const door of doors) {
    for (const { key } of ACCOUNTS.filter((account) => !admitted(door, account.roles))) {
      const path = address(door, key)
      const answer = await seat(key).ask(door.route, path)
      tally.check(key, door, path, answer, answer.status === 403)
    }
  }
  tally.end("403")
})

test("every page opens for everybody who may open it", async () => {
  const tally = new Tally()
  const open = doors.filter(({ route }) => route.method === "get" && route.path !== BEFORE_THE_SCHOOL)
  for (const door of open) {
    for (const { key } of KNOWN_TO_ALL.filter((account) => admitted(door, account.roles))) {
      const path = address(door, key)
      const answer = await seatFor(door, key).ask(door.route, path)
      // 409: what is asked for stands otherwise just now (unlock what is not locked); no right is missing
      tally.check(key, door, path, answer, [200, 303, 409].includes(answer.status))
    }
  }
  tally.end("200, 303 to another page, or 409 where the state of things says no")
})

test("a stranger's row does not exist for those who see only their own", async () => {
  const tally = new Tally()
  for (const door of doors) {
    for (const { key } of ACCOUNTS.filter(
      (one) => SEE_ONLY_THEIRS.includes(one.key) && admitted(door, one.roles),
    )) {
      for (const parameter of door.parameters) {
        const { theirs } = rows[parameter]
        if (theirs === undefined || door.route.access === "visitor") continue
        const path = address(door, key, { [parameter]: theirs })
        const answer = await seat(key).ask(door.route, path)
        tally.check(key, door, path, answer, answer.status === 404)
      }
    }
  }
  tally.end("404")
})

test("a row that there is not is a page not found, for those who may ask", async () => {
  const tally = new Tally()
  for (const door of doors) {
    const who = KNOWN_TO_ALL.find(({ roles }) => admitted(door, roles))
    if (!who) continue
    for (const parameter of door.parameters) {
      for (const nonsense of NONSENSE) {
        const path = address(door, who.key, { [parameter]: nonsense })
        const answer = await seatFor(door, who.key).ask(door.route, path)
        tally.check(who.key, door, path, answer, answer.status === 404)
      }
    }
  }
  tally.end("404")
})

test("what is switched off does not exist", async () => {
  const optional = features.filter(({ core }) => !core).map(({ name }) => name)
  await changeSettings(school.school.db, { off: optional.join(",") })
  await refresh(school.school)
  const wrong: string[] = []
  for (const door of doors.filter(({ feature }) => !feature.core)) {
    const answer = await seat("admin").ask(door.route, address(door, "admin"))
    if (answer.status !== 404) wrong.push(`${door.name} -> ${answer.status}`)
  }
  assert.equal(wrong, [])
  await changeSettings(school.school.db, { off: "" })
  await refresh(school.school)
})

test.run()
