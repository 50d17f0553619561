import { fold, tidy, upperCase } from "../people/naming.ts"
import {
  CATEGORIES,
  GUARDIAN_QUESTIONS,
  headWords,
  type ImportKind,
  isComputed,
  personRole,
  type Role,
  staffRole,
} from "./spellings.ts"

/** What each column of a header means, and what the person may change and the school remembers. */
export interface Columns {
  /** physical line of the (first) header line; 0 for a mapping chosen for a file without header */
  line: number
  /** the folded heads: the key under which a changed mapping is remembered */
  signature: string
  heads: string[]
  roles: (Role | null)[]
  /** true when the roles come from a person's mapping, not from a guess */
  chosen: boolean
}

/** Mappings a person chose, by signature; the empty signature is for a file that has no header. */
export type Mappings = Readonly<Record<string, readonly (Role | null)[]>>

const NAMES: (Role | null)[] = ["surname", "full_name", "full_name_given_first"]

/** The header a line is, or null: a name or a matricule, and another known head or nothing that is unknown. */
export function guessColumns(
  cells: readonly string[],
  line: number,
  kind: ImportKind,
  mappings: Mappings = {},
): Columns | null {
  const signature = signatureOf(cells)
  const chosen = mappings[signature]
  if (signature && chosen) return { line, signature, heads: [...cells], roles: [...chosen], chosen: true }
  // A head is words: a line with numbers of any length in it is somebody's data.
  if (cells.some((cell) => /\d{3,}/.test(cell) && !/20\d\d/.test(cell))) return null
  const roles = rolesOf(cells, kind)
  const known = roles.filter((role) => role !== null && !role.startsWith("mark:")).length
  const filled = cells.filter((cell) => cell !== "").length
  const named = roles.some((role) => NAMES.includes(role) || role === "matricule" || role === "guardian")
  const enough = kind === "marks" ? filled > 1 : known > 1 || known === filled
  if (!named || !enough) return null
  return { line, signature, heads: [...cells], roles, chosen: false }
}

export const signatureOf = (cells: readonly string[]) =>
  cells
    .map((cell) => fold(cell))
    .join("|")
    .replace(/\|+$/, "")

const headKey = (head: string) => headWords(fold(head))

function rolesOf(heads: readonly string[], kind: ImportKind): (Role | null)[] {
  const taken = new Set<Role>()
  return heads.map((head, at) => {
    let role = roleOf(head, at, kind, taken)
    // A second phone column is the second number; any other head that comes twice is meant once.
    if (role === "phone" && taken.has("phone")) role = "phone2"
    // Two columns of marks under one name are two columns all the same.
    for (let again = 2; role?.startsWith("mark:") && taken.has(role); again++)
      role = `mark:${markKey(head)} ${again}`
    if (role === null || taken.has(role)) return null
    taken.add(role)
    return role
  })
}

function roleOf(head: string, at: number, kind: ImportKind, taken: Set<Role>): Role | null {
  const words = headKey(head)
  if (words === "") return null
  if (kind === "guardians") {
    const question = GUARDIAN_QUESTIONS.find(([, pattern]) => pattern.test(words))
    if (question) return question[0]
  }
  // « N° » first is the rank in the list; elsewhere, once there is a rank, it is a phone number.
  if (words === "numero") return at > 0 && taken.has("number") ? "phone" : "number"
  // « A » is the birth place only after the birth date.
  if (words === "a" && !taken.has("birth_date")) return null
  const outside = headKey(head.replace(/\(.*?\)/g, " "))
  const role = kind === "staff" ? staffRole(words, outside) : personRole(words, outside)
  if (kind !== "marks") return role
  if (role === "class" || (role === null && !isComputed(words))) return `mark:${markKey(head)}`
  return role === null || role === "remark" || role === "regime" || role === "repeating" ? "unused" : role
}

/** « Maths CL » -> MATHS.CL, « Moy.Cl » -> CL, « Français » -> FRANÇAIS: the head's own accents are kept. */
function markKey(head: string): string {
  const whole = categoryOf(head)
  if (whole) return whole
  const words = tidy(head).split(" ")
  for (const last of [2, 1]) {
    const category = words.length > last ? categoryOf(words.slice(-last).join(" ")) : null
    if (category)
      return `${upperCase(
        words
          .slice(0, -last)
          .join(" ")
          .replace(/[ :./-]+$/, ""),
      )}.${category}`
  }
  return upperCase(tidy(head))
}

/**
 * A header in two lines: the heads of the first, spread over the empty cells on their right, joined with what
 * stands under them (« NAISSANCE » over « DATE » and « LIEU », « MATHS » over « CL » and « CO »).
 * Null when the line is no second header line.
 */
export function secondHeader(
  first: Columns,
  cells: readonly string[],
  kind: ImportKind,
  mappings: Mappings = {},
): Columns | null {
  if (first.chosen || cells.every((cell) => cell === "") || !cells.every(isLabel)) return null
  if (first.roles.some((role, at) => PERSON_COLUMNS.has(role) && (cells[at] ?? "") !== "")) return null
  const width = Math.max(first.heads.length, cells.length)
  const heads: string[] = []
  const parents: string[] = []
  let parent = ""
  for (let at = 0; at < width; at++) {
    const above = first.heads[at] ?? ""
    const below = cells[at] ?? ""
    parent = above || (below ? parent : "")
    parents.push(parent)
    heads.push(below === "" ? above : `${parent} ${below}`.trim())
  }
  const guessed = rolesOf(heads, kind)
  const roles = heads.map((_, at) => {
    const before = first.roles[at] ?? null
    if (kind !== "marks" || (before !== null && !before.startsWith("mark:"))) return guessed[at] ?? before
    const below = cells[at] ?? ""
    if (below === "" || isComputed(headKey(parents[at] as string))) return before
    return `mark:${upperCase(parents[at] as string)}.${categoryOf(below) ?? upperCase(below)}` as Role
  })
  if (roles.every((role, at) => role === (first.roles[at] ?? null))) return null
  const signature = signatureOf(heads)
  const chosen = mappings[signature]
  return {
    line: first.line,
    signature,
    heads,
    roles: chosen ? [...chosen] : roles,
    chosen: chosen !== undefined,
  }
}

const PERSON_COLUMNS: ReadonlySet<Role | null> = new Set<Role | null>([
  ...NAMES,
  "matricule",
  "number",
  "given_names",
])

const isLabel = (cell: string) => cell.length <= 30 && !/^[\d+-]/.test(cell)

/** The category that a head names: « N.Compo » -> CO; null for a subject's name. */
export const categoryOf = (head: string): string | null => CATEGORIES[headKey(head)] ?? null

/** Where each role stands: the first column that has it. */
export function positions(columns: Columns): Map<Role, number> {
  const found = new Map<Role, number>()
  columns.roles.forEach((role, at) => {
    if (role !== null && !found.has(role)) found.set(role, at)
  })
  return found
}
