// A photo from the bytes that came in to the bytes that go out.
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Request, Response } from "express"
import type { Db } from "../../db/index.ts"
import { forgetKept, writeWhole } from "../../documents/kept.ts"
import { renderInWorker } from "../../documents/pool.ts"
import { PICTURE_PROBLEMS, wholeJpeg, whyNotTaken } from "../../documents/received.ts"
import type { School } from "../../school.ts"
import { notFound } from "../../web/refusal.ts"
import { randomToken } from "../../web/signing.ts"
import { addPhoto, pathsOf, photoOf, type Whose } from "./queries.ts"

/** In the school's folder; nothing in it is served as it stands. */
export const FOLDER = "photos"
const NAME_BYTES = 9
const A_MONTH = 30 * 24 * 3600

type Handed = { by: { id: number }; whose: Whose; bytes: Uint8Array | undefined; now: Date }

/** Makes a portrait of the file handed in and shows it from now on; or says in a sentence why not. */
export async function takePhoto(
  school: Pick<School, "db" | "folder">,
  { by, whose, bytes, now }: Handed,
): Promise<string | null> {
  const refused = whyNotTaken(bytes, "pictures")
  if (refused || !bytes) return refused
  const made = await renderInWorker("portrait", bytes)
  if ("problem" in made) return PICTURE_PROBLEMS[made.problem]
  await keepPortrait(school, { by, whose, jpeg: made.jpeg, now })
  return null
}

/**
 * First the file, then the row: a power cut between them leaves a file that nobody names, which the sweep takes away,
 * and never a card whose photo is missing.
 */
export async function keepPortrait(
  { db, folder }: Pick<School, "db" | "folder">,
  { by, whose, jpeg, now }: Omit<Handed, "bytes"> & { jpeg: Uint8Array },
): Promise<void> {
  const name = randomToken(NAME_BYTES)
  const path = `${FOLDER}/${name}.jpg`
  await writeWhole(join(folder, path), jpeg)
  try {
    await addPhoto(db, by, whose, { name, path, bytes: jpeg.length }, now)
  } catch (problem) {
    await forgetKept(join(folder, path))
    throw problem
  }
}

/**
 * Sends the photo of that name, else the one shown on the card; the caller has checked who may see the person. Under
 * its own name it never changes, and a browser need not ask again.
 */
export async function sendPhoto(
  req: Request,
  res: Response,
  whose: Whose,
  shown: string | null,
): Promise<void> {
  const { db, folder } = req.school
  const [asked = null] = Object.keys(req.query)
  const name = asked ?? shown
  const photo = name ? await photoOf(db, whose, name) : null
  const etag = `"${photo?.name}"`
  const known = photo && req.headers["if-none-match"] === etag
  const bytes = photo && !known ? await readFile(join(folder, photo.path)).catch(() => null) : null
  if (!photo || (!known && !bytes)) throw notFound()
  res.setHeader("Cache-Control", asked ? `private, max-age=${A_MONTH}, immutable` : "private, no-cache")
  res.setHeader("ETag", etag)
  if (known) return void res.status(304).end()
  res.setHeader("Content-Type", "image/jpeg")
  res.setHeader("Content-Length", bytes?.length ?? 0)
  res.end(req.method === "HEAD" ? undefined : bytes)
}

/** student id -> the photo shown, as base64 of a JPEG, for what is printed. */
export async function printedPhotos(
  { db, folder }: { db: Db; folder: string },
  studentIds: readonly number[],
): Promise<Map<number, string>> {
  const photos = new Map<number, string>()
  for (const [id, path] of await pathsOf(db, studentIds)) {
    const bytes = await readFile(join(folder, path)).catch(() => null)
    if (bytes && wholeJpeg(bytes)) photos.set(id, bytes.toString("base64"))
  }
  return photos
}
