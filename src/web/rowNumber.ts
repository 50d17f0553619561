/** A row's number from an address or a form: 0, which no row has, for anything that cannot be one. */
export function rowNumber(text: unknown): number {
  return typeof text === "string" && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0
}

/** The page of a list asked for in an address, from 1. */
export const pageNumber = (text: unknown): number => rowNumber(text) || 1
