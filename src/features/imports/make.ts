// From a file handed in to a preview, and from other choices to another preview.
import { type Db, tx } from "../../db/index.ts"
import type { School } from "../../school.ts"
import type { Viewer } from "../people/scope.ts"
import { hashOf, keepFile, readKept } from "./files.ts"
import { knownFor, readAgainst } from "./preview.ts"
import { addImport, type FoundImport, mappingsFor, rememberMappings } from "./queries/imports.ts"
import { allLines, replaceLines } from "./queries/lines.ts"
import { readTable, type Table } from "./reading/table.ts"
import type { ImportKind } from "./spellings.ts"
import type { ImportContext, SettledResult } from "./stored.ts"

export type Handed = {
  kind: ImportKind
  fileName: string
  bytes: Uint8Array
  context: ImportContext
  user: { id: number }
  who: Viewer
  now: Date
}

/** Reads a file against the school and keeps it with its preview; throws a Refusal when it is no table. */
export async function makeImport({ db, folder }: School, handed: Handed): Promise<number> {
  const { kind, bytes, now } = handed
  const table = await readTable(bytes)
  const { context, result } = await readWithMemory(db, handed, table)
  const path = await keepFile(folder, bytes, table.encoding === "xlsx" ? "xlsx" : "csv")
  const made = {
    kind,
    file_name: handed.fileName.slice(-200),
    file_hash: hashOf(bytes),
    file_path: path,
    encoding: table.encoding,
    separator: table.separator ?? "",
    context,
    by: handed.user.id,
    at: now.toISOString(),
  }
  return tx(db, (trx) => addImport(trx, made, result))
}

/** Columns that people of this school chose before for the same header are taken again. */
async function readWithMemory(db: Db, { kind, context, who }: Handed, table: Table) {
  const mappings = { ...(await mappingsFor(db, kind)), ...context.mappings }
  const known = await knownFor(db, who, { kind, context })
  const result = await readAgainst(db, { kind, context: { ...context, mappings }, known }, table)
  return { context: { ...context, mappings: usedMappings(result) }, result }
}

const usedMappings = ({ columns }: SettledResult): ImportContext["mappings"] =>
  Object.fromEntries(columns.filter(({ chosen }) => chosen).map(({ signature, roles }) => [signature, roles]))

/** Reads the kept file again with other choices; answers stay where a line still asks the same. */
export async function readAgain(
  { db, folder }: School,
  found: FoundImport,
  { context, who, now }: { context: ImportContext; who: Viewer; now: Date },
): Promise<void> {
  const table = await keptTable(folder, found)
  const known = await knownFor(db, who, { kind: found.kind, context })
  const result = await readAgainst(db, { kind: found.kind, context, known }, table)
  await tx(db, async (trx) => {
    await replaceLines(
      trx,
      { id: found.id, context, columns: result.columns },
      result,
      await allLines(trx, found.id),
    )
    await rememberMappings(trx, found.kind, context.mappings, now.toISOString())
  })
}

export const keptTable = async (folder: string, found: FoundImport): Promise<Table> =>
  readTable(await readKept(folder, found.file_path))
