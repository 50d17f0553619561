// Files made of what the school holds, for whoever asked to save one.
import type { Request, Response } from "express"
import { same, sign } from "./signing.ts"

/** How long the address of a file holds: a register has one line for each file, so an address is not kept. */
const HOLDS_MS = 10 * 60_000

export const TYPES = {
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const

type Words = Record<string, string>

const seal = (req: Request, about: string, words: Words) =>
  sign(req.school.secret, "file", req.member.id, about, JSON.stringify(words))

/** The query of the address of a file that was just recorded, sealed for this person; `about` is of whom, or of what. */
export function ticketFor(req: Request, about: string, words: Words): string {
  const until = new Date(req.now.getTime() + HOLDS_MS).toISOString()
  const said = { ...words, until }
  return new URLSearchParams({ ...said, seal: seal(req, about, said) }).toString()
}

/** What such an address says under these names, in the order in which they were sealed; null where it does not hold. */
export function ticketIn<N extends string>(
  req: Request,
  about: string,
  names: readonly N[],
): Record<N, string> | null {
  const word = (name: string) => {
    const said = req.query[name]
    return typeof said === "string" ? said : ""
  }
  const said: Words = Object.fromEntries([...names, "until"].map((name) => [name, word(name)]))
  const holds = same(word("seal"), seal(req, about, said)) && word("until") >= req.now.toISOString()
  return holds ? (said as Record<N, string>) : null
}

/** Hands a file over to be saved; nobody on its way keeps it. */
export function attach(res: Response, type: string, name: string, bytes: Uint8Array | string): void {
  res.setHeader("Cache-Control", "no-store")
  res.setHeader("Content-Type", type)
  res.setHeader("Content-Disposition", `attachment; filename="${name}"`)
  res.end(bytes)
}
