export type PhotosTables = Record<never, never>
