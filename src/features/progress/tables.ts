export type ProgressTables = Record<never, never>
