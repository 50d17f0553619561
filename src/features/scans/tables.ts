export type ScansTables = Record<never, never>
