import type { Request, Response } from "express"
import { viewer } from "../../people/scope.ts"
import { knownFor } from "../preview.ts"
import { allLines, changesOf } from "../queries/lines.ts"
import { reportFile } from "../reportFile.ts"
import { settle } from "../resolution.ts"
import { verdictOf } from "../undo/verdicts.ts"
import { whatIs } from "../undo.ts"
import { importFor } from "./asking.ts"

export async function report(req: Request, res: Response) {
  const { db } = req.school
  const found = await importFor(req)
  const lines = await allLines(db, found.id)
  const known = await knownFor(db, viewer(req), found)
  const changes = await changesOf(db, found.id)
  const written = changes.map((change) => ({ line: change.line, what: whatIs(verdictOf(change)) }))
  const settled = new Map(
    lines.flatMap(({ line, outcome, answer }) =>
      answer ? [[line, settle({ ...found, known }, outcome, answer)] as const] : [],
    ),
  )
  const undo = found.undo_report ? JSON.parse(found.undo_report) : null
  const text = reportFile(lines, { written, settled, undo, context: found.context })
  res.attachment(`import-${found.id}.csv`).type("text/csv; charset=utf-8").send(text)
}
