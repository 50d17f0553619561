import { chunks, type Db } from "../../../db/index.ts"
import { fold } from "../../people/naming.ts"
import type { GuardianValues } from "../guardians.ts"
import { guardiansNamed, type KnownGuardian, linkKey, type Said } from "../queries/school.ts"
import { type Asked, settledLine } from "../resolution.ts"
import type { Settled, StoredLine } from "../stored.ts"
import { type CardUpdate, collect, correctCards } from "./cards.ts"
import { complete, Elders } from "./elders.ts"
import { type Journal, numbered } from "./journal.ts"

type Line = { line: number; values: GuardianValues; student: number }

type Merged = {
  name: string
  folded: string
  phone: string | null
  phone2: string | null
  sms_consent: 0 | 1 | null
}

/** One person, the lines that link them with a child, and whom the school has under this name and number. */
type Group = { person: Merged; lines: Line[]; existing: Existing | null }

type Existing = Pick<KnownGuardian, "id" | "name" | "phone" | "phone2" | "sms_consent">

/** A link that stands, and what the line says of it. */
type Relink = { line: number; guardian: number; student: number; label: string; lien: GuardianValues["lien"] }

export type GuardianPlan = {
  groups: Group[]
  /** links to be made: a guardian and a child */
  links: number
  relinked: Relink[]
  created: number
  /** cards to be completed or corrected, by guardian */
  update: Map<number, CardUpdate>
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
  const plan: GuardianPlan = { groups: [], links: 0, relinked: [], created: 0, update: new Map(), held: [] }
  const elders = new Elders()
  const create: Line[] = []
  /** by the name and number of the file, which the card may not have yet */
  const met = new Map<string, Existing>()
  for (const stored of lines) {
    const outcome = settledLine(asked, stored)
    if (!outcome || outcome.action === "review") {
      plan.held.push(stored.line)
      continue
    }
    if (outcome.elder !== undefined) elders.add(outcome)
    if (outcome.card !== undefined) {
      planKnown(plan, outcome, outcome.card)
      const { tuteur, telephone } = outcome.canonical ?? {}
      const card = asked.known.links?.find(({ id }) => id === outcome.card)
      if (card && telephone) met.set(`${fold(String(tuteur))}|${telephone}`, card)
    }
    if (outcome.action !== "create") continue
    const values = { ...(outcome.canonical as unknown as GuardianValues) }
    create.push({ line: stored.line, values, student: Number(outcome.student) })
  }
  plan.held.push(...complete(create, elders))
  const groups = new Map<string, Line[]>()
  for (const one of create) {
    const { values, line } = one
    const key = values.telephone ? `${fold(values.tuteur)}|${values.telephone}` : `line ${line}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const known = new Map([...met, ...(await knownGuardians(db, [...groups.values()].flat()))])
  const linked = await linkedPairs(db, [...known.values()])
  for (const [key, all] of groups) {
    const existing = known.get(key) ?? null
    const stands = ({ student }: Line) => existing !== null && linked.has(linkKey(existing.id, student))
    const lines = onePerChild(all).filter((one) => !stands(one))
    if (lines.length === 0) continue
    const group = { person: merged(lines), lines, existing }
    plan.groups.push(group)
    plan.links += lines.length
    if (!existing) plan.created++
    else planCompletion(plan, group, existing)
  }
  return plan
}

/** Of somebody the child has already: the card says what was chosen, and so does the link. */
function planKnown(plan: GuardianPlan, outcome: Settled, guardian: number): void {
  collect(plan.update, outcome, guardian, ["lien"])
  const lien = outcome.set?.find(({ field }) => field === "lien")?.after
  if (!lien) return
  const label = `${outcome.duplicate_of} – ${outcome.canonical?.eleve ?? ""}`
  const { line, student } = outcome
  plan.relinked.push({
    line,
    guardian,
    student: Number(student),
    label,
    lien: lien as GuardianValues["lien"],
  })
}

/** A child is linked once with the same person: by the first line. */
function onePerChild(lines: readonly Line[]): Line[] {
  const children = new Map<number, Line>()
  for (const line of lines) if (!children.has(line.student)) children.set(line.student, line)
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

async function linkedPairs(db: Db, guardians: readonly Existing[]): Promise<Set<string>> {
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

/** A known guardian linked with another child gets what was missing, and a refusal. A yes never lifts one. */
function planCompletion({ update }: GuardianPlan, { person, lines }: Group, existing: Existing): void {
  const set: NonNullable<Settled["set"]> = []
  const { phone2, sms_consent: said } = person
  if (phone2 && !existing.phone2 && phone2 !== existing.phone) {
    set.push({ field: "telephone2", before: null, after: phone2 })
  }
  const answers = said !== null && existing.sms_consent === null
  if (answers || (said === 0 && existing.sms_consent === 1)) {
    set.push({ field: "sms", before: null, after: said === 1 ? "oui" : "non" })
  }
  const [{ line }] = lines as [Line]
  collect(update, { line, action: "duplicate", raw: [], set }, existing.id)
}

export async function writeGuardians(
  trx: Db,
  { plan, journal, fileName }: { plan: GuardianPlan; journal: Journal; fileName: string },
): Promise<void> {
  const source = `Fichier importé : ${fileName}`
  const fresh = plan.groups.filter(({ existing }) => !existing)
  const made = await addGuardians(trx, fresh, { journal, source })
  const known = plan.groups.flatMap((group) => (group.existing ? [{ ...group, id: group.existing.id }] : []))
  await correctCards(trx, { table: "guardian", updates: plan.update.values(), source }, journal)
  for (const one of plan.relinked) await relink(trx, one, journal)
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

/** A link that stands says what the line says. */
async function relink(trx: Db, { line, guardian, student, label, lien }: Relink, journal: Journal) {
  const pair = { guardian_id: guardian, student_id: student }
  const { link: was } = await trx
    .selectFrom("guardianship")
    .select("link")
    .where((eb) => eb.and(pair))
    .executeTakeFirstOrThrow()
  if (was === lien) return
  await trx
    .updateTable("guardianship")
    .set({ link: lien })
    .where((eb) => eb.and(pair))
    .execute()
  journal.wrote(line, "guardianship", [guardian, student], { link: was }, { link: lien, label })
  journal.tell({
    subject: "guardian",
    subjectId: guardian,
    action: "guardian_changed",
    before: { student, link: was },
    after: { student, link: lien },
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
