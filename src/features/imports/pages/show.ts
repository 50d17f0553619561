import type { Request, Response } from "express"
import { pageNumber } from "../../../web/rowNumber.ts"
import { planFor } from "../../people/pages/asking.ts"
import { viewer } from "../../people/scope.ts"
import { CARD_FIELDS, COLUMNS_OF } from "../cards.ts"
import { markKeys } from "../preview.ts"
import { committedTwin, type FoundImport } from "../queries/imports.ts"
import { answersOf, changesOf, linesOf } from "../queries/lines.ts"
import { placesFrame } from "../queries/marks.ts"
import { labelOfClass, studentsOf } from "../queries/school.ts"
import { countOf, headsOf, shownLine, TABS } from "../rows.ts"
import { type StoredLine, UNCHANGED } from "../stored.ts"
import { type ColumnProblem, placeColumns } from "../targets.ts"
import type { UndoReport } from "../undo.ts"
import { importFor, KIND_LABELS, mayChange } from "./asking.ts"

const SIZE = 100

export async function show(req: Request, res: Response) {
  const { db } = req.school
  const found = await importFor(req)
  const page = pageNumber(req.query.page)
  const tab = TABS.find(({ key }) => key === req.query.tab) ?? TABS[0]
  const shelves = tab?.shelves ?? []
  const lines = await linesOf(db, found.id, { shelves, page, size: SIZE })
  const written = new Set((await writtenOn(req, found, lines)).map(({ line }) => line))
  const frame = found.kind === "marks" ? await placesFrame(db, viewer(req), found.context) : null
  const students = frame ? await studentsOf(db, found.context.yearId, frame.class.id) : []
  const keys = markKeys(found.columns)
  const raw = req.query.raw === "1"
  const undo = found.undo_report ? (JSON.parse(found.undo_report) as UndoReport) : null
  const { kind, context, columns: headers } = found
  const shown = {
    kind,
    context,
    columns: headers,
    plan: planFor(req),
    keys,
    written,
    raw,
    kept: undo && keptLines(undo),
  }
  const names = new Map(students.map(({ id, nom, prenom }) => [id, `${nom} ${prenom}`]))
  const columns = frame ? placeColumns(keys, frame, found.context.targets) : []
  res.page("imports/show", {
    found,
    kindLabel: KIND_LABELS[found.kind],
    mine: mayChange(req, found) && found.state !== "undone",
    tabs: tabsOf(found, tab?.key ?? "", raw),
    tab: tab?.key ?? "",
    raw,
    heads: headsOf(shown),
    rows: lines.map((line) => shownLine(line, shown, names)),
    answers: await answersOf(db, found.id),
    twin: found.state === "previewed" ? await committedTwin(db, viewer(req), found) : undefined,
    className: frame?.class.label ?? (await labelOfClass(db, found.context.classId)),
    frame,
    problems: columnProblems(columns),
    replaceable: replaceableIn(found),
    hidden: tab?.key === "" ? countOf(found.counts, UNCHANGED) : 0,
    undo,
    page,
    size: SIZE,
    total: countOf(found.counts, shelves),
  })
}

/** Fields that the file says otherwise than some cards, with how many lines, and whether all are replaced. */
const replaceableIn = ({ kind, differing, context }: FoundImport) =>
  COLUMNS_OF[kind]
    .filter((field) => differing[field])
    .map((field) => ({
      field,
      label: CARD_FIELDS[field],
      lines: differing[field],
      all: context.replace.includes(field),
    }))

const keptLines = ({ kept }: UndoReport) => new Set(kept.map(({ line }) => line))

async function writtenOn(req: Request, { id, state }: FoundImport, lines: readonly StoredLine[]) {
  if (state === "previewed") return []
  return changesOf(
    req.school.db,
    id,
    lines.map(({ line }) => line),
  )
}

function tabsOf({ id, counts }: FoundImport, current: string, raw: boolean) {
  return TABS.map(({ key, label, shelves }) => ({ key, label, count: countOf(counts, shelves) }))
    .filter(({ key, count }) => key === "" || key === "all" || count > 0)
    .map(({ key, label, count }) => ({
      label,
      count,
      current: key === current,
      path: `/imports/${id}?${new URLSearchParams({ ...(key && { tab: key }), ...(raw && { raw: "1" }) })}`.replace(
        /\?$/,
        "",
      ),
    }))
}

const PROBLEMS: Record<ColumnProblem, string> = {
  no_target: "la matière ou l’évaluation n’est pas reconnue : choisissez-la",
  not_mine: "vous ne saisissez pas les notes de cette matière",
  locked: "les notes de cette matière sont verrouillées pour la période",
  closed: "la période est vérifiée ou publiée pour cette classe",
  other_scale: "l’évaluation choisie n’est pas notée sur le même barème",
  same_target: "une autre colonne va déjà dans cette évaluation",
}

/** Columns of marks of which nothing will be written, together by reason. */
export function columnProblems(columns: ReturnType<typeof placeColumns>): { keys: string[]; why: string }[] {
  const found = new Map<ColumnProblem, string[]>()
  for (const { key, problem } of columns) {
    if (problem) found.set(problem, [...(found.get(problem) ?? []), key])
  }
  return [...found].map(([problem, keys]) => ({ keys, why: PROBLEMS[problem] }))
}
