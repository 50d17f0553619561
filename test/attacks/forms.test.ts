// Forms that no page of ours made.
import { test } from "uvu"
import * as assert from "uvu/assert"
import { readMark } from "../../src/features/grades/marking.ts"
import { sha256 } from "../../src/web/signing.ts"
import { openTestSchool, type TestSchool } from "../school.ts"
import { behind } from "./behind.ts"
import { knock, multipart, numbersOf, urlencoded } from "./knock.ts"

let school: TestSchool
test.before(async () => {
  school = await openTestSchool()
})
test.after(() => school.close())

const sent = (fields: Record<string, string>) => new URLSearchParams(fields).toString()

test("a form that repeats one name thousands of times keeps nobody waiting longer than another of its size", async () => {
  const secretary = await school.as("secretaire")
  const send = (body: string) =>
    knock(school.url, "POST /students/new", { headers: urlencoded, body, as: secretary })
  const long = `a=${"1".repeat(80_000)}`
  await send(long)
  const usual = await send(long)
  for (const name of ["a", "a[]", "_form"]) {
    const { status, ms } = await send(`${name}=1&`.repeat(19_999))
    assert.is(status, 403)
    assert.ok(ms < 400 + 4 * usual.ms, `${name}: ${Math.round(ms)} ms, usually ${Math.round(usual.ms)} ms`)
  }
})

test("what nobody signed in sends is refused beyond a few kilobytes, before it is read", async () => {
  const big = await knock(school.url, "POST /sign-in", {
    headers: urlencoded,
    body: `login=${"x".repeat(200_000)}`,
  })
  assert.is(big.status, 413)
  const many = await knock(school.url, "POST /sign-in", { headers: urlencoded, body: "a=1&".repeat(600) })
  assert.is(many.status, 413)
  assert.match(many.body, "trop de champs")
})

test("fields named like the insides of the program are fields without meaning", async () => {
  const secretary = await school.as("secretaire")
  const page = await secretary.get("/students/new")
  const body = sent({
    ...numbersOf(page.body, "/students/new"),
    ["__proto__"]: "polluted",
    constructor: "polluted",
    "constructor[prototype][polluted]": "yes",
    "__proto__[polluted]": "yes",
    toString: "polluted",
    hasOwnProperty: "polluted",
  })
  const answer = await knock(school.url, "POST /students/new", { headers: urlencoded, body, as: secretary })
  assert.is(answer.status, 422)
  assert.is(({} as Record<string, unknown>).polluted, undefined)
})

test("nested names in a file's form are refused like any wrong form, not with an error of ours", async () => {
  const secretary = await school.as("secretaire")
  const { headers, body } = multipart([
    ["_form[toString]", "x"],
    ["_once[length]", "9"],
    ["file", "a;b"],
  ])
  const answer = await knock(school.url, "POST /imports/new", { headers, body, as: secretary })
  assert.is(answer.status, 403)
  assert.match(answer.body, "Ce formulaire a expiré")
})

test("the zero character is dropped wherever it is typed: PostgreSQL refuses it", async () => {
  const admin = await school.as("admin")
  const asked = [
    "/students?q=ke%00ita&level=%00",
    "/guardians?q=%00a",
    "/staff?q=a%00",
    "/accounts?q=a%00b",
    "/accounts/new?q=%00&person=%00",
    "/messages?q=%00&state=%00",
    "/levels?try=%0010",
    "/b?code=%00",
    "/audit?subject=%00&from=%00",
    `/grades?level=%00`,
  ]
  for (const path of asked) {
    const { status } = await knock(school.url, `GET ${path}`, { as: admin })
    assert.ok(status < 500, `${path}: ${status}`)
  }
  const found = await admin.get("/students?q=ke%00ita")
  assert.match(found.body, "KEÏTA Moussa")
  const page = await admin.get("/account")
  const ended = await admin.post("/account/sessions/end", {
    ...numbersOf(page.body, "/account/sessions/end"),
    session: "a\0b",
  })
  assert.is(ended.status, 303)
})

test("a repeated field counts as its last, an endless name or value as a wrong one", async () => {
  const admin = await school.as("admin")
  for (const path of ["/students", "/accounts", "/audit", "/guardians", "/messages", "/classes", "/grades"]) {
    for (const query of [
      "q=a&q=b",
      "q[x]=1",
      "page=1&page=2",
      "page=1e9",
      "page=999999999",
      "sort=-name'--",
    ]) {
      const { status } = await knock(school.url, `GET ${path}?${query}`, { as: admin })
      assert.is(status, 200, `${path}?${query}`)
    }
  }
  const { status } = await knock(school.url, `GET /students?q=${"%25a".repeat(3000)}`, { as: admin })
  assert.is(status, 200)
})

test("a form of another session, of a visitor or of another form's place is refused", async () => {
  const secretary = await school.as("secretaire")
  const head = await school.as("proviseur")
  const page = await secretary.get("/students/new")
  const body = sent({ ...numbersOf(page.body, "/students/new"), surname: "VOLÉ", given_names: "Nom" })
  for (const as of [head, school.visitor()]) {
    const answer = await knock(school.url, "POST /students/new", { headers: urlencoded, body, as })
    assert.is(answer.status, 403)
  }
  const stolen = await school.school.db
    .selectFrom("student")
    .select("id")
    .where("surname", "=", "VOLÉ")
    .execute()
  assert.equal(stolen, [])
})

test("the number of a form dies with the session that it was made for", async () => {
  const secretary = await school.as("secretaire")
  const page = await secretary.get("/students/new")
  const cookies = secretary.cookies()
  await secretary.post("/sign-out")
  const body = sent({ ...numbersOf(page.body, "/students/new"), surname: "APRÈS", given_names: "Coup" })
  const replayed = await knock(school.url, "POST /students/new", {
    headers: { ...urlencoded, cookie: cookies },
    body,
  })
  assert.is(replayed.status, 403)
  const again = await school.as("secretaire")
  const later = await knock(school.url, "POST /students/new", { headers: urlencoded, body, as: again })
  assert.is(later.status, 403)
})

test("two tabs send the same form with other words: both are kept, and the same twice once", async () => {
  const secretary = await school.as("secretaire")
  const page = await secretary.get("/students/new")
  const numbers = numbersOf(page.body, "/students/new")
  const student = (given_names: string) => ({
    ...numbers,
    surname: "DEUXONGLETS",
    given_names,
    birth: "2010",
  })
  const post = (fields: Record<string, string>) =>
    knock(school.url, "POST /students/new", { headers: urlencoded, body: sent(fields), as: secretary })
  const answers = await Promise.all([post(student("Un")), post(student("Deux")), post(student("Un"))])
  assert.equal(
    answers.map(({ status }) => status),
    [303, 303, 303],
  )
  assert.is(answers[0]?.headers.location, answers[2]?.headers.location)
  const rows = await school.school.db
    .selectFrom("student")
    .select("given_names")
    .where("surname", "=", "DEUXONGLETS")
    .orderBy("given_names")
    .execute()
  assert.equal(rows, [{ given_names: "Deux" }, { given_names: "Un" }])
})

test("a form whose answer was lost on the way may be sent again", async () => {
  const { server, url, close } = await behind([school])
  const secretary = await school.as("secretaire")
  const page = await secretary.get("/students/new")
  const body = sent({ ...numbersOf(page.body, "/students/new"), surname: "", given_names: "Perdu" })
  const post = () => knock(url, "POST /students/new", { headers: urlencoded, body, as: secretary })
  server.prependOnceListener("request", (req, res) => {
    const write = res.setHeader.bind(res)
    res.setHeader = (name, value) => {
      if (name === "Content-Length") req.socket.destroy()
      return write(name, value)
    }
  })
  let lost: unknown = null
  await post().catch((problem: unknown) => {
    lost = problem
  })
  assert.match(String(lost), "socket hang up")
  assert.is((await post()).status, 422)
  await close()
})

test("a mark of a million signs is unreadable, at once", () => {
  const began = performance.now()
  for (const sign of ["*", " ", "-", "1", ",", "½", "(", "\u0301"]) {
    const reading = readMark(`${sign.repeat(1_000_000)}a`, { max: 2000 })
    assert.is(reading.kind, "error", sign)
  }
  assert.ok(performance.now() - began < 1000)
})

test("a visitor who takes the name of a session gets none of its forms' numbers", async () => {
  const secretary = await school.as("secretaire")
  const name = sha256(secretary.cookie("ardoise") as string)
  const forged = await knock(school.url, "GET /sign-in", { headers: { cookie: `visiteur=${name}` } })
  const body = sent(numbersOf(forged.body, "/sign-in"))
  assert.match(body, "_form=")
  const answer = await knock(school.url, "POST /sign-out", { headers: urlencoded, body, as: secretary })
  assert.is(answer.status, 403)
  assert.is((await secretary.get("/account")).status, 200)
})

test.run()
