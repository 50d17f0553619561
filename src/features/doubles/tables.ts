export type DoublesTables = Record<never, never>
