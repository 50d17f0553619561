// Whoever holds a signed list checks it with the school: that it is in force, and any of its lines.
import type { Request, Response } from "express"
import { typedCode } from "../../../documents/code.ts"
import { notFound } from "../../../web/refusal.ts"
import { lineForm } from "../forms.ts"
import { listByCode } from "../queries/averages.ts"
import { controlSum, shownHash } from "../rules/averages.ts"

/** One line at a time, by its number on the paper: the whole list is not for everybody to read. */
export async function list(req: Request, res: Response) {
  const code = typedCode(String(req.params.listCode))
  const found = code && (await listByCode(req.school.db, code))
  if (!found) throw notFound()
  const { lines } = found.content
  const asked = typeof req.query.line === "string" && req.query.line !== ""
  const read = asked ? lineForm.read(req.query) : null
  const line = read?.ok ? (lines[read.values.line - 1] ?? null) : null
  const beyond = read?.ok && !line ? [{ field: "line", text: `Cette liste a ${lines.length} lignes.` }] : []
  const problems = [...(read?.problems ?? []), ...beyond]
  res.page("reports/check", {
    layout: "site",
    list: found,
    line,
    number: read?.ok ? read.values.line : null,
    control: controlSum(lines),
    hash: shownHash(found.hash),
    ...(problems.length > 0 ? { form: { typed: read?.typed ?? {}, problems } } : {}),
  })
}
