import type { Generated } from "kysely"

export interface ImportsTables {
  import: {
    id: Generated<number>
    kind: string
    state: "previewed" | "committed" | "undone"
    file_name: string
    file_hash: string
    file_path: string
    encoding: string
    separator: string
    context: string
    mapping: string
    counts: string
    created_at: string
    created_by: number
    committed_at: string | null
    undone_at: string | null
    undo_report: string | null
  }
  import_line: {
    id: Generated<number>
    import_id: number
    line: number
    raw: string
    action: string
    outcome: string
    resolution: string | null
  }
  import_change: {
    id: Generated<number>
    import_id: number
    line: number
    table_name: string
    row_key: string
    before: string | null
    after: string
  }
  import_mapping: { kind: string; signature: string; mapping: string; used_at: string }
}
