// The files of publications: asked for in a table, made in a worker, kept in the school's folder and served again.
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Request, Response } from "express"
import { chunks, type Db } from "../../db/index.ts"
import { writeWhole } from "../../documents/kept.ts"
import { renderInWorker } from "../../documents/pool.ts"
import type { School } from "../../school.ts"
import { notFound, Refusal } from "../../web/refusal.ts"
import { sha256 } from "../../web/signing.ts"
import type { BulletinData, BulletinLayout } from "./contract.ts"
import { modelOf } from "./model.ts"
import { type Frozen, withPictures } from "./pictures.ts"

export type FileAsked = {
  publicationId: number
  /** null: every student of the publication in one file */
  studentId: number | null
  layout: BulletinLayout
  /** black on white, nothing filled */
  economy: boolean
  pages: number
  /** of the class only the bulletins that differ from the version before */
  onlyChanged?: boolean
}

/** A file that was begun and not ended after so long is begun again: its server died. */
const LEASE_MS = 5 * 60_000
const MOST_ATTEMPTS = 3

/** Asks for files of publications, once each; gives the rows' numbers in the order asked. */
export async function askFiles(
  db: Db,
  asked: readonly FileAsked[],
  by: number | null,
  at: string,
): Promise<number[]> {
  const rows = asked.map(({ publicationId, studentId, layout, economy, pages, onlyChanged }) => ({
    publication_id: publicationId,
    student_id: studentId,
    layout,
    only_changed: onlyChanged ? 1 : 0,
    economy: economy ? 1 : 0,
    pages,
    state: "waiting" as const,
    next_at: at,
    asked_by: by,
    created_at: at,
  }))
  const known = await filesKnown(db, rows)
  const missing = rows.filter((row) => !known.has(keyOf(row)))
  for (const part of chunks(missing, 10)) await db.insertInto("bulletin_file").values(part).execute()
  const all = missing.length > 0 ? await filesKnown(db, rows) : known
  return rows.map((row) => all.get(keyOf(row)) as number)
}

type FileKey = {
  publication_id: number
  student_id: number | null
  layout: string
  only_changed: number
  economy: number
}
const keyOf = (row: FileKey) =>
  `${row.publication_id} ${row.student_id ?? ""} ${row.layout} ${row.only_changed} ${row.economy}`

/** The files already asked for of these publications, but those that failed. */
async function filesKnown(db: Db, rows: readonly FileKey[]): Promise<Map<string, number>> {
  const found = await db
    .selectFrom("bulletin_file")
    .select(["id", "publication_id", "student_id", "layout", "only_changed", "economy"])
    .where("publication_id", "in", [...new Set(rows.map((row) => row.publication_id)), -1])
    .where("state", "!=", "failed")
    .execute()
  return new Map(found.map((row) => [keyOf(row), row.id]))
}

const running = new WeakMap<School, Promise<number>>()

/** Makes what waits, one file after the other, in the background; a second call joins the first. */
export function makeFiles(school: School, now: Date): Promise<number> {
  const under = running.get(school)
  if (under) return under
  const work = (async () => {
    let made = 0
    while (await makeNext(school, now)) made++
    return made
  })().finally(() => running.delete(school))
  running.set(school, work)
  return work
}

async function makeNext(school: School, now: Date): Promise<boolean> {
  const { db } = school
  const at = now.toISOString()
  const row = await db
    .selectFrom("bulletin_file")
    .selectAll()
    .where((eb) =>
      eb.or([
        eb.and([eb("state", "=", "waiting"), eb("next_at", "<=", at)]),
        eb.and([eb("state", "=", "running"), eb("next_at", "<", at)]),
      ]),
    )
    .orderBy((eb) => eb.case().when("student_id", "is", null).then(0).else(1).end())
    .orderBy("id")
    .executeTakeFirst()
  if (!row) return false
  const claim = await db
    .updateTable("bulletin_file")
    .set({
      state: "running",
      attempts: row.attempts + 1,
      next_at: new Date(now.getTime() + LEASE_MS).toISOString(),
      pages_done: 0,
    })
    .where("id", "=", row.id)
    .where("attempts", "=", row.attempts)
    .returning("id")
    .executeTakeFirst()
  if (!claim) return true
  try {
    await makeFile(school, row, at)
  } catch (problem) {
    const failed = row.attempts + 1 >= MOST_ATTEMPTS
    const next_at = new Date(now.getTime() + 60_000 * 2 ** row.attempts).toISOString()
    await db
      .updateTable("bulletin_file")
      .set({ state: failed ? "failed" : "waiting", next_at, problem: String(problem).slice(0, 500) })
      .where("id", "=", row.id)
      .execute()
  }
  return true
}

type FileRow = {
  id: number
  publication_id: number
  student_id: number | null
  layout: BulletinLayout
  only_changed: number
  economy: number
}

async function makeFile(school: School, row: FileRow, at: string): Promise<void> {
  const { db } = school
  const order = await withPictures(school, await contentsOf(db, row))
  let told = Promise.resolve<unknown>(null)
  const look = { layout: row.layout, economy: row.economy === 1 }
  const bytes = await renderInWorker("bulletins", { ...order, ...look }, (pages) => {
    // progress that cannot be told is not worth the file, still less the program
    const telling = db.updateTable("bulletin_file").set({ pages_done: pages }).where("id", "=", row.id)
    told = telling.execute().catch(() => undefined)
  })
  await told
  const whose = row.student_id ?? (row.only_changed ? "changed" : "class")
  const ink = row.economy ? "-economy" : ""
  const path = join("documents", String(row.publication_id), `${whose}-${row.layout}${ink}.pdf`)
  await writeWhole(join(school.folder, path), bytes)
  await db
    .updateTable("bulletin_file")
    .set({
      state: "done",
      path,
      bytes: bytes.length,
      pages_done: order.bulletins.length,
      done_at: at,
      problem: null,
    })
    .where("id", "=", row.id)
    .execute()
}

/** The contents of a publication's bulletins, in the order of the roll; of one student where one is named. */
async function contentsOf(
  db: Db,
  { publication_id: publicationId, student_id: studentId, only_changed }: FileRow,
): Promise<Frozen[]> {
  let rows = db
    .selectFrom("bulletin as b")
    .innerJoin("student as s", "s.id", "b.student_id")
    .where("b.publication_id", "=", publicationId)
  if (studentId !== null) rows = rows.where("b.student_id", "=", studentId)
  if (only_changed) rows = rows.where("b.changed", "=", 1)
  const found = await rows
    .select(["b.student_id", "b.content"])
    .orderBy("s.sort_name")
    .orderBy("b.id")
    .execute()
  return found.map((row) => ({
    studentId: row.student_id,
    content: JSON.parse(row.content) as BulletinData,
  }))
}

/** bulletin id -> bytes of its file, of those already made. */
export async function weightsOf(db: Db, bulletinIds: readonly number[]): Promise<Map<number, number>> {
  if (bulletinIds.length === 0) return new Map()
  const rows = await db
    .selectFrom("bulletin as b")
    .innerJoin("bulletin_file as f", (join) =>
      join.onRef("f.publication_id", "=", "b.publication_id").onRef("f.student_id", "=", "b.student_id"),
    )
    .where("b.id", "in", bulletinIds)
    .where("f.state", "=", "done")
    .where("f.layout", "=", "single")
    .select(["b.id", "f.bytes"])
    .execute()
  return new Map(rows.map((row) => [row.id, row.bytes ?? 0]))
}

/** Sends one student's bulletin, made now if it was not yet. The caller has checked who may see it. */
export async function sendStudentFile(
  req: Request,
  res: Response,
  bulletinId: number,
  name: string,
): Promise<void> {
  const { db } = req.school
  const bulletin = await db
    .selectFrom("bulletin")
    .select(["publication_id", "student_id", "content"])
    .where("id", "=", bulletinId)
    .executeTakeFirst()
  if (!bulletin) throw notFound()
  const asked = {
    publicationId: bulletin.publication_id,
    studentId: bulletin.student_id,
    layout: "single" as const,
    economy: modelOf(JSON.parse(bulletin.content)).economy,
    pages: 1,
  }
  const [fileId = 0] = await askFiles(db, [asked], req.user?.id ?? null, req.now.toISOString())
  const row = () =>
    db.selectFrom("bulletin_file").selectAll().where("id", "=", fileId).executeTakeFirstOrThrow()
  let file = await row()
  if (file.state !== "done") {
    await makeFile(req.school, file, req.now.toISOString())
    file = await row()
  }
  await sendFile(req, res, file, name)
}

/** Sends a file that is made; says kindly that another is not. */
export async function sendFile(
  req: Request,
  res: Response,
  file: { path: string | null; state: string },
  name: string,
): Promise<void> {
  if (!file.path || file.state !== "done") {
    throw new Refusal(409, "Ce fichier est encore en préparation : revenez dans un instant.")
  }
  const bytes = await readFile(join(req.school.folder, file.path))
  res.setHeader("Content-Type", "application/pdf")
  res.setHeader("Content-Disposition", `inline; filename="${name}"`)
  // asked for again each time: a browser keeps the bytes, and a closed link or session opens them no more
  const etag = `"${sha256(bytes).slice(0, 20)}"`
  res.setHeader("Cache-Control", "private, no-cache")
  res.setHeader("ETag", etag)
  if (req.headers["if-none-match"] === etag) return void res.status(304).end()
  res.end(bytes)
}
