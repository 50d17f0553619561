import type { Request, Response } from "express"
import { studentFor } from "../../people/pages/asking.ts"
import { lookUnderWay } from "../queries/looks.ts"

/** Nothing about a student's health stays in a browser's cache, nor in a proxy's. */
export function unkept(res: Response): void {
  res.setHeader("Cache-Control", "no-store")
}

/**
 * The student in the address, within a look that this session recorded and that still runs; null after having led
 * to the page that asks for one.
 */
export async function studentInLook(req: Request, res: Response) {
  unkept(res)
  const student = await studentFor(req)
  const look = await lookUnderWay(req.school.db, req.member, student.id, req.now)
  if (look) return { student, look }
  res.redirect(303, `/students/${student.id}/medical`)
  return null
}
