// Records of a student written into the register of papers: transcripts, school records, diplomas.
import { tx } from "../../db/index.ts"
import type { School } from "../../school.ts"
import type { User } from "../../web/request.ts"
import { paperFrame, type StudentFacts } from "../papers/content.ts"
import { register } from "../papers/issuing.ts"
import { kindOf } from "../papers/kinds.ts"
import type { PaperRecord } from "../papers/records.ts"
import type { TextBlock } from "../papers/wording.ts"
import { upperCase } from "../people/naming.ts"

type Issuing = {
  student: StudentFacts
  record: PaperRecord
  /** what whoever checks it compares */
  blocks: TextBlock[]
  /** the class and the year that the paper is about */
  stay: { className: string; yearLabel: string }
  /** the school's own day, ISO */
  on: string
}

/** Writes a record into the register with the next number of its kind; gives its number there and its reference. */
export async function issueRecord(
  school: Pick<School, "db" | "year" | "settings" | "origin">,
  by: Pick<User, "id">,
  { student, record, blocks, stay, on }: Issuing,
  now: Date,
) {
  const { kind } = record
  const { settings, origin } = school
  const title = kindOf(kind).label
  const made = await register(
    school,
    by,
    {
      kind,
      student,
      content: (given) => ({
        ...paperFrame({ kind, settings, origin, student, stay, on }, given),
        title: upperCase(title),
        fields: {},
        blocks,
        record,
      }),
    },
    now,
  )
  return { ...made, title }
}

type Diploma = Pick<Issuing, "student" | "stay"> & { record: Extract<PaperRecord, { kind: "diploma" }> }

/** Several diplomas, all or none; their number. */
export function issueDiplomas(
  school: School,
  by: Pick<User, "id">,
  { diplomas, on }: { diplomas: readonly Diploma[]; on: string },
  now: Date,
): Promise<number> {
  return tx(school.db, async (trx) => {
    for (const { student, stay, record } of diplomas) {
      const said = [
        { label: "Distinction", value: record.award },
        { label: "Période", value: `${record.periodLabel} ${stay.yearLabel}` },
        { label: "Classe", value: stay.className },
        { label: "Moyenne générale", value: record.average },
        { label: "Rang", value: record.rank },
      ].flatMap(({ label, value }) => (value ? [{ label, value }] : []))
      const blocks: TextBlock[] = [
        { kind: "text", runs: [{ text: `${student.surname} ${student.given_names}`, bold: true }] },
        { kind: "pairs", rows: said },
      ]
      const { year, settings, origin } = school
      await issueRecord({ db: trx, year, settings, origin }, by, { student, stay, record, blocks, on }, now)
    }
    return diplomas.length
  })
}
