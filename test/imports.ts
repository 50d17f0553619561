// Somebody with a file in hand: sends it, answers, has it written, through the pages.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as assert from "uvu/assert"
import type { Tables } from "../src/db/tables.ts"
import { fold } from "../src/features/people/naming.ts"
import { derived } from "../src/features/people/queries.ts"
import type { Answer, Client } from "./client.ts"
import { root, type TestSchool } from "./school.ts"

const folder = join(root, "test", "examples", "import")

/** One of the example files as it is on disk. */
export const example = (name: string) => new Uint8Array(readFileSync(join(folder, name)))

export const expectedOf = (name: string) =>
  JSON.parse(readFileSync(join(folder, `${name}.expected.json`), "utf8"))

/** Sends a file with the form of the page; gives the answer. */
export async function hand(
  person: Client,
  file: { name: string; content: Uint8Array<ArrayBuffer> | string },
  fields: Record<string, string>,
): Promise<Answer> {
  await person.open(`/imports/new?kind=${fields.kind}`)
  return person.post("/imports/new", fields, { field: "file", ...file })
}

/** Sends a file that is accepted and opens its preview; gives its address. */
export async function preview(
  person: Client,
  file: Parameters<typeof hand>[1],
  fields: Record<string, string>,
): Promise<string> {
  const answer = await hand(person, file, fields)
  assert.is(answer.status, 303, answer.body.match(/<main[\s\S]*<\/main>/)?.[0])
  await person.open(answer.location as string)
  return answer.location as string
}

/** Agrees to what the page says will be written; gives the page that follows. */
export async function write(person: Client, path: string): Promise<Answer> {
  const { body } = await person.open(`${path}/commit`)
  const agreed = body.match(/name="agreed" value="(\d+)"/)?.[1]
  assert.ok(agreed, "there is something to write")
  return person.submit(`${path}/commit`, { agreed })
}

/** Takes an import back; gives the page that follows. */
export async function takeBack(person: Client, path: string): Promise<Answer> {
  await person.open(`${path}/undo`)
  return person.submit(`${path}/undo`)
}

export const numberIn = (path: string) => Number(path.split("/").at(-1))

/** How many rows a table has. */
export async function rowsOf({ school }: TestSchool, table: keyof Tables): Promise<number> {
  const { n } = await school.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** A class of this year, with these subjects in the cast's coefficients. */
export async function addClass(
  { school, ids }: TestSchool,
  name: { level: string; series: string; section: string; label: string },
  subjects: { code: string; label: string; teacher?: number }[] = [],
): Promise<number> {
  const row = {
    school_year_id: ids.year,
    level_code: name.level,
    series_code: name.series,
    section: name.section,
    label: name.label,
    folded: fold(name.label),
    position: 9,
  }
  const { id } = await school.db.insertInto("class").values(row).returning("id").executeTakeFirstOrThrow()
  for (const [n, { code, label, teacher }] of subjects.entries()) {
    await school.db
      .insertInto("subject")
      .values({ code, label, short_label: label, position: 20 + n })
      .onConflict((oc) => oc.doNothing())
      .execute()
    const subject = await school.db
      .selectFrom("subject")
      .select("id")
      .where("code", "=", code)
      .executeTakeFirstOrThrow()
    await school.db
      .insertInto("class_subject")
      .values({
        class_id: id,
        subject_id: subject.id,
        coefficient: 200,
        group_code: "PRINCIPALES",
        position: n + 1,
        teacher_id: teacher ?? null,
      })
      .execute()
  }
  return id
}

const AT = "2026-10-01T08:00:00.000Z"

/** Students of a class, as an earlier list gave them. */
export async function enrolList(
  { school, ids }: TestSchool,
  list: { matricule: string | null; nom: string; prenom: string; classe?: string }[],
  classOf: (label: string | undefined) => number,
): Promise<number[]> {
  const made: number[] = []
  for (const { matricule, nom, prenom, classe } of list) {
    const names = { matricule, surname: nom, given_names: prenom }
    const row = { ...names, ...derived(names), created_at: AT, updated_at: AT }
    const { id } = await school.db.insertInto("student").values(row).returning("id").executeTakeFirstOrThrow()
    await school.db
      .insertInto("enrolment")
      .values({
        student_id: id,
        class_id: classOf(classe),
        school_year_id: ids.year,
        starts_on: "2026-10-01",
      })
      .execute()
    made.push(id)
  }
  return made
}
