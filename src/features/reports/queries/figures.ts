import type { Db } from "../../../db/index.ts"
import { writesSoFar } from "../../../db/index.ts"
import type { BulletinData } from "../../bulletins/contract.ts"
import {
  type ClassFigures,
  classFigures,
  figuresOfContents,
  type KeptFigures,
  readFigures,
} from "../../bulletins/figures.ts"
import { newestVersion } from "../../bulletins/queries/publications.ts"
import type { GradedClass, GradedPeriod } from "../../grades/grading.ts"
import { gradesOfClasses } from "../../grades/manyClasses.ts"
import { classesFollowedBy } from "../../grades/scope.ts"
import type { Viewer } from "../../people/scope.ts"

export type ReportClass = GradedClass & { position: number }

/** The classes of a year of which this person may see every subject, in their order. */
export const classesReported = (db: Db, who: Viewer, yearId: number): Promise<ReportClass[]> =>
  classesFollowedBy(db, who)
    .where("c.school_year_id", "=", yearId)
    .select(["c.id", "c.label", "c.level_code", "c.series_code", "c.school_year_id", "c.form_teacher_id"])
    .select("c.position")
    .orderBy("c.position")
    .orderBy("c.id")
    .execute()

/** Whether this person sees every subject of the class. */
export const followsClass = async (db: Db, who: Viewer, classId: number): Promise<boolean> =>
  (await classesFollowedBy(db, who).where("c.id", "=", classId).select("c.id").executeTakeFirst()) !==
  undefined

/** The years that have classes this person follows, the latest first. */
export const yearsReported = (db: Db, who: Viewer) =>
  db
    .selectFrom("school_year as y")
    .where("y.id", "in", classesFollowedBy(db, who).select("c.school_year_id"))
    .select(["y.id", "y.label", "y.starts_on", "y.ends_on", "y.current"])
    .orderBy("y.starts_on", "desc")
    .execute()

export const periodsOfYear = (db: Db, yearId: number): Promise<GradedPeriod[]> =>
  db
    .selectFrom("period")
    .where("school_year_id", "=", yearId)
    .select(["id", "code", "label", "weight", "position", "starts_on", "ends_on"])
    .orderBy("position")
    .execute()

export type PublishedFigures = {
  id: number
  classId: number
  periodId: number
  version: number
  publishedAt: string
  /** families see it from then on */
  visibleAt: string | null
  profileId: number
  figures: ClassFigures
}

/** What the newest publications of these classes' periods keep; of all periods, or of one. */
export async function publishedFigures(
  db: Db,
  classIds: readonly number[],
  periodId?: number,
): Promise<PublishedFigures[]> {
  if (classIds.length === 0) return []
  let rows = db.selectFrom("publication as p").where("p.class_id", "in", classIds).where(newestVersion)
  if (periodId !== undefined) rows = rows.where("p.period_id", "=", periodId)
  const found = await rows
    .select(["p.id", "p.class_id", "p.period_id", "p.version", "p.published_at", "p.visible_at"])
    .select(["p.profile_id", "p.stats"])
    .execute()
  const kept = found.map(({ stats, ...row }) => ({
    row,
    figures: (JSON.parse(stats) as { figures?: KeptFigures }).figures ?? null,
  }))
  const opened = await figuresOpened(
    db,
    kept.filter(({ figures }) => figures === null).map(({ row }) => row.id),
  )
  return kept.flatMap(({ row, figures }) => {
    const read = figures ? readFigures(figures) : opened.get(row.id)
    if (!read) return []
    return {
      id: row.id,
      classId: row.class_id,
      periodId: row.period_id,
      version: row.version,
      publishedAt: row.published_at,
      visibleAt: row.visible_at,
      profileId: row.profile_id,
      figures: read,
    }
  })
}

/** Publications made before figures were kept are read out of their bulletins. */
async function figuresOpened(db: Db, ids: readonly number[]): Promise<Map<number, ClassFigures>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom("bulletin")
    .where("publication_id", "in", ids)
    .select(["publication_id", "student_id", "content"])
    .orderBy("id")
    .execute()
  const contents = new Map<number, { studentId: number; content: BulletinData }[]>()
  for (const { publication_id, student_id, content } of rows) {
    const own = contents.get(publication_id) ?? []
    own.push({ studentId: student_id, content: JSON.parse(content) as BulletinData })
    contents.set(publication_id, own)
  }
  const read = new Map<number, ClassFigures>()
  for (const [id, own] of contents) {
    const figures = figuresOfContents(own)
    if (figures) read.set(id, figures)
  }
  return read
}

type Worked = { writes: number; key: string; figures: Map<number, ClassFigures> }
/** The last live figures of each school: they hold until something is written. */
const worked = new WeakMap<Db, Worked>()

/** What these classes' period comes to with the marks entered now, by class. */
export async function liveFigures(
  db: Db,
  classes: readonly ReportClass[],
  period: GradedPeriod,
): Promise<Map<number, ClassFigures>> {
  if (classes.length === 0) return new Map()
  const key = `${period.id}: ${classes.map(({ id }) => id).join(" ")}`
  const writes = await writesSoFar(db)
  const last = worked.get(db)
  if (last && last.writes === writes && last.key === key) return last.figures
  const graded = await gradesOfClasses(db, classes, period)
  const figures = new Map(graded.map((one) => [one.class.id, classFigures(one)]))
  if (writes !== null) worked.set(db, { writes, key, figures })
  return figures
}
