export type ReportsTables = Record<never, never>
