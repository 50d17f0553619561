// The roll of honour of a class or of the school, and the diplomas that go with it: from what is published alone.
import type { Request, Response } from "express"
import { renderInWorker } from "../../../documents/pool.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { sendPdf } from "../../papers/files.ts"
import { printable } from "../../papers/rules.ts"
import { todayFor } from "../../people/pages/asking.ts"
import { issueDiplomas } from "../issuing.ts"
import { publishedFigures } from "../queries/figures.ts"
import { awardsOf, bulletinsOfStudents, diplomasOf, studentsNamed } from "../queries/honours.ts"
import { choicesOf, chosenOf, groupsOf, type Honoured, onTheWall } from "../rules/honours.ts"
import { aroundPaper, classesFor, classPeriodFor, periodOf, yearAsked } from "./asking.ts"

const words = (said: unknown) => [said].flat().filter((one) => typeof one === "string")

/** What the address asks for: year, period, one class or all, which awards. */
async function asked(req: Request) {
  const year = await yearAsked(req)
  const period = year && periodOf(req, year)
  if (!year || !period) return null
  const classes = await classesFor(req, year.id)
  const classId = rowNumber(req.query.class)
  const schoolClass = classes.find(({ id }) => id === classId) ?? null
  if (classId && !schoolClass) throw notFound()
  const shown = schoolClass ? [schoolClass] : classes
  const { db } = req.school
  const ids = shown.map(({ id }) => id)
  const published = await publishedFigures(db, ids, period.id)
  const rules = await awardsOf(
    db,
    published.map(({ profileId }) => profileId),
  )
  const labels = new Map(shown.map(({ id, label }) => [id, label]))
  const all = published.flatMap(({ id, classId, figures }) =>
    figures.students.flatMap(({ id: studentId, award, general }): Honoured[] =>
      award
        ? [
            {
              studentId,
              publicationId: id,
              classId,
              className: labels.get(classId) ?? "",
              award,
              general: general ?? 0,
            },
          ]
        : [],
    ),
  )
  const choices = choicesOf(
    rules,
    all.map(({ award }) => award),
  )
  const chosen = chosenOf(choices, words(req.query.award))
  const honoured = all.filter(({ award }) => chosen.includes(award))
  const hiddenUntil = published
    .map(({ visibleAt }) => visibleAt ?? "")
    .filter((at) => at > req.now.toISOString())
    .sort()
    .at(-1)
  return { year, period, classes, shown, schoolClass, published, choices, chosen, honoured, hiddenUntil }
}

type Asked = NonNullable<Awaited<ReturnType<typeof asked>>>

/** The same with names, averages and ranks, read out of the bulletins. */
async function named(req: Request, { honoured, chosen }: Pick<Asked, "honoured" | "chosen">) {
  const bulletins = await bulletinsOfStudents(req.school.db, honoured)
  const byKey = new Map(bulletins.map((one) => [`${one.publicationId} ${one.studentId}`, one]))
  const read = honoured.flatMap((one) => {
    const bulletin = byKey.get(`${one.publicationId} ${one.studentId}`)
    if (!bulletin) return []
    const { output, generalAverage, rank, outOf, scaleMax } = bulletin.content
    return {
      ...one,
      name: bulletin.name,
      average: output.average && generalAverage ? `${generalAverage} / ${scaleMax}` : null,
      rank: output.rank && rank ? (/^\d/.test(rank) ? `${rank} sur ${outOf}` : rank) : null,
    }
  })
  return groupsOf(read, chosen)
}

export async function show(req: Request, res: Response) {
  const found = await asked(req)
  if (!found) return res.page("reports/honours", { found: null })
  const groups = found.schoolClass ? await named(req, found) : []
  const countIn = (id: number) => found.honoured.filter(({ classId }) => classId === id).length
  res.page("reports/honours", { found, groups, countIn, averages: req.query.averages === "1" })
}

/** The paper to pin on the wall. */
export async function file(req: Request, res: Response) {
  const found = await asked(req)
  if (!found) throw notFound()
  const groups = await named(req, found)
  if (groups.length === 0)
    throw new Refusal(409, "Personne n’a ces distinctions dans les bulletins publiés de cette période.")
  const { year, period, schoolClass, shown } = found
  const scope = schoolClass?.label ?? (shown.length === 1 ? (shown[0]?.label ?? "") : "Toutes les classes")
  const honours = {
    ...aroundPaper(req, year.label),
    scope,
    periodLabel: period.label,
    groups: onTheWall(groups, { classes: !schoolClass, averages: req.query.averages === "1" }),
  }
  const name = `tableau-d-honneur-${scope}-${period.code}.pdf`
  sendPdf(res, await renderInWorker("honours", honours), name)
}

/** The honoured students of the path's class and period, whatever their award may be called. */
async function honouredIn(req: Request) {
  const { year, period, schoolClass } = await classPeriodFor(req)
  const { db } = req.school
  const [published] = await publishedFigures(db, [schoolClass.id], period.id)
  if (!published)
    throw new Refusal(409, "Les bulletins de cette classe ne sont pas publiés pour cette période.")
  const students = published.figures.students.filter(({ award }) => award !== "")
  const honoured = students.map(
    ({ id: studentId, award, general }): Honoured => ({
      studentId,
      publicationId: published.id,
      classId: schoolClass.id,
      className: schoolClass.label,
      award,
      general: general ?? 0,
    }),
  )
  const rules = await awardsOf(db, [published.profileId])
  const choices = choicesOf(
    rules,
    honoured.map(({ award }) => award),
  )
  const positive = new Set(choices.filter((one) => one.positive).map(({ label }) => label))
  // a council's own words may be an honour; what the rules call one without a minimum is a warning
  const known = new Set(rules.map(({ label }) => label))
  const chosen = choices.map(({ label }) => label).filter((label) => positive.has(label) || !known.has(label))
  const groups = await named(req, { honoured, chosen })
  const listed = groups.flatMap((group) => group.students)
  return {
    year,
    period,
    schoolClass,
    students: listed.map((one) => ({ ...one, positive: positive.has(one.award) })),
  }
}

/** Writes a diploma into the register for each student ticked who has none for this period yet. */
export async function issue(req: Request, res: Response) {
  const { year, period, schoolClass, students } = await honouredIn(req)
  const { db } = req.school
  const ticked = new Set(words(req.body.student).map(rowNumber))
  const already = await given(req, year.id, period.label, students)
  const wanted = students.filter(({ studentId }) => ticked.has(studentId) && !already.has(studentId))
  const cards = await studentsNamed(
    db,
    wanted.map(({ studentId }) => studentId),
  )
  const diplomas = wanted.flatMap((one) => {
    const student = cards.find(({ id }) => id === one.studentId)
    if (!student) return []
    const { award, average, rank } = one
    const record = { kind: "diploma" as const, award, periodLabel: period.label, average, rank }
    return { student, record, stay: { className: schoolClass.label, yearLabel: year.label } }
  })
  const n = await issueDiplomas(req.school, req.member, { diplomas, on: todayFor(req) }, req.now)
  const path = `/reports/honours/${schoolClass.id}/${period.id}/diplomas`
  if (n === 0) return res.flash("reports.no_diploma", {}, "warning").redirect(303, path)
  res.flash("reports.diplomas_issued", { n }).redirect(303, path)
}

/** student -> the diploma in force for this period. */
async function given(
  req: Request,
  yearId: number,
  periodLabel: string,
  students: readonly { studentId: number }[],
) {
  const ids = students.map(({ studentId }) => studentId)
  const rows = (await diplomasOf(req.school.db, ids, yearId)).filter(({ cancelled_at }) => !cancelled_at)
  const read = rows.map((row) => ({ ...row, content: JSON.parse(row.content) }))
  return new Map(
    read
      .filter(({ content }) => content.record?.periodLabel === periodLabel)
      .map((row) => [row.student_id, row]),
  )
}

export async function diplomas(req: Request, res: Response) {
  const { year, period, schoolClass, students } = await honouredIn(req)
  const issued = await given(req, year.id, period.label, students)
  const printing = [...issued.values()].filter(({ issued_at }) => printable(issued_at, req.now)).length
  res.page("reports/diplomas", { period, schoolClass, students, issued, printing })
}

/** The originals issued within the hour, in one file. */
export async function diplomasFile(req: Request, res: Response) {
  const { year, period, schoolClass, students } = await honouredIn(req)
  const issued = await given(req, year.id, period.label, students)
  const papers = [...issued.values()]
    .filter(({ issued_at }) => printable(issued_at, req.now))
    .sort((a, b) => a.id - b.id)
    .map(({ content }) => content)
  if (papers.length === 0)
    throw new Refusal(409, "Ces diplômes ont été remis : un duplicata se demande un à un, au registre.")
  const bytes = await renderInWorker("diplomas", papers)
  sendPdf(res, bytes, `diplomes-${schoolClass.label}-${period.code}.pdf`)
}
