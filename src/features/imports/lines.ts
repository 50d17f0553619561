import { fold, splitFullName } from "../people/naming.ts"
import { announcedClass, belongsToClassLine } from "./announced.ts"
import { type Columns, guessColumns, type Mappings, positions, secondHeader } from "./columns.ts"
import { type Customs, MALIAN, readClass } from "./customs.ts"
import type { Outcome } from "./outcomes.ts"
import type { Table, TableLine } from "./reading/table.ts"
import type { ImportKind, Role } from "./spellings.ts"

export interface LineContext {
  kind: ImportKind
  /** the class chosen for lines under no other, in any spelling */
  className?: string | null
  mappings?: Mappings
  customs?: Customs
}

/** A line that holds somebody: read with the columns of the header above it. */
export interface Row {
  line: TableLine
  columns: Columns
  /** canonical class announced above the line, or chosen for the whole file */
  classe: string | null
  cell: (role: Role) => string
  has: (role: Role) => boolean
}

/** Each line either has its outcome already (header, section, ignore, review) or is a row to be read. */
export type Sorted = { row: Row } | { outcome: Outcome }

/** Tells headers, class lines, titles, totals and signatures from rows; one entry per physical line, in order. */
export function sortLines(table: Table, context: LineContext): { sorted: Sorted[]; columns: Columns[] } {
  return new Sorter(context).sort(table)
}

const TOTAL =
  /^(?:sous ?total|total|totaux|effectif|eff|moyenne|moy|note la plus|la plus (?:forte|faible)|plus (?:forte|faible)|nombre|nbre|nb|garcons?|filles?|dont|max|min|maximum|minimum|mini|maxi|coef|coefs|coefficients?|ecart|taux|pourcentage|somme|soit|arrete|arretee|[gfht] ?[:=] ?\d)(?![a-z])|^\d+ (?:eleves?|inscrits?|garcons?|filles?)\b/
const SIGNATURE =
  /^(?:signatures?|(?:p ?\/ ?)?(?:le |la |l )?(?:proviseure?|directeur|directrice|censeure?|secretaire|surveillante?|administration|chef d|comptable|econome|promoteur|responsable)|les? professeurs?|cachet|visa|vu et approuve|vu,|fait a|[a-z]+ ?, ?le \d)(?![a-z])/
const TITLE =
  /^(?:listes?|lycee|ecole|college|groupe scolaire|complexe|etablissement|annee|republique|ministere|academie|direction|page|suite|arrivees?|arrives?|retardataires?|nouveaux|nouvelles|nouveau|additif|complement|transferts?|transferes?|inscrits?|eleves?|releve|trimestre|\d(?:er|e|eme) trimestre|periode|semestre|classe|un peuple|cap de|bp|professeur|prof|titulaire|matiere|discipline|redoublants?|orientes?|derniers?|mise a jour|maj|nb|n b|edite|imprime)(?![a-z])/

class Sorter {
  readonly context: LineContext
  readonly customs: Customs
  readonly chosenClass: string | null
  readonly sorted: Sorted[] = []
  readonly headers: Columns[] = []
  columns: Columns | null = null
  at: Map<Role, number> = new Map()
  classe: string | null
  sheet: string | undefined
  /** the header line just read, while the next line may still belong to it */
  opening: { columns: Columns; outcome: Outcome } | null = null

  constructor(context: LineContext) {
    this.context = context
    this.customs = context.customs ?? MALIAN
    const chosen = context.className
    this.chosenClass = chosen ? (readClass(chosen, this.customs) ?? chosen) : null
    this.classe = this.chosenClass
    const headless = context.mappings?.[""]
    if (headless) this.use({ line: 0, signature: "", heads: [], roles: [...headless], chosen: true })
  }

  sort(table: Table): { sorted: Sorted[]; columns: Columns[] } {
    for (const line of table.lines) this.sorted.push(this.sortLine(line))
    return { sorted: this.sorted, columns: this.headers }
  }

  use(columns: Columns) {
    this.columns = columns
    this.at = positions(columns)
  }

  sortLine(line: TableLine): Sorted {
    if (line.continues !== undefined) return this.ignore(line, "continuation")
    if (line.sheet !== this.sheet) this.openSheet(line.sheet)
    const filled = line.cells.filter((cell) => cell !== "")
    const opening = this.opening
    this.opening = null
    if (filled.length === 0) {
      this.opening = opening
      return this.ignore(line, "blank")
    }
    if (line.number === 1 && /^sep=.?$/i.test(filled.join(""))) return this.ignore(line, "title")
    return this.header(line, opening) ?? this.section(line, filled) ?? this.rest(line, filled)
  }

  openSheet(name: string | undefined) {
    this.sheet = name
    this.classe = (name && announcedClass([name], true, this.customs)) || this.chosenClass
  }

  header(line: TableLine, opening: typeof this.opening): Sorted | null {
    const { kind, mappings } = this.context
    if (opening) {
      const both = secondHeader(opening.columns, line.cells, kind, mappings)
      if (both) {
        if (opening.columns.heads.some((head, at) => head === "" && both.heads[at])) {
          opening.outcome.note = MERGED
        }
        this.headers.splice(-1, 1, both)
        this.use(both)
        return { outcome: { line: line.number, action: "header", raw: line.cells } }
      }
    }
    const columns = guessColumns(line.cells, line.number, kind, mappings)
    if (!columns) return null
    const outcome: Outcome = { line: line.number, action: "header", raw: line.cells }
    this.opening = { columns, outcome }
    this.headers.push(columns)
    this.use(columns)
    return { outcome }
  }

  /** A class announced in a line of its own; in a mark sheet's title the class is read, the line stays a title. */
  section(line: TableLine, filled: string[]): Sorted | null {
    if (this.context.kind === "staff") return null
    const first = fold(filled[0] as string)
    const announced = /^(?:classe|division)\b/.test(first)
    if (!announced && this.looksFilled(line)) return null
    const classe = announcedClass(filled, this.context.kind === "students", this.customs)
    if (
      !classe &&
      announced &&
      filled.length <= 4 &&
      /[a-z0-9]/.test(first.replace(/^classe\b/, "") + filled.slice(1).join(""))
    ) {
      // Better no class than the one of the block above.
      this.classe = null
      return this.review(line, "class_unknown")
    }
    if (!classe) return null
    this.classe = classe
    const pure = filled.every((cell) => belongsToClassLine(cell, this.customs))
    if (this.context.kind !== "students" && !pure) return this.ignore(line, "title")
    return { outcome: { line: line.number, action: "section", classe, raw: line.cells } }
  }

  /** A name and a matricule, or a name and two other things that a header announced: somebody's line. */
  looksFilled(line: TableLine): boolean {
    if (!this.columns || this.name(line) === "") return false
    if (/\d{3}/.test(this.cell(line, "matricule"))) return true
    return this.filledRoles(line) >= 3
  }

  rest(line: TableLine, filled: string[]): Sorted {
    const folded = filled.map(fold)
    if (!this.columns) {
      if (folded.some((text) => TOTAL.test(text)) && filled.length < 4) return this.ignore(line, "total")
      const looksRow =
        filled.length >= 4 ||
        filled.some((cell) => /^[A-Z]{2}\d{2}[A-Z]{2}\d{2}/i.test(cell.replace(/\s/g, "")))
      return looksRow ? this.review(line, "header_missing") : this.ignore(line, "title")
    }
    const number = this.cell(line, "number")
    const name = this.name(line)
    if (filled.length === 1 && number !== "" && /^\d+\W*$/.test(number)) return this.ignore(line, "blank")
    // « Directeur » in the first column of the staff is a function, not a signature
    const staff = this.context.kind === "staff" && name !== "" && this.filledRoles(line) > 1
    const first = staff ? [] : [folded[0] as string]
    const told = name === "" ? folded : [fold(name), ...first]
    const anonymous = !/\d{3}/.test(this.cell(line, "matricule"))
    if (anonymous) {
      if (told.some((text) => TOTAL.test(text))) return this.ignore(line, "total")
      if (told.some((text) => SIGNATURE.test(text))) return this.ignore(line, "signature")
      if (first.some((text) => TITLE.test(text)) || (name !== "" && TITLE.test(fold(name))))
        return this.ignore(line, "title")
    }
    const roles = this.filledRoles(line)
    if (name === "" && anonymous && roles < 2) return this.ignore(line, "title")
    if (name === "") return this.review(line, "name_missing")
    if (filled.length === 1 && this.at.size > 2) {
      return splitFullName(name).certain ? this.review(line, "line_incomplete") : this.ignore(line, "title")
    }
    return { row: this.row(line, this.columns) }
  }

  row(line: TableLine, columns: Columns): Row {
    const at = this.at
    const cell = (role: Role) => line.cells[at.get(role) ?? -1] ?? ""
    return { line, columns, classe: this.classe, cell, has: (role) => at.has(role) }
  }

  cell(line: TableLine, role: Role): string {
    return line.cells[this.at.get(role) ?? -1] ?? ""
  }

  name(line: TableLine): string {
    for (const role of NAME_ROLES) {
      const cell = this.cell(line, role)
      if (cell !== "") return cell
    }
    return ""
  }

  filledRoles(line: TableLine): number {
    let count = 0
    for (const [role, at] of this.at) if (role !== "number" && (line.cells[at] ?? "") !== "") count++
    return count
  }

  ignore(line: TableLine, reason: string): Sorted {
    return { outcome: { line: line.number, action: "ignore", reason, raw: line.cells } }
  }

  review(line: TableLine, reason: string): Sorted {
    return {
      outcome: { line: line.number, action: "review", reason, warnings: [...line.warnings], raw: line.cells },
    }
  }
}

const MERGED = "merged cells: the subject name covers the next column"

const NAME_ROLES: Role[] = ["full_name", "full_name_given_first", "surname", "guardian", "guardian_surname"]
