// Everything held about one person, gathered for an export.
import type { Db } from "../../../db/index.ts"
import type { Person } from "../../../personal.ts"
import { isExported, type Meanings } from "../rules/columns.ts"
import {
  auditOf,
  cardRows,
  cardsOf,
  countHeld,
  filesHeld,
  type Held,
  type HeldFile,
  type HeldRow,
  heldAbout,
  partsHeld,
  rowsHeld,
} from "./holdings.ts"

/** One table of the export; `apart`: rows exist that whoever exports may not see. */
export type Gathered = { label: string; rows: HeldRow[]; apart: boolean }

export type Rights = { medical: boolean }

/** Notes on health are for who holds the right to them, exports too. */
const isApart = ({ feature }: Pick<Held, "feature">, { medical }: Rights) => feature === "medical" && !medical

const CARD = { student: "Fiche de l’élève", guardian: "Fiche du tuteur", staff: "Fiche du personnel" }

const shown = (rows: HeldRow[], hidden: readonly string[] = []) =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).filter(([column]) => isExported(column) && !hidden.includes(column)),
    ),
  )

export async function gather(db: Db, person: Person, id: number, rights: Rights): Promise<Gathered[]> {
  const cards = [...(await cardsOf(db, person, [id])).keys()]
  const gathered: Gathered[] = [
    { label: CARD[person], rows: shown(await cardRows(db, person, cards)), apart: false },
  ]
  const subjects = new Map<string, number[]>([[person, cards]])
  for (const held of heldAbout(person)) {
    const { label, column, key, hidden = [], parts = [] } = held
    const rows = await rowsHeld(db, held, cards)
    if (isApart(held, rights)) {
      gathered.push({ label, rows: [], apart: rows.length > 0 })
      continue
    }
    gathered.push({ label, rows: shown(rows, [...hidden, column]), apart: false })
    if (key) continue
    const owners = rows.map((row) => Number(row.id))
    subjects.set(held.table, owners)
    for (const part of parts) {
      const own = await partsHeld(db, part, owners)
      gathered.push({ label: `${label} : ${part.label}`, rows: shown(own), apart: false })
    }
  }
  gathered.push({ label: "Journal des modifications", rows: await auditOf(db, subjects), apart: false })
  gathered.push({ label: "Exports de ces données", rows: await exportsOf(db, person, cards), apart: false })
  return gathered
}

const exportsOf = (db: Db, person: Person, cards: number[]) =>
  db
    .selectFrom("privacy_export")
    .select(["at", "format", "rows"])
    .where("person", "=", person)
    .where("person_id", "in", cards)
    .orderBy("id")
    .execute()

export type Overview = { label: string; rows: number; apart: boolean; fate: string; why: string | null }

/** What is held, counted: each heading with what becomes of it when its time is over. */
export async function overviewOf(db: Db, person: Person, id: number, rights: Rights) {
  const cards = await cardsOf(db, person, [id])
  const held = heldAbout(person)
  const counts = await countHeld(db, held, cards)
  const lines: Overview[] = held.map((one, place) => {
    const { rows, parts } = counts.get(place)?.get(id) ?? { rows: 0, parts: 0 }
    const { label, erasure: fate, why = null } = one
    const apart = isApart(one, rights)
    return { label, rows: apart ? 0 : rows + parts, apart: apart && rows > 0, fate, why }
  })
  const files = await filesHeld(
    db,
    held.map((one) => (isApart(one, rights) ? { ...one, file: undefined } : one)),
    [...cards.keys()],
  )
  return { lines, files }
}

/** One file about the person, by the heading's place and the row that names it. */
export async function fileHeld(
  db: Db,
  person: Person,
  id: number,
  asked: { place: number; row: number },
  rights: Rights,
): Promise<HeldFile | undefined> {
  const { files } = await overviewOf(db, person, id, rights)
  return files.find(({ place, row }) => place === asked.place && row === asked.row)
}

/** What the numbers of classes, periods, subjects and evaluations stand for. */
export async function meaningsOf(db: Db): Promise<Meanings> {
  const classes = await db
    .selectFrom("class as c")
    .innerJoin("school_year as y", "y.id", "c.school_year_id")
    .select(["c.id", "c.label", "y.label as year"])
    .execute()
  const subjects = await db
    .selectFrom("class_subject as cs")
    .innerJoin("subject as s", "s.id", "cs.subject_id")
    .select(["cs.id", "s.label"])
    .execute()
  const labels = async (table: "school_year" | "period" | "subject" | "enrolment_document" | "assessment") =>
    new Map(
      (await db.selectFrom(table).select(["id", "label"]).execute()).map(({ id, label }) => [id, label]),
    )
  return {
    class_id: new Map(classes.map(({ id, label, year }) => [id, `${label} (${year})`])),
    class_subject_id: new Map(subjects.map(({ id, label }) => [id, label])),
    school_year_id: await labels("school_year"),
    period_id: await labels("period"),
    document_id: await labels("enrolment_document"),
    assessment_id: await labels("assessment"),
  }
}
