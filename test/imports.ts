// Somebody with a file in hand: sends it, answers, has it written, through the pages.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { crc32 } from "node:zlib"
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

const WORKBOOK: [path: string, xml: string][] = [
  [
    "[Content_Types].xml",
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  ],
  [
    "_rels/.rels",
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    "xl/workbook.xml",
    `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Feuil1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
  [
    "xl/_rels/workbook.xml.rels",
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  ],
]

/** A workbook of one sheet from its bare XML: formulas with the values last computed, errors, merged cells. */
export function workbookOf(sheet: string): Uint8Array<ArrayBuffer> {
  const xml = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${sheet}</worksheet>`
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [path, text] of [...WORKBOOK, ["xl/worksheets/sheet1.xml", xml] as const]) {
    const [name, content] = [Buffer.from(path), Buffer.from(text)]
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(content.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(name.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    parts.push(Buffer.from("PK\x03\x04"), common, name, content)
    directory.push(Buffer.from("PK\x01\x02\x14\0"), common, place, name)
    at += 30 + name.length + content.length
  }
  const end = Buffer.alloc(18)
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  end.writeUInt16LE(WORKBOOK.length + 1, 4)
  end.writeUInt16LE(WORKBOOK.length + 1, 6)
  end.writeUInt32LE(size, 8)
  end.writeUInt32LE(at, 12)
  return new Uint8Array(Buffer.concat([...parts, ...directory, Buffer.from("PK\x05\x06"), end]))
}
