// What is done with a file, step by step. Two secretaries on one file: the second one is shown what the first one did.
import type { Request, Response } from "express"
import { type ReadForm, refused } from "../../../web/form.ts"
import { forbidden, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { todayFor } from "../../people/pages/asking.ts"
import { classChoices } from "../../people/queries.ts"
import { studentLabel, studentName } from "../../people/rules.ts"
import { viewer } from "../../people/scope.ts"
import { activateForm, checkForm, endForm, numberForm, readChecklist, reopenForm } from "../forms.ts"
import { activate as activateFile } from "../queries/activation.ts"
import { type Application, guardiansOfApplication } from "../queries/applications.ts"
import { documentKinds, handedOf, saveChecklist } from "../queries/documents.ts"
import { studentsLike } from "../queries/doubles.ts"
import { eventsOf } from "../queries/history.ts"
import { checkFile, endFile, numberFile, reopenFile } from "../queries/steps.ts"
import { undoStep } from "../queries/undo.ts"
import { checklist, missing } from "../rules/checklist.ts"
import { isEnd, isOpen, lastStep, mayTake, stateBeforeEnd } from "../rules/states.ts"
import { feeText, fileFor, followUrl, shortName } from "./asking.ts"
import { oddMatricule, versionOf } from "./desk.ts"
import { filePage, firstDay } from "./file.ts"

/**
 * The file and what was asked of it, where the form is right and the file still is as the person saw it. Otherwise
 * null, and the page is answered: 422, or 409 with what somebody else did meanwhile.
 */
async function asked<T extends { version: number }>(req: Request, res: Response, read: ReadForm<T>) {
  const file = await fileFor(req)
  if (read.ok && read.values.version === file.version) return { file, values: read.values }
  if (read.ok) await filePage(req, res.status(409), file, { mine: read.typed })
  else await filePage(req, res.status(422), file, { form: read })
  return null
}

const back = (res: Response, file: { id: number }) => res.redirect(303, `/enrolment/${file.id}`)

/** Documents handed in or given back; the family may be told what is missing. */
export async function documents(req: Request, res: Response) {
  const seen = await asked(req, res, readChecklist(req.body, todayFor(req)))
  if (!seen) return
  const { file, values } = seen
  if (!isOpen(file.state)) throw new Refusal(409, "Ce dossier n’attend plus de pièces.")
  const { db } = req.school
  const guardians = await guardiansOfApplication(db, file.id)
  const lines = checklist(await documentKinds(db), file.level_code, await handedOf(db, file.id))
  const tell = { school: shortName(req), url: followUrl(req, file.code), guardians }
  const saving = { file, ...values, lines, tell: values.tell ? tell : null, now: req.now }
  const { told } = await saveChecklist(db, req.member, saving)
  const note = told > 0 ? "enrolment.documents_told" : "enrolment.documents_saved"
  res.flash(note, { n: told })
  back(res, file)
}

export async function check(req: Request, res: Response) {
  const seen = await asked(req, res, checkForm.read(req.body))
  if (!seen) return
  const { file, values } = seen
  const { db } = req.school
  const lines = checklist(await documentKinds(db), file.level_code, await handedOf(db, file.id))
  const lacking = missing(lines)
  if (lacking.length > 0 && !values.reason && mayTake("checked", file.state)) {
    const form = refused(
      { typed: {} },
      "reason",
      "Des pièces obligatoires manquent : écrivez pourquoi le dossier est accepté sans elles.",
    )
    return filePage(req, res.status(422), file, { form })
  }
  const { version, reason } = values
  await checkFile(db, req.member, { file, version, now: req.now }, lacking.length > 0 ? reason : null)
  res.flash("enrolment.checked", { name: studentName(file) })
  back(res, file)
}

export async function number(req: Request, res: Response) {
  const read = numberForm.read(req.body)
  const seen = await asked(req, res, read)
  if (!seen) return
  const { file, values } = seen
  const { db, settings } = req.school
  const doubles = await studentsLike(db, file, values.matricule)
  const student = doubles.find(({ id }) => String(id) === values.who) ?? null
  const wrong = wrongIdentity(values, student, doubles)
  if (wrong) {
    const came = { form: refused(read, wrong.field, wrong.text), matricule: values.matricule }
    return filePage(req, res.status(422), file, came)
  }
  const given = await numberFile(db, req.member, {
    ...{ file, version: values.version, now: req.now, student, matricule: values.matricule },
    toldApart: doubles.map(({ id }) => id),
    format: settings.studentNumber,
  })
  const odd = oddMatricule(values.matricule)
  const said = {
    name: studentName(file),
    number: student?.internal_number ?? given ?? "",
    note: odd && ` ${odd}`,
  }
  res.flash(student ? "enrolment.known" : "enrolment.numbered", said, odd ? "warning" : "done")
  back(res, file)
}

type Doubles = Awaited<ReturnType<typeof studentsLike>>

/** Why this file cannot be that student, or a new one. */
function wrongIdentity(
  { who, matricule }: { who: string; matricule: string | null },
  student: Doubles[number] | null,
  doubles: Doubles,
) {
  if (who !== "new" && !student) return { field: "who", text: "Choisissez dans la liste." }
  const holder = doubles.find((one) => matricule !== null && one.matricule === matricule)
  if (holder && holder !== student) {
    return {
      field: "matricule",
      text: `Ce matricule est celui de ${studentLabel(holder)} : corrigez-le, ou dites que c’est cet élève.`,
    }
  }
  if (student?.class_label)
    return {
      field: "who",
      text: `${studentName(student)} est déjà inscrit(e) cette année, en ${student.class_label}.`,
    }
  return null
}

export async function activate(req: Request, res: Response) {
  const read = activateForm.read(req.body)
  const seen = await asked(req, res, read)
  if (!seen) return
  const { file, values } = seen
  const { db } = req.school
  const refuse = (field: string, text: string) =>
    filePage(req, res.status(422), file, { form: refused(read, field, text) })
  const classes = await classChoices(db, viewer(req), file.school_year_id)
  const chosen = classes.find(({ id }) => id === rowNumber(values.class))
  if (!chosen) return refuse("class", "Choisissez la classe dans la liste.")
  const day = wrongDay(req, file, values.on)
  if (day) return refuse("on", day)
  const since = await arrivedSince(req, file)
  if (since)
    return refuse(
      "",
      `${studentLabel(since)} porte le même nom et a été inscrit(e) entre-temps : annulez la dernière étape pour dire si c’est le même enfant.`,
    )
  const { regime, repeating, version } = values
  const made = await activateFile(db, req.member, {
    ...{ file, version, now: req.now, guardians: await guardiansOfApplication(db, file.id) },
    place: { class: chosen.id, year: file.school_year_id, on: values.on, repeating, regime },
    className: chosen.label,
    said: { school: shortName(req), fee: feeText(req, file.fee) },
  })
  if (made === "taken")
    return refuse(
      "",
      "Un autre élève porte maintenant ce matricule : annulez la dernière étape et vérifiez-le.",
    )
  if (made === "placed")
    return refuse(
      "",
      "Cet élève a déjà une classe cette année : annulez la dernière étape et vérifiez qui il est.",
    )
  const size = Number(chosen.size) + 1
  const over = chosen.capacity !== null && size > chosen.capacity
  const said = { name: studentName(file), class: chosen.label, size, capacity: chosen.capacity ?? 0 }
  res.flash(over ? "enrolment.active_crowded" : "enrolment.active", said, over ? "warning" : "done")
  back(res, file)
}

function wrongDay(req: Request, file: Application, on: string): string | null {
  if (on > firstDay(req, file)) return "Cette date n’est pas encore venue."
  const first = `${Number(file.year_starts_on.slice(0, 4))}-01-01`
  return on < first ? "Cette date n’est pas de cette année scolaire." : null
}

/** A student like this one who was not there when the number was given. */
async function arrivedSince(req: Request, file: Application) {
  const { db } = req.school
  const numbered = lastStep(await eventsOf(db, file.id), file.state)
  const toldApart = numbered ? (JSON.parse(numbered.details) as { toldApart?: number[] }).toldApart : []
  const known = new Set([...(toldApart ?? []), file.student_id])
  return (await studentsLike(db, file)).find(({ id }) => !known.has(id))
}

/** Refused or abandoned: asked on a page of its own, with the reason. */
export async function endPage(req: Request, res: Response) {
  ending(res, await fileFor(req), { typed: {}, problems: [] })
}

const ending = (res: Response, file: Application, form: object) =>
  res.page("enrolment/end", { file, form, studentName, open: isOpen(file.state) })

export async function end(req: Request, res: Response) {
  const read = endForm.read(req.body)
  if (!read.ok) return ending(res.status(422), await fileFor(req), read)
  const seen = await asked(req, res, read)
  if (!seen) return
  const { file, values } = seen
  if (!isOpen(file.state)) throw new Refusal(409, "Ce dossier est déjà clos, ou l’élève est inscrit.")
  await endFile(req.school.db, req.member, { file, version: values.version, now: req.now }, values)
  res.flash(values.end === "refused" ? "enrolment.refused" : "enrolment.abandoned", {
    name: studentName(file),
  })
  back(res, file)
}

export async function reopen(req: Request, res: Response) {
  const seen = await asked(req, res, reopenForm.read(req.body))
  if (!seen) return
  const { file, values } = seen
  if (!isEnd(file.state)) throw new Refusal(409, "Ce dossier n’est pas clos.")
  const to = stateBeforeEnd(await eventsOf(req.school.db, file.id))
  const { version, reason } = values
  await reopenFile(req.school.db, req.member, { file, version, now: req.now }, { to, reason })
  res.flash("enrolment.reopened", { name: studentName(file) })
  back(res, file)
}

/** The last step taken back; a check only by those who may check. */
export async function undo(req: Request, res: Response) {
  const file = await fileFor(req)
  const version = versionOf(req)
  if (version !== file.version) return filePage(req, res.status(409), file, { mine: {} })
  const last = lastStep(await eventsOf(req.school.db, file.id), file.state)
  if (!last) throw new Refusal(409, "Il n’y a pas d’étape à annuler.")
  if (last.action === "checked" && !req.can("enrolment.check")) throw forbidden()
  const { kept } = await undoStep(req.school.db, req.member, { file, version, now: req.now }, last)
  if (kept) res.flash("enrolment.undone_kept", { number: kept }, "warning")
  else res.flash("enrolment.undone")
  back(res, file)
}
