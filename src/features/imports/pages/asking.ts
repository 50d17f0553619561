// What the pages of imports ask of a request: who may import what, and the import in the address.
import type { Request } from "express"
import { forbidden, notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { viewer } from "../../people/scope.ts"
import { type FoundImport, findImport } from "../queries/imports.ts"
import type { ImportKind } from "../spellings.ts"

export const KIND_LABELS: Record<ImportKind, string> = {
  students: "Élèves",
  guardians: "Tuteurs",
  staff: "Personnel",
  marks: "Notes",
}

const PERMISSIONS: Record<ImportKind, string> = {
  students: "imports.make",
  guardians: "imports.make",
  staff: "people.staff_change",
  marks: "imports.marks",
}

/** The kinds of files this person may import, in order. */
export const kindsFor = (req: Request): ImportKind[] =>
  (Object.keys(PERMISSIONS) as ImportKind[]).filter((kind) => req.can(PERMISSIONS[kind]))

/** The import in the address, among those this person may see. */
export async function importFor(req: Request): Promise<FoundImport> {
  const found = await findImport(req.school.db, viewer(req), rowNumber(req.params.import))
  if (!found) throw notFound()
  return found
}

/** The same, for who may change what it writes. */
export async function ownImport(req: Request): Promise<FoundImport> {
  const found = await importFor(req)
  if (!req.can(PERMISSIONS[found.kind])) throw forbidden()
  return found
}

export function refuseUndone({ state }: FoundImport): void {
  if (state === "undone") throw new Refusal(409, "Cet import a été annulé : envoyez de nouveau le fichier.")
}

export function previewed({ state }: FoundImport): void {
  if (state !== "previewed") {
    throw new Refusal(409, "Cet import est déjà enregistré : ses choix ne changent plus.")
  }
}

export const mayChange = (req: Request, { kind }: { kind: ImportKind }) => req.can(PERMISSIONS[kind])
