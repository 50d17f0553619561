export type CouncilTables = Record<never, never>
