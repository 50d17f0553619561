export type MedicalTables = Record<never, never>
