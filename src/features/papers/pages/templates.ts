// The school's own wording of each paper, tried on real students while it is typed.
import type { Request, Response } from "express"
import { withLogo } from "../../../documents/logo.ts"
import { renderInWorker } from "../../../documents/pool.ts"
import { type ReadForm, refused, typedIn } from "../../../web/form.ts"
import { Refusal } from "../../../web/refusal.ts"
import { todayFor, yearOf } from "../../people/pages/asking.ts"
import { studentName } from "../../people/rules.ts"
import { viewer } from "../../people/scope.ts"
import { paperContent, textOf } from "../content.ts"
import { sendPdf } from "../files.ts"
import { wordingForm } from "../forms.ts"
import { keepWording } from "../issuing.ts"
import { isWorded, KINDS, kindOf, type PaperKind, WORDED_KINDS, type Wording } from "../kinds.ts"
import { sampleStudents, staysOfStudent, wordingOf } from "../queries.ts"
import { reference } from "../rules.ts"
import { PLACEHOLDERS, typeset } from "../wording.ts"

/** What bulletins would say, for the samples. */
const SAMPLE_RESULTS = {
  period: "2e trimestre",
  average: "13,25 / 20",
  rank: "4e sur 52 classés",
  award: "Tableau d’honneur",
  annualAverage: "12,80 / 20",
  annualRank: "6e sur 52 classés",
  decision: "Admission en classe supérieure",
}

/** What a form would say, for the samples. */
const SAMPLE = {
  destination: "Lycée Exemple, Kayes",
  reason: "Déménagement de la famille",
  work: "Assez bien",
  conduct: "Bonne",
}

export async function show(req: Request, res: Response) {
  const typed = typedIn(req.query)
  const kind = isWorded(typed.kind) ? typed.kind : "enrolment"
  const stored = await wordingOf(req.school.db, kind)
  const { title = stored.title, body = stored.body } = typed
  const read = wordingForm.read({ kind, title, body })
  await page(req, res, { kind, seen: stored.changed_at ?? "" }, read)
}

async function page(
  req: Request,
  res: Response,
  { kind, seen }: { kind: PaperKind; seen: string },
  read: ReadForm<Wording & { kind: PaperKind }>,
) {
  const wording = read.ok ? { title: read.values.title, body: read.values.body } : null
  const samples = wording ? await samplesOf(req, kind, wording) : []
  res.page("papers/templates", {
    kind,
    seen,
    form: read,
    wording,
    samples: samples.map((facts) => ({ name: studentName(facts.student), blocks: textOf(facts) })),
    kinds: KINDS,
    paperKinds: WORDED_KINDS,
    placeholders: Object.entries(PLACEHOLDERS).map(([word, meaning]) => [word, typeset(meaning)]),
  })
}

/** A real girl and a real boy, as a paper of this wording would speak of them. */
async function samplesOf(req: Request, kind: PaperKind, wording: Wording) {
  const { db, settings, origin, year } = req.school
  const on = todayFor(req)
  const samples = []
  for (const student of await sampleStudents(db, viewer(req), year?.id ?? 0)) {
    const [stay] = await staysOfStudent(db, student.id)
    if (stay)
      samples.push({
        kind,
        wording,
        settings,
        origin,
        student,
        stay,
        fields: { ...SAMPLE, left_on: on },
        results: SAMPLE_RESULTS,
        on,
      })
  }
  return samples
}

export async function save(req: Request, res: Response) {
  const typed = typedIn(req.body)
  const seen = typed.seen ?? ""
  const kind = isWorded(typed.kind) ? typed.kind : "enrolment"
  const back = typed.reset === "1"
  const read = wordingForm.read(typed)
  if (!back && !read.ok) return page(req, res.status(422), { kind, seen }, read)
  const wording = back || !read.ok ? null : { title: read.values.title, body: read.values.body }
  const change = { kind, wording, seen: seen || null, now: req.now }
  if (!(await keepWording(req.school.db, req.member, change))) {
    return page(req, res.status(409), { kind, seen }, refused(read, "", MEANWHILE))
  }
  res.flash(back ? "papers.template_reset" : "papers.template_saved")
  res.redirect(303, `/papers/templates?kind=${kind}`)
}

const MEANWHILE =
  "Quelqu’un d’autre a changé ce texte entre-temps : le vôtre est encore ci-dessous. Ouvrez cette page dans un autre onglet pour lire le sien, puis reportez-y vos changements."

/** The whole page as it is printed, about a real student, without a number or a value. */
export async function specimen(req: Request, res: Response) {
  const kind = isWorded(req.query.kind) ? req.query.kind : "enrolment"
  const year = yearOf(req)
  const { title, body } = await wordingOf(req.school.db, kind)
  const [facts] = await samplesOf(req, kind, { title, body })
  if (!facts)
    throw new Refusal(
      409,
      "Aucun élève n’est encore inscrit cette année : il n’y a pas de quoi faire un spécimen.",
    )
  const number = reference(kindOf(kind).prefix, Number(year.starts_on.slice(0, 4)), 0)
  const content = paperContent(facts, { reference: number, code: "–", at: req.now.toISOString() })
  const head = await withLogo(req.school.folder, content.schoolHead)
  const paper = { ...content, schoolHead: head, verifyUrl: `${req.school.origin}/p` }
  sendPdf(res, await renderInWorker("papers", { paper, print: { specimen: true } }), `${kind}-specimen.pdf`)
}
