// The figures of a period's classes, published or worked out now, put together.
import type { Db } from "../../db/index.ts"
import type { GradedPeriod } from "../grades/grading.ts"
import { liveFigures, publishedFigures, type ReportClass } from "./queries/figures.ts"
import { evolutionOf, heatTable } from "./rules/report.ts"
import { classStatistics, type NamedFigures, subjectStatistics, together } from "./rules/statistics.ts"

type Asked = {
  classes: readonly ReportClass[]
  periods: readonly GradedPeriod[]
  period: GradedPeriod
  /** the year is under way: what is not published is worked out from the marks entered */
  current: boolean
}

/**
 * The statistics of some classes in a period. Ten questions at most, whatever the number of classes; two when all is
 * published.
 */
export async function statisticsOf(db: Db, { classes, periods, period, current }: Asked) {
  const published = await publishedFigures(
    db,
    classes.map(({ id }) => id),
  )
  const figuresIn = (id: number) => {
    const byClass = new Map(published.filter((one) => one.periodId === id).map((one) => [one.classId, one]))
    return classes.flatMap(({ id, label }): NamedFigures[] => {
      const figures = byClass.get(id)?.figures
      return figures ? [{ id, label, provisional: false, figures }] : []
    })
  }
  const known = figuresIn(period.id)
  const waiting = classes.filter(({ id }) => !known.some((one) => one.id === id))
  const live = current ? await liveFigures(db, waiting, period) : new Map()
  const named = classes.flatMap(({ id, label }): NamedFigures[] => {
    const one = known.find((other) => other.id === id)
    if (one) return [one]
    const figures = live.get(id)
    // a class without a mark has nothing to say yet
    return figures?.students.some((student: { general: number | null }) => student.general !== null)
      ? [{ id, label, provisional: true, figures }]
      : []
  })
  const statistics = named.map(classStatistics)
  const provisional = named.filter((one) => one.provisional).length
  return {
    classes: statistics,
    named,
    together: together(named),
    subjects: subjectStatistics(named),
    heat: heatTable(named, statistics),
    evolution: evolutionOf(
      periods,
      periods.map((one) => (one.id === period.id ? named : figuresIn(one.id))),
    ),
    provisional,
    silent: classes.filter(({ id }) => !named.some((one) => one.id === id)).map(({ label }) => label),
  }
}

export type Statistics = Awaited<ReturnType<typeof statisticsOf>>
