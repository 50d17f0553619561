import { chunks, type Db } from "../../../db/index.ts"
import { fold } from "../../people/naming.ts"
import type { GuardianValues } from "../guardians.ts"
import { guardiansNamed, type KnownGuardian, linkKey, type Said } from "../queries/school.ts"
import { type Asked, settledLine } from "../resolution.ts"
import type { StoredLine } from "../stored.ts"
import { type Journal, numbered } from "./journal.ts"

type Line = { line: number; values: GuardianValues; student: number; answered: boolean }

type Merged = {
  name: string
  folded: string
  phone: string | null
  phone2: string | null
  sms_consent: 0 | 1 | null
}

/**
 * One person, the lines that link them with a child, and whom the school has already under this name and
 * number; `again` are lines about links that stand, of which a person said that they are right.
 */
type Group = { person: Merged; lines: Line[]; again: Line[]; existing: KnownGuardian | null }

export type GuardianPlan = {
  groups: Group[]
  /** links to be made: a guardian and a child */
  links: number
  /** links that stand and are changed as a person answered */
  relinked: number
  created: number
  updated: number
  held: number[]
}

/**
 * What would be written of these lines. One guardian for one name and number, in the file and in the school;
 * without a number each line is a person of its own, since a name alone says nothing.
 */
export async function planGuardians(
  db: Db,
  asked: Asked,
  lines: readonly StoredLine[],
): Promise<GuardianPlan> {
  const held: number[] = []
  const groups = new Map<string, Line[]>()
  for (const stored of lines) {
    const outcome = settledLine(asked, stored)
    if (!outcome || outcome.action === "review") held.push(stored.line)
    if (outcome?.action !== "create") continue
    const values = outcome.canonical as unknown as GuardianValues
    const key = values.telephone ? `${fold(values.tuteur)}|${values.telephone}` : `line ${stored.line}`
    const answered = stored.answer !== null
    const line = { line: stored.line, values, student: Number(outcome.student), answered }
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  const known = await knownGuardians(db, [...groups.values()].flat())
  const linked = await linkedPairs(db, [...known.values()])
  const plan: GuardianPlan = { groups: [], links: 0, relinked: 0, created: 0, updated: 0, held }
  for (const [key, all] of groups) {
    const existing = known.get(key) ?? null
    const stands = ({ student }: Line) => existing !== null && linked.has(linkKey(existing.id, student))
    const each = onePerChild(all)
    const lines = each.filter((one) => !stands(one))
    const again = each.filter((one) => stands(one) && one.answered)
    if (lines.length + again.length === 0) continue
    const group = { person: merged([...lines, ...again]), lines, again, existing }
    plan.groups.push(group)
    plan.links += lines.length
    plan.relinked += again.length
    if (!existing) plan.created++
    else if (changesOf(group)) plan.updated++
  }
  return plan
}

/** A child is linked once with the same person: by the first line, or by the one a person said is right. */
function onePerChild(lines: readonly Line[]): Line[] {
  const children = new Map<number, Line>()
  for (const line of lines) {
    if (line.answered || !children.has(line.student)) children.set(line.student, line)
  }
  return [...children.values()]
}

async function knownGuardians(db: Db, lines: readonly Line[]): Promise<Map<string, KnownGuardian>> {
  const names = lines.filter(({ values }) => values.telephone).map(({ values }) => fold(values.tuteur))
  const known = new Map<string, KnownGuardian>()
  for (const part of chunks([...new Set(names)], 1)) {
    for (const one of await guardiansNamed(db, part)) {
      const key = `${one.folded}|${one.phone}`
      if (!known.has(key)) known.set(key, one)
    }
  }
  return known
}

async function linkedPairs(db: Db, guardians: readonly KnownGuardian[]): Promise<Set<string>> {
  const pairs = new Set<string>()
  for (const part of chunks(guardians, 1)) {
    const rows = await db
      .selectFrom("guardianship")
      .select(["guardian_id", "student_id"])
      .where(
        "guardian_id",
        "in",
        part.map(({ id }) => id),
      )
      .execute()
    for (const row of rows) pairs.add(linkKey(row.guardian_id, row.student_id))
  }
  return pairs
}

/** What several lines say of one person: a refusal on any line stands, silence is never a yes. */
function merged(lines: readonly Line[]): Merged {
  const [first] = lines as [Line]
  const consents = lines.map(({ values }) => values.sms)
  return {
    name: first.values.tuteur,
    folded: fold(first.values.tuteur),
    phone: first.values.telephone,
    phone2: lines.find(({ values }) => values.telephone2)?.values.telephone2 ?? null,
    sms_consent: consents.includes(false) ? 0 : consents.includes(true) ? 1 : null,
  }
}

/**
 * A known guardian gets what was missing, and a refusal. A yes never lifts a refusal given before, unless a
 * person said that the line is right.
 */
function changesOf({ person, again, existing }: Group): { phone2?: string; sms_consent?: 0 | 1 } | null {
  if (!existing) return null
  const changes: { phone2?: string; sms_consent?: 0 | 1 } = {}
  const said = again.at(-1)?.values
  if (said?.telephone2 && said.telephone2 !== existing.phone2) changes.phone2 = said.telephone2
  if (typeof said?.sms === "boolean") {
    const consent = said.sms ? 1 : 0
    if (consent !== existing.sms_consent) changes.sms_consent = consent
    return Object.keys(changes).length > 0 ? changes : null
  }
  if (person.phone2 && !existing.phone2 && person.phone2 !== existing.phone) changes.phone2 = person.phone2
  const answers = person.sms_consent !== null && existing.sms_consent === null
  const refuses = person.sms_consent === 0 && existing.sms_consent === 1
  if (answers || refuses) changes.sms_consent = person.sms_consent as 0 | 1
  return Object.keys(changes).length > 0 ? changes : null
}

export async function writeGuardians(
  trx: Db,
  { plan, journal, fileName }: { plan: GuardianPlan; journal: Journal; fileName: string },
): Promise<void> {
  const source = `Fichier importé : ${fileName}`
  const fresh = plan.groups.filter(({ existing }) => !existing)
  const made = await addGuardians(trx, fresh, { journal, source })
  const known = plan.groups.flatMap((group) =>
    group.existing ? [{ ...group, id: group.existing.id, existing: group.existing }] : [],
  )
  for (const group of known) await complete(trx, group, { journal, source })
  for (const group of known) for (const one of group.again) await relink(trx, group, one, journal)
  await link(trx, [...made, ...known], journal)
}

type Source = { journal: Journal; source: string }

async function addGuardians(trx: Db, groups: readonly Group[], { journal, source }: Source) {
  const made: (Group & { id: number })[] = []
  for (const part of chunks(groups, 10)) {
    const rows = part.map(({ person }) => ({ ...person, ...consentOf(person.sms_consent, journal, source) }))
    const ids = await trx
      .insertInto("guardian")
      .values(rows.map((row) => ({ ...row, created_at: journal.at, updated_at: journal.at })))
      .returning(["id", "folded as check"])
      .execute()
    for (const group of numbered(part, ids, ({ person }) => person.folded)) {
      made.push(group)
      const { folded: _folded, ...card } = group.person
      const [{ line }] = group.lines as [Line]
      journal.wrote(line, "guardian", group.id, null, { ...card, version: 1, label: card.name })
      const after = { ...card, consent_source: card.sms_consent === null ? null : source }
      journal.tell({ subject: "guardian", subjectId: group.id, action: "created", after })
    }
  }
  return made
}

const consentOf = (consent: 0 | 1 | null, { at }: Journal, source: string) =>
  consent === null ? { consent_at: null, consent_source: null } : { consent_at: at, consent_source: source }

async function complete(
  trx: Db,
  group: Group & { existing: KnownGuardian },
  { journal, source }: Source,
): Promise<void> {
  const changes = changesOf(group)
  if (!changes) return
  const { id, version } = group.existing
  const said = changes.sms_consent === undefined ? {} : consentOf(changes.sms_consent, journal, source)
  const old = await trx
    .selectFrom("guardian")
    .select(["phone2", "sms_consent", "consent_at", "consent_source"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow()
  const after = { ...changes, ...said }
  const before = Object.fromEntries(
    Object.keys(after).map((column) => [column, old[column as keyof typeof old]]),
  )
  await trx
    .updateTable("guardian")
    .set({ ...after, version: version + 1, updated_at: journal.at })
    .where("id", "=", id)
    .execute()
  const [{ line }] = [...group.lines, ...group.again] as [Line]
  const label = group.existing.name
  journal.wrote(line, "guardian", id, before, { ...after, version: version + 1, label })
  const change = { subject: "guardian", subjectId: id, action: "changed", before }
  journal.tell({ ...change, after: { ...after, version: version + 1 } })
}

/** A link that stands says what the line says. */
async function relink(trx: Db, { id, person }: { id: number; person: Merged }, one: Line, journal: Journal) {
  const { line, student, values } = one
  const { link: was } = await trx
    .selectFrom("guardianship")
    .select("link")
    .where("guardian_id", "=", id)
    .where("student_id", "=", student)
    .executeTakeFirstOrThrow()
  await trx
    .updateTable("guardianship")
    .set({ link: values.lien })
    .where("guardian_id", "=", id)
    .where("student_id", "=", student)
    .execute()
  const label = `${person.name} – ${values.eleve}`
  const said: Said = { lien: values.lien, telephone2: values.telephone2, sms: values.sms }
  journal.wrote(line, "guardianship", [id, student], { link: was }, { link: values.lien, said, label })
  if (was === values.lien) return
  journal.tell({
    subject: "guardian",
    subjectId: id,
    action: "guardian_changed",
    before: { student: values.eleve, link: was },
    after: { student: values.eleve, link: values.lien },
  })
}

async function link(trx: Db, groups: readonly (Group & { id: number })[], journal: Journal): Promise<void> {
  const pairs = groups.flatMap(({ id, person, lines }) => lines.map((one) => ({ ...one, id, person })))
  for (const part of chunks(pairs, 3)) {
    const rows = part.map(({ id, student, values }) => ({
      guardian_id: id,
      student_id: student,
      link: values.lien,
    }))
    await trx.insertInto("guardianship").values(rows).execute()
  }
  for (const { line, id, student, values, person } of pairs) {
    const { lien, telephone2, sms } = values
    const said: Said = { lien, telephone2, sms }
    const label = `${person.name} – ${values.eleve}`
    journal.wrote(line, "guardianship", [id, student], null, { link: lien, informed: 1, said, label })
    const told = { link: lien, informed: 1 }
    journal.tell({
      subject: "student",
      subjectId: student,
      action: "guardian_added",
      after: { guardian: person.name, ...told },
    })
    journal.tell({
      subject: "guardian",
      subjectId: id,
      action: "guardian_added",
      after: { student: values.eleve, ...told },
    })
  }
}
