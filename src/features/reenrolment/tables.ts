export type ReenrolmentTables = Record<never, never>
