import type { Db } from "../../../db/index.ts"
import { holds } from "../../../permissions.ts"
import type { Viewer } from "../../people/scope.ts"
import type { Mappings } from "../columns.ts"
import type { ImportKind } from "../spellings.ts"
import {
  type ImportContext,
  lineRow,
  readColumns,
  readContext,
  readDiffering,
  type SettledResult,
} from "../stored.ts"
import { addLines, mappingOf } from "./lines.ts"

/** The imports a person may see: all with `imports.all`, else one's own. */
export function importsSeenBy(db: Db, who: Viewer) {
  const imports = db.selectFrom("import").leftJoin("account", "account.id", "import.created_by")
  if (holds(who.permissions, who.roles, "imports.all")) return imports
  return imports.where("import.created_by", "=", who.id)
}

const LISTED = [
  "import.id",
  "import.kind",
  "import.state",
  "import.file_name",
  "import.counts",
  "import.created_at",
  "import.created_by",
  "import.committed_at",
  "import.undone_at",
  "account.name as by",
] as const

/** One page of imports, the latest first. */
export async function listImports(db: Db, who: Viewer, { page, size }: { page: number; size: number }) {
  const imports = await importsSeenBy(db, who)
    .select(LISTED)
    .orderBy("import.id", "desc")
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  const full = page > 1 || imports.length === size
  const total = full
    ? Number(
        (
          await importsSeenBy(db, who)
            .select((eb) => eb.fn.countAll<number>().as("n"))
            .executeTakeFirstOrThrow()
        ).n,
      )
    : imports.length
  return { imports: imports.map((row) => ({ ...row, counts: JSON.parse(row.counts) as Counts })), total }
}

type Counts = SettledResult["counts"]

/** The import, when this person may see it. */
export async function findImport(db: Db, who: Viewer, id: number) {
  const row = await importsSeenBy(db, who)
    .select([
      ...LISTED,
      "import.file_hash",
      "import.file_path",
      "import.encoding",
      "import.separator",
      "import.context",
      "import.mapping",
      "import.undo_report",
    ])
    .where("import.id", "=", id)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    ...row,
    kind: row.kind as ImportKind,
    counts: JSON.parse(row.counts) as Counts,
    context: readContext(row.context),
    columns: readColumns(row.mapping),
    differing: readDiffering(row.mapping),
  }
}

export type FoundImport = NonNullable<Awaited<ReturnType<typeof findImport>>>

/** Another import of exactly this file that was committed and not undone. */
export const committedTwin = (
  db: Db,
  who: Viewer,
  { kind, file_hash, id = 0 }: { kind: string; file_hash: string; id?: number },
) =>
  importsSeenBy(db, who)
    .select(["import.id", "import.committed_at"])
    .where("import.kind", "=", kind)
    .where("import.file_hash", "=", file_hash)
    .where("import.state", "=", "committed")
    .where("import.id", "!=", id)
    .orderBy("import.id", "desc")
    .limit(1)
    .executeTakeFirst()

export type NewImport = {
  kind: ImportKind
  file_name: string
  file_hash: string
  file_path: string
  encoding: string
  separator: string
  context: ImportContext
  by: number
  at: string
}

/** Writes a previewed import with its lines; inside a transaction. */
export async function addImport(trx: Db, made: NewImport, result: SettledResult): Promise<number> {
  const { by, at, context, ...file } = made
  const { id } = await trx
    .insertInto("import")
    .values({
      ...file,
      state: "previewed",
      context: JSON.stringify(context),
      mapping: mappingOf(result),
      counts: JSON.stringify(result.counts),
      created_at: at,
      created_by: by,
    })
    .returning("id")
    .executeTakeFirstOrThrow()
  await addLines(
    trx,
    result.outcomes.map((outcome) => ({ ...lineRow(id, outcome, context.replace), resolution: null })),
  )
  return id
}

/** The columns that this school's people chose before, by the header they were chosen for. */
export async function mappingsFor(db: Db, kind: ImportKind): Promise<Mappings> {
  const rows = await db
    .selectFrom("import_mapping")
    .select(["signature", "mapping"])
    .where("kind", "=", kind)
    .execute()
  return Object.fromEntries(rows.map(({ signature, mapping }) => [signature, JSON.parse(mapping)]))
}

export async function rememberMappings(db: Db, kind: ImportKind, mappings: Mappings, at: string) {
  const rows = Object.entries(mappings)
    // a file without header says nothing of the next one without header
    .filter(([signature]) => signature !== "")
    .map(([signature, roles]) => ({ kind, signature, mapping: JSON.stringify(roles), used_at: at }))
  if (rows.length === 0) return
  await db
    .insertInto("import_mapping")
    .values(rows)
    .onConflict((oc) =>
      oc
        .columns(["kind", "signature"])
        .doUpdateSet((eb) => ({ mapping: eb.ref("excluded.mapping"), used_at: eb.ref("excluded.used_at") })),
    )
    .execute()
}

/** Forgets a preview nobody committed; gives whether another import still needs its file. */
export async function removeImport(trx: Db, { id, file_path }: FoundImport): Promise<{ shared: boolean }> {
  await trx.deleteFrom("import_line").where("import_id", "=", id).execute()
  await trx.deleteFrom("import").where("id", "=", id).where("state", "=", "previewed").execute()
  const other = await trx
    .selectFrom("import")
    .select("id")
    .where("file_path", "=", file_path)
    .limit(1)
    .executeTakeFirst()
  return { shared: other !== undefined }
}
