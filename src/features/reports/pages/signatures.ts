// Two persons sign a list, one after the other; then it leaves as PDF, text file and workbook.
import type { Request, Response } from "express"
import { csvText } from "../../../documents/csv.ts"
import { renderInWorker } from "../../../documents/pool.ts"
import { ROLE_LABELS } from "../../../roles.ts"
import { refused } from "../../../web/form.ts"
import { dateTime, today } from "../../../web/french.ts"
import { Refusal } from "../../../web/refusal.ts"
import { sendPdf } from "../../papers/files.ts"
import type { Signature } from "../contract.ts"
import { signForm } from "../forms.ts"
import type { FoundList } from "../queries/averages.ts"
import { controlSum, differences, shownHash } from "../rules/averages.ts"
import { listHead, listRows, paperOf } from "../rules/listFile.ts"
import { checkList, signList } from "../signing.ts"
import { aroundPaper } from "./asking.ts"
import { draftedNow, listFor } from "./averages.ts"
import { sendFile } from "./files.ts"

/** What will be signed, asked once: the first signature of a draft, the second of a list that was checked. */
export async function ask(req: Request, res: Response) {
  const { list } = await listFor(req)
  asking(res, req, list)
}

function asking(res: Response, req: Request, list: FoundList, form?: object) {
  res.page("reports/sign", {
    list,
    control: controlSum(list.content.lines),
    hash: shownHash(list.hash),
    mine: list.checked_by === req.member.id,
    ...(form ? { form } : {}),
  })
}

export async function sign(req: Request, res: Response) {
  const found = await listFor(req)
  const { list } = found
  if (list.state !== "draft" && list.state !== "checked")
    throw new Refusal(
      409,
      "Cette liste n’attend plus de signature. Rechargez sa page pour voir où elle en est.",
    )
  const read = signForm.read(req.body)
  if (!read.ok || !read.values.compared) {
    const why = refused(
      read,
      "compared",
      "Cochez cette case une fois les moyennes comparées : c’est ce que vous signez.",
    )
    return asking(res.status(422), req, list, why)
  }
  const now = await draftedNow(req, found)
  if (!list.intact || !now || differences(list.content.lines, now.content.lines).length > 0)
    throw new Refusal(
      409,
      "Les bulletins publiés ont changé depuis que cette liste a été établie : elle ne peut plus être signée. Abandonnez-la et établissez-en une autre.",
    )
  const { timeZone } = req.school.settings
  const role =
    ROLE_LABELS[
      req.member.roles.find((one) => one === "head" || one === "dean") ?? req.member.roles[0] ?? "head"
    ]
  const as: Signature = { name: req.member.name, role, at: `le ${dateTime(req.now.toISOString(), timeZone)}` }
  const signing = { id: list.id, hash: String(req.body.hash ?? ""), as, now: req.now }
  const path = `/reports/averages/${list.id}`
  if (list.state === "draft") {
    await checkList(req.school.db, req.member, signing)
    return res.flash("reports.list_checked").redirect(303, path)
  }
  const reference = await signList(req.school, req.member, signing)
  res.flash("reports.list_signed", { reference }).redirect(303, path)
}

/** The list as PDF, CSV or workbook; only a signed one leaves as data. */
export async function file(req: Request, res: Response) {
  const { list } = await listFor(req)
  const name = `moyennes-annuelles-${list.reference ?? `projet-${list.id}`}`
  if (req.query.format !== "csv" && req.query.format !== "xlsx") {
    const on = today(new Date(list.signed_at ?? req.now), req.school.settings.timeZone)
    const paper = paperOf(list, req.school.origin, aroundPaper(req, list.content.schoolYear, on))
    return sendPdf(res, await renderInWorker("averages", paper), `${name}.pdf`)
  }
  if (list.state !== "signed" && list.state !== "replaced")
    throw new Refusal(409, "Une liste ne sort de l’école que signée par deux personnes.")
  if (!list.intact)
    throw new Refusal(409, "Cette liste a été modifiée hors de l’application : elle ne sort plus de l’école.")
  const head = listHead(list.content)
  if (req.query.format === "csv") {
    const rows = listRows(list.content, (average) => average)
    return sendFile(res, Buffer.from(csvText([head, ...rows])), `${name}.csv`)
  }
  const rows = listRows(list.content, (average) => {
    const hundredths = /^\d+,\d{2}$/.test(average) ? Number(average.replace(",", "")) : null
    return hundredths === null ? average : { hundredths }
  })
  const sheet = {
    name: "Moyennes annuelles",
    head,
    widths: head.map((title) => Math.max(12, title.length)),
    rows,
  }
  sendFile(res, await renderInWorker("workbook", sheet), `${name}.xlsx`)
}
