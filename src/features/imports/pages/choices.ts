// What a file is about and what its columns mean: guessed, shown, changed by a person, remembered.
import type { Request, Response } from "express"
import type { Problem } from "../../../web/form.ts"
import { parseClass } from "../../classes/naming.ts"
import { classesOf, levelsOf } from "../../classes/queries.ts"
import { viewer } from "../../people/scope.ts"
import { positions } from "../columns.ts"
import { bareColumns, distinctHeaders, MARKS, ROLES, readChoices, targetWord } from "../forms.ts"
import { readAgain } from "../make.ts"
import { markKeys } from "../preview.ts"
import type { FoundImport } from "../queries/imports.ts"
import { allLines } from "../queries/lines.ts"
import { classesToMark, type PlacesFrame, placesFrame } from "../queries/marks.ts"
import { customsFor, periodsOf } from "../queries/school.ts"
import { CLASS_NOT_IN_SCHOOL, type StoredLine } from "../stored.ts"
import { placeColumns } from "../targets.ts"
import { KIND_LABELS, ownImport, previewed } from "./asking.ts"

export async function choicesPage(req: Request, res: Response) {
  const found = await ownImport(req)
  await choosing(req, res, found, [])
}

export async function choose(req: Request, res: Response) {
  const found = await ownImport(req)
  previewed(found)
  const offered = await offeredTo(req, found)
  const { context, problems } = readChoices(req.body, { ...found, columns: offered.headers }, offered)
  if (problems.length > 0) return choosing(req, res.status(422), found, problems)
  await readAgain(req.school, found, { context, who: viewer(req), now: req.now })
  res.flash("imports.read_again").redirect(303, `/imports/${found.id}`)
}

async function choosing(req: Request, res: Response, found: FoundImport, problems: Problem[]) {
  const offered = await offeredTo(req, found)
  const { frame } = offered
  res.page("imports/choices", {
    found,
    kindLabel: KIND_LABELS[found.kind],
    form: { typed: {}, problems },
    ...offered,
    roles: [...(found.kind === "marks" ? [[MARKS, "Notes"]] : []), ...ROLES[found.kind]],
    places: frame ? placeColumns(offered.keys, frame, found.context.targets).map(placed) : [],
    placeOptions: frame ? optionsOf(frame) : [],
  })

  function placed({ key, target }: ReturnType<typeof placeColumns>[number]) {
    return { key, word: targetWord(target) }
  }
}

async function offeredTo(req: Request, found: FoundImport) {
  const { db } = req.school
  const { kind, context } = found
  const classes =
    kind === "marks"
      ? await classesToMark(db, viewer(req), context.yearId)
      : await classesOf(db, context.yearId)
  const lines = await allLines(db, found.id)
  const unknown = kind === "students" ? unknownClasses(found, lines) : []
  const makeable =
    unknown.length > 0 && req.can("classes.change") ? await makeableOf(req, unknown, classes) : []
  const headers = found.columns.length > 0 ? distinctHeaders(found.columns) : [bareColumns(widthOf(lines))]
  return {
    classes,
    periods: kind === "marks" ? await periodsOf(db, context.yearId) : [],
    unknown,
    /** of the classes the school has not, those that can be made */
    makeable,
    headers,
    samples: headers.map((header) => sampleOf(header.line, lines)),
    keys: markKeys(found.columns),
    frame: kind === "marks" ? await placesFrame(db, viewer(req), context) : null,
    selected: headers.map(({ roles }) =>
      roles.map((role) => (role?.startsWith("mark:") ? MARKS : (role ?? ""))),
    ),
    known: headers.map((header) => positions(header).size),
  }
}

/** The labels that say a level the school has. */
async function makeableOf(req: Request, labels: string[], classes: { label: string }[]): Promise<string[]> {
  const { db } = req.school
  const levels = new Set((await levelsOf(db)).map(({ code }) => code))
  const { vocabulary } = await customsFor(db, classes)
  return labels.filter((label) => levels.has(parseClass(label, vocabulary)?.level ?? ""))
}

/** The classes named in the file that the year has not, in their order. */
function unknownClasses({ context }: FoundImport, lines: readonly StoredLine[]): string[] {
  const asked = lines
    .filter(({ outcome }) => outcome.reason === CLASS_NOT_IN_SCHOOL)
    .map(({ outcome }) => String(outcome.canonical?.classe ?? outcome.extra?.class))
  return [...new Set([...asked, ...Object.keys(context.classes)])]
}

const widthOf = (lines: readonly StoredLine[]) =>
  Math.max(1, ...lines.map(({ outcome }) => outcome.raw.length))

/** A line of data under a header: what its columns look like. */
const sampleOf = (header: number, lines: readonly StoredLine[]): string[] =>
  lines.find(
    ({ line, outcome }) =>
      line > header && ["create", "review", "marks", "duplicate"].includes(outcome.action),
  )?.outcome.raw ?? []

/** Every place for a column of marks: for each subject of mine its assessments, and a new one of each category. */
function optionsOf({ subjects, assessments, categories }: PlacesFrame) {
  return subjects
    .filter(({ mine }) => mine)
    .map(({ id, label }) => ({
      label,
      options: [
        ...categories.map(({ code, label }) => ({
          value: `${id}:${code}:new`,
          label: `Nouvelle évaluation, ${label ?? code}`,
        })),
        ...assessments
          .filter(({ class_subject_id }) => class_subject_id === id)
          .map((one) => ({ value: `${id}:${one.category}:${one.id}`, label: one.label })),
      ],
    }))
}
