// A family that came and left, with a trace of itself in every corner where one may stay.
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as assert from "uvu/assert"
import type { Tables } from "../src/db/tables.ts"
import { makeLinks } from "../src/features/links/queries.ts"
import { linkToken } from "../src/features/links/rules.ts"
import { preview, write } from "./imports.ts"
import type { TestSchool } from "./school.ts"

/** Every one of these is this family's and nobody else's. */
export const MARKS = [
  "77889911",
  "66554433",
  "Zanzibar",
  "Quasimodo",
  "Zebulon",
  "Fregoli",
  "Xavière",
] as const

export const YEARS_LATER = new Date("2037-12-11T09:00:00.000Z")

export type Former = { student: number; guardian: number; account: number; link: string; portrait: string }

const only = <T>(rows: T[]): T => rows[0] as T

/** Comes through the pages of the desk, stays a day, leaves. */
export async function formerStudent(test: TestSchool): Promise<Former> {
  const desk = await test.as("secretaire")
  const csv =
    "Matricule;Nom;Prénoms;Né(e) le;Lieu;Sexe;Classe\r\nRC15CG26Z7777F;ZEBULON;Xavière;05/06/2011;Kati;F;10ème CG 1\r\n"
  const path = await preview(desk, { name: "nouveaux.csv", content: csv }, { kind: "students", from: "year" })
  await write(desk, path)
  const { db } = test.school
  const { id } = await db
    .selectFrom("student")
    .select("id")
    .where("surname", "=", "ZEBULON")
    .executeTakeFirstOrThrow()
  const at = `/students/${id}`
  const edit = await desk.open(`${at}/edit`)
  const version = edit.body.match(/name="version" value="(\d+)"/)?.[1]
  const changed = await desk.post(`${at}/edit`, {
    version,
    surname: "ZEBULON",
    given_names: "Xavière",
    matricule: "RC15CG26Z7777F",
    birth: "05/06/2011",
    sex: "F",
    birth_place: "Kati",
    phone: "77 88 99 11",
    address: "12 rue Zanzibar",
    father_name: "Fregoli Quasimodo",
  })
  assert.is(changed.status, 303, changed.body.match(/<main[\s\S]*<\/main>/)?.[0])
  await desk.open(`${at}/guardians/new`)
  const added = await desk.post(`${at}/guardians/new`, {
    name: "Zoé Quasimodo",
    phone: "66 55 44 33",
    link: "MERE",
    informed: "1",
    language: "fr",
    sms_consent: "yes",
    email_consent: "unasked",
    whatsapp_consent: "unasked",
  })
  assert.is(added.status, 303, added.body.match(/<main[\s\S]*<\/main>/)?.[0])
  const guardian = only(
    await db.selectFrom("guardian").select("id").where("folded", "=", "zoe quasimodo").execute(),
  ).id
  const rest = await beside(test, id, guardian)
  await desk.open("/students?q=zebulon")
  await desk.post("/lists/export", { format: "csv", query: "q=zebulon" })
  await desk.open(`${at}/withdraw`)
  const left = await desk.post(`${at}/withdraw`, {
    on: "10/12/2026",
    reason: "other",
    remark: "Part vivre chez Fregoli, rue Zanzibar",
  })
  assert.is(left.status, 303)
  return { student: id, guardian, ...rest }
}

/** What pages of other moments would have written about them. */
async function beside({ school, ids, now }: TestSchool, student: number, guardian: number) {
  const { db, folder } = school
  const at = now.toISOString()
  const account = only(
    await db
      .insertInto("account")
      .values({ name: "Zoé Quasimodo", guardian_id: guardian, created_at: at, password_hash: "none" })
      .returning("id")
      .execute(),
  ).id
  await db.insertInto("account_role").values({ account_id: account, role: "parent" }).execute()
  await db
    .insertInto("account_login")
    .values({ login: "+22366554433", kind: "phone", account_id: account })
    .execute()
  const [link] = await makeLinks(db, school, [{ guardian_id: guardian, student_id: student }], now)
  await db
    .insertInto("outbox")
    .values({
      channel: "sms",
      recipient: "+22366554433",
      guardian_id: guardian,
      student_id: student,
      event: "bulletin.published",
      unique_key: "zebulon",
      body: "Bulletin de Xavière ZEBULON",
      segments: 1,
      encoding: "gsm7",
      state: "sent",
      next_at: at,
      created_at: at,
    })
    .execute()
  const application = only(
    await db
      .insertInto("application")
      .values({
        reference: "D-2026-0099",
        code: "ZZZZZ-ZZZZZ",
        school_year_id: ids.year,
        state: "active",
        source: "desk",
        surname: "ZEBULON",
        given_names: "Xavière",
        sort_name: "zebulon xaviere",
        folded: "zebulon xaviere",
        address: "12 rue Zanzibar",
        level_code: "10",
        series_code: "CG",
        student_id: student,
        created_at: at,
        updated_at: at,
      })
      .returning("id")
      .execute(),
  ).id
  await db
    .insertInto("application_guardian")
    .values({
      application_id: application,
      position: 1,
      name: "Zoé Quasimodo",
      phone: "+22366554433",
      link: "MERE",
    })
    .execute()
  await db
    .insertInto("student_contact")
    .values({ student_id: student, position: 1, name: "Fregoli Zanzibar", phone: "+22366554433" })
    .execute()
  await db
    .insertInto("medical_note")
    .values({ student_id: student, emergency: "Appeler Quasimodo au 66554433", updated_at: at })
    .execute()
  await db
    .insertInto("saved_list")
    .values({
      account_id: ids.accounts.secretaire as number,
      name: "Famille Quasimodo",
      query: "q=quasimodo",
      created_at: at,
      updated_at: at,
    })
    .execute()
  const portrait = "photos/zebulon.jpg"
  mkdirSync(join(folder, "photos"), { recursive: true })
  writeFileSync(join(folder, portrait), "a portrait")
  await db
    .insertInto("photo")
    .values({ student_id: student, name: "zebulon", path: portrait, bytes: 10, created_at: at })
    .execute()
  return { account, link: linkToken(school.secret, link as number), portrait }
}

/** « table.column » of every text that says one of these words, whatever the case. */
export async function placesThatSay({ school }: TestSchool, words: readonly string[]): Promise<string[]> {
  const found = new Set<string>()
  for (const { name } of await school.db.introspection.getTables()) {
    const rows = (await school.db
      .selectFrom(name as keyof Tables)
      .selectAll()
      .execute()) as Record<string, unknown>[]
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        const text = typeof value === "string" ? value.toLowerCase() : ""
        if (words.some((word) => text.includes(word.toLowerCase()))) found.add(`${name}.${column}`)
      }
    }
  }
  return [...found].sort()
}
