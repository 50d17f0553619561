// What is left of an erased person outside their own rows: the audit trail, imports, registers of lists.
import { type SqlBool, sql } from "kysely"
import { chunks, type Db } from "../../../db/index.ts"
import type { Person } from "../../../personal.ts"
import { finder, type Identity, nameWords, ownMarkers, squeezed, wordFinder } from "../rules/markers.ts"

/** Lines of the audit trail about marks and the like name nobody, and there are a hundred times more of them. */
const NAMELESS = [
  "mark",
  "student_period",
  "subject_remark",
  "assessment",
  "coefficient",
  "class_subject",
  "subject_lock",
  "class_period",
  "grading_profile",
] as const

const BLANK = { before: null, after: null, reason: null } as const

/** That something was done to these rows stays in the trail, and who did it; what it said goes. */
export async function blankAudit(db: Db, subjects: ReadonlyMap<string, readonly number[]>): Promise<void> {
  for (const [subject, all] of subjects) {
    for (const ids of chunks(all, 1)) {
      if (ids.length === 0) continue
      await db
        .updateTable("audit")
        .set(BLANK)
        .where("subject", "=", subject)
        .where("subject_id", "in", ids)
        .execute()
    }
  }
}

/** A row without number of its own is told with its student: « {"student":12,… ». */
export async function blankAuditTelling(db: Db, subjects: readonly string[], student: number): Promise<void> {
  if (subjects.length === 0) return
  const told = [`%"student":${student},%`, `%"student":${student}}%`]
  await db
    .updateTable("audit")
    .set(BLANK)
    .where("subject", "in", subjects)
    .where((eb) => eb.or(told.flatMap((text) => [eb("before", "like", text), eb("after", "like", text)])))
    .execute()
}

/** In the histories of relatives: the lines that name the person, whoever else has that name. */
export async function blankNamed(
  db: Db,
  subject: Person,
  ids: readonly number[],
  names: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  for (const name of names) {
    await db
      .updateTable("audit")
      .set(BLANK)
      .where("subject", "=", subject)
      .where("subject_id", "in", [...ids])
      .where(says(["before", "after", "reason"], name))
      .execute()
  }
}

const literal = (text: string) => JSON.stringify(text).slice(1, -1)

/** A column holds this text, as it is or as JSON writes it. */
const says = (columns: readonly string[], text: string) => {
  const pattern = `%${literal(text).replace(/[\\%_]/g, "\\$&")}%`
  return sql<SqlBool>`(${sql.join(
    columns.map((column) => sql`${sql.ref(column)} like ${pattern} escape '\\'`),
    sql` or `,
  )})`
}

type Others = {
  /** every text of their cards, squeezed */
  held: Set<string>
  /** every word of their names */
  words: Set<string>
}

/** The cards that stay: what is shared with one of them is not the erased person's alone. */
async function othersOf(db: Db): Promise<Others> {
  const others: Others = { held: new Set(), words: new Set() }
  const add = (names: string[], texts: (string | null)[]) => {
    for (const text of [...names, ...texts]) if (text) others.held.add(squeezed(text))
    for (const name of names) for (const word of nameWords(name)) others.words.add(word)
  }
  const students = await db
    .selectFrom("student")
    .select(["surname", "given_names", "phone", "address", "father_name", "mother_name"])
    .execute()
  for (const { surname, given_names, father_name, mother_name, ...rest } of students) {
    const names = [
      `${surname} ${given_names}`,
      `${given_names} ${surname}`,
      father_name ?? "",
      mother_name ?? "",
    ]
    add(names, Object.values(rest))
  }
  const guardians = await db
    .selectFrom("guardian")
    .select(["name", "phone", "phone2", "email", "address"])
    .execute()
  for (const { name, ...rest } of guardians) add([name], Object.values(rest))
  const staff = await db.selectFrom("staff").select(["surname", "given_names", "phone", "email"]).execute()
  for (const { surname, given_names, ...rest } of staff) {
    add([`${surname} ${given_names}`, `${given_names} ${surname}`], Object.values(rest))
  }
  return others
}

/** Once the cards are erased: takes away what tells of them in texts that belong to nobody. */
export async function scrub(db: Db, gone: readonly Identity[], prefix: string): Promise<void> {
  const others = await othersOf(db)
  const markers = [...new Set(gone.flatMap((one) => ownMarkers(one, others.held)))]
  for (const marker of markers) {
    await db
      .updateTable("audit")
      .set(BLANK)
      .where("subject", "not in", [...NAMELESS])
      .where(says(["before", "after", "reason"], marker))
      .execute()
  }
  const tells = finder(markers, prefix)
  const words = gone
    .flatMap(({ names }) => names.flatMap(nameWords))
    .filter((word) => !others.words.has(word))
  const names = wordFinder(new Set(words))
  if (markers.length > 0) await scrubImports(db, tells)
  await scrubLists(db, (text) => tells(text) || names(text))
}

type Tells = (text: string | null) => boolean

/** Lines that tell of them go; the changes of those lines say no more what they wrote, so that nothing undoes them. */
async function scrubImports(db: Db, tells: Tells): Promise<void> {
  const lines = await db
    .selectFrom("import_line")
    .select(["id", "import_id", "line", "raw", "outcome", "resolution"])
    .execute()
  for (const one of lines.filter(({ raw, outcome, resolution }) => [raw, outcome, resolution].some(tells))) {
    await db.deleteFrom("import_line").where("id", "=", one.id).execute()
    await forgetChanges(db, one)
  }
  const changes = await db
    .selectFrom("import_change")
    .select(["import_id", "line", "before", "after"])
    .where("after", "!=", "{}")
    .execute()
  for (const one of changes.filter(({ before, after }) => tells(before) || tells(after))) {
    await forgetChanges(db, one)
  }
  const reports = await db
    .selectFrom("import")
    .select(["id", "undo_report"])
    .where("undo_report", "is not", null)
    .execute()
  for (const { id, undo_report } of reports.filter((one) => tells(one.undo_report))) {
    const report = { ...JSON.parse(undo_report as string), kept: [] }
    await db
      .updateTable("import")
      .set({ undo_report: JSON.stringify(report) })
      .where("id", "=", id)
      .execute()
  }
}

const forgetChanges = (db: Db, { import_id, line }: { import_id: number; line: number }) =>
  db
    .updateTable("import_change")
    .set({ before: null, after: "{}" })
    .where("import_id", "=", import_id)
    .where("line", "=", line)
    .execute()

/** The lines of imports that wrote these cards, whatever they say. */
export async function forgetImported(db: Db, table: Person, ids: readonly number[]): Promise<void> {
  const keys = ids.flatMap((id) => [String(id), `[${id}]`])
  const written = await db
    .selectFrom("import_change")
    .select(["import_id", "line"])
    .where("table_name", "=", table)
    .where("row_key", "in", keys)
    .execute()
  for (const one of written) {
    await db
      .deleteFrom("import_line")
      .where("import_id", "=", one.import_id)
      .where("line", "=", one.line)
      .execute()
    await forgetChanges(db, one)
  }
}

/** What somebody typed into a search may stand in a kept list, in the register of exports, in a form's answer. */
async function scrubLists(db: Db, tells: Tells): Promise<void> {
  const decoded = (query: string) =>
    new URLSearchParams(query).toString().replace(/%[\dA-F]{2}|\+/g, " ") + query
  const lists = await db.selectFrom("saved_list").select(["id", "name", "query"]).execute()
  for (const { id } of lists.filter(({ name, query }) => tells(name) || tells(decoded(query)))) {
    await db.deleteFrom("saved_list").where("id", "=", id).execute()
  }
  const exports = await db.selectFrom("list_export").select(["id", "query", "filters"]).execute()
  for (const { id } of exports.filter(({ query, filters }) => tells(filters) || tells(decoded(query)))) {
    await db.updateTable("list_export").set({ query: "", filters: "effacés" }).where("id", "=", id).execute()
  }
  const told = await db
    .selectFrom("audit")
    .select(["id", "before", "after"])
    .where("subject", "in", ["list_export", "saved_list"])
    .execute()
  for (const { id } of told.filter(({ before, after }) => tells(before) || tells(after))) {
    await db.updateTable("audit").set(BLANK).where("id", "=", id).execute()
  }
  const answers = await db
    .selectFrom("form_answer")
    .select(["key", "flash"])
    .where("flash", "is not", null)
    .execute()
  for (const { key } of answers.filter(({ flash }) => tells(flash))) {
    await db.updateTable("form_answer").set({ flash: null }).where("key", "=", key).execute()
  }
}
