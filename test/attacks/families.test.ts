// Who has the link of an SMS, or had it, or guesses.
import { test } from "uvu"
import * as assert from "uvu/assert"
import { makeFiles } from "../../src/features/bulletins/files.ts"
import { linkUrl, makeLinks } from "../../src/features/links/queries.ts"
import type { Client } from "../client.ts"
import { makeRows, type Rows } from "../rows.ts"
import { openTestSchool, type TestSchool } from "../school.ts"
import { knock, numbersOf, urlencoded } from "./knock.ts"

let school: TestSchool
let rows: Rows
test.before.each(async () => {
  school = await openTestSchool()
  rows = await makeRows(school)
})
test.after.each(() => school.close())

async function linkForMoussa(): Promise<string> {
  const { ids } = school
  const asked = [{ guardian_id: ids.guardians.parent as number, student_id: ids.students.moussa as number }]
  const [id] = await makeLinks(school.school.db, school.school, asked, school.now)
  return new URL(linkUrl(school.school, id as number)).pathname
}

/** Opens the link as the family does, then gives another browser that was asked the birth year. */
async function openedByFamily(link: string): Promise<{ family: Client; other: Client }> {
  const [family, other] = [school.visitor(), school.visitor()]
  assert.match((await family.get(link)).body, "Moussa KEÏTA")
  assert.match((await other.get(link)).body, "Année de naissance")
  return { family, other }
}

test("fifty years guessed at once are five guesses like any others", async () => {
  const link = await linkForMoussa()
  const { other } = await openedByFamily(link)
  const numbers = numbersOf((await other.get(link)).body, link)
  const guesses = Array.from({ length: 50 }, (_, n) => String(1960 + n))
  const answers = await Promise.all(
    guesses.map((year) =>
      knock(school.url, `POST ${link}`, {
        headers: urlencoded,
        body: new URLSearchParams({ ...numbers, year }).toString(),
        as: other,
      }),
    ),
  )
  const looked = answers.filter(({ status }) => status === 422)
  assert.is(looked.length, 5)
  assert.is(answers.filter(({ status }) => status === 410).length, 45)
  assert.is((await other.get(link)).status, 410)
})

test("a right answer is no wrong one: the family opens its link on as many phones as it likes", async () => {
  const link = await linkForMoussa()
  await openedByFamily(link)
  for (let phone = 0; phone < 7; phone++) {
    const browser = school.visitor()
    await browser.get(link)
    assert.match((await browser.submit(link, { year: "2011" })).body, "Moussa KEÏTA")
  }
})

test("of two browsers that open a link at the same instant, one is the family's", async () => {
  const link = await linkForMoussa()
  const pages = await Promise.all(Array.from({ length: 6 }, () => knock(school.url, `GET ${link}`)))
  assert.is(pages.filter(({ body }) => body.includes("Moussa KEÏTA")).length, 1)
  assert.match((await school.visitor().get(link)).body, "Année de naissance")
})

test("a program that only looks whether the link is there does not take the family's place", async () => {
  const link = await linkForMoussa()
  assert.is((await knock(school.url, `HEAD ${link}`)).status, 200)
  assert.match((await school.visitor().get(link)).body, "Moussa KEÏTA")
})

test("who is taken off a child's guardians sees the child no more, by link or by account", async () => {
  const link = await linkForMoussa()
  const { family } = await openedByFamily(link)
  const mother = await school.as("parent")
  const [student, guardian] = [school.ids.students.moussa, school.ids.guardians.parent]
  assert.is((await mother.get(`/family/${student}`)).status, 200)
  const secretary = await school.as("secretaire")
  await secretary.get(`/students/${student}/guardians/${guardian}`)
  await secretary.post(`/students/${student}/guardians/${guardian}/remove`)
  assert.is((await family.get(link)).status, 410)
  assert.is((await school.visitor().get(link)).status, 410)
  assert.is((await mother.get(`/family/${student}`)).status, 404)
  const links = await secretary.get(`/students/${student}/links`)
  assert.not.match(links.body, link)
  assert.match(links.body, "Fermé")
})

test("a bulletin that a phone kept is asked for again: a closed link opens it no more", async () => {
  const link = await linkForMoussa()
  const { family } = await openedByFamily(link)
  const path = `${link}/bulletins/${rows.ownBulletin.ours}`
  const first = await knock(school.url, `GET ${path}`, { as: family })
  assert.is(first.status, 200)
  assert.is(first.headers["content-type"], "application/pdf")
  assert.is(first.headers["cache-control"], "private, no-cache")
  const kept = { "if-none-match": first.headers.etag as string }
  const again = await knock(school.url, `GET ${path}`, { as: family, headers: kept })
  assert.is(again.status, 304)
  assert.is(again.body, "")
  assert.is((await knock(school.url, `GET ${path}`, { headers: kept })).status, 404, "another browser")
  const secretary = await school.as("secretaire")
  await secretary.get(`/students/${school.ids.students.moussa}/links`)
  const [id] = link.slice(3).split(".") as [string]
  await secretary.post(`/students/${school.ids.students.moussa}/links/${Number.parseInt(id, 36)}/revoke`)
  assert.is((await knock(school.url, `GET ${path}`, { as: family, headers: kept })).status, 410)
})

test("a link opens its own child's bulletins, and no other's", async () => {
  const link = await linkForMoussa()
  const { family } = await openedByFamily(link)
  for (const part of ["marks", "bulletins"]) {
    assert.is((await family.get(`${link}/${part}/${rows.ownBulletin.theirs}`)).status, 404)
  }
  const [number, signature] = link.slice(3).split(".") as [string, string]
  const next = (Number.parseInt(number, 36) + 1).toString(36)
  for (const forged of [
    `${next}.${signature}`,
    `0${number}.${signature}`,
    `${number}.`,
    `-1.${signature}`,
    number,
  ]) {
    assert.is((await school.visitor().get(`/e/${forged}`)).status, 404, forged)
  }
})

test("no search engine keeps what a link shows, and no other site learns of it", async () => {
  const link = await linkForMoussa()
  for (const path of [link, `/b/${rows.code.ours}`, "/sign-in"]) {
    const { headers } = await knock(school.url, `GET ${path}`)
    assert.match(String(headers["x-robots-tag"]), "noindex", path)
    assert.match(String(headers["referrer-policy"]), /^(same-origin|no-referrer)$/, path)
    assert.match(String(headers["cache-control"]), "private", path)
  }
})

test("a progress that cannot be written neither stops the program nor the bulletins", async () => {
  const { db } = school.school
  const unhandled: unknown[] = []
  const keep = (problem: unknown) => void unhandled.push(problem)
  process.on("unhandledRejection", keep)
  school.school.db = new Proxy(db, {
    get(target, asked) {
      const value = Reflect.get(target, asked)
      if (asked !== "updateTable") return typeof value === "function" ? value.bind(target) : value
      return (table: "bulletin_file") => {
        const update = target.updateTable(table)
        return new Proxy(update, {
          get(query, name) {
            const own = Reflect.get(query, name)
            if (name !== "set") return typeof own === "function" ? own.bind(query) : own
            return (values: Record<string, unknown>) =>
              Object.keys(values).join() === "pages_done" ? failing : query.set(values)
          },
        })
      }
    },
  })
  const failing = { where: () => failing, execute: () => Promise.reject(new Error("no room")) }
  await db.updateTable("bulletin_file").set({ state: "waiting", next_at: "2026-01-01" }).execute()
  assert.is(await makeFiles(school.school, school.now), 2)
  school.school.db = db
  await new Promise((done) => setTimeout(done, 20))
  process.off("unhandledRejection", keep)
  assert.equal(unhandled, [])
  const files = await db.selectFrom("bulletin_file").select("state").execute()
  assert.equal(files, [{ state: "done" }, { state: "done" }])
})

test.run()
