// Faces for one class, so that the demonstration shows what photos are for. Drawn by scripts/portraits.mjs: nobody's.
import { copyFileSync, mkdirSync, statSync } from "node:fs"
import { join } from "node:path"
import type { Db } from "../db/index.ts"
import { root } from "../root.ts"
import type { DemoStudent } from "./families.ts"

const AT = "2026-10-12T10:00:00.000Z"
const MOST = 28
/** Every so many is still without, as after a real day of photos. */
const ABSENT_EVERY = 7
const FACES = { F: ["F1", "F2", "F3"], M: ["M1", "M2", "M3"] } as const

/** Files first, then rows. Where the transaction fails, the sweep of photos takes the files away. */
export async function seedPortraits(
  db: Db,
  folder: string,
  students: readonly DemoStudent[],
  classId: number,
): Promise<void> {
  const there = students.filter((one, n) => one.classId === classId && n % ABSENT_EVERY !== ABSENT_EVERY - 1)
  mkdirSync(join(folder, "photos"), { recursive: true })
  for (const [n, { id, sex }] of there.slice(0, MOST).entries()) {
    const name = `demo${String(n + 1).padStart(2, "0")}`
    const path = `photos/${name}.jpg`
    const face = FACES[sex][n % 3]
    copyFileSync(join(root, "src", "demo", "portraits", `${face}.jpg`), join(folder, path))
    const { size } = statSync(join(folder, path))
    await db.insertInto("photo").values({ student_id: id, name, path, bytes: size, created_at: AT }).execute()
    await db.updateTable("student").set({ photo: name }).where("id", "=", id).execute()
  }
}
