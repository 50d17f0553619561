export type CorrectionsTables = Record<never, never>
