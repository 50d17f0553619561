// What families were asked and what they answered; who was never asked.
import { sql } from "kysely"
import type { Db } from "../../../db/index.ts"
import { guardiansSeenBy, studentsSeenBy, type Viewer } from "../../people/scope.ts"

export const CONSENTS_PAGE = 50

/** What a guardian is asked for themself: a column of their card each. */
export const CHANNELS = {
  sms: { label: "SMS au tuteur", answer: "sms_consent", at: "consent_at", source: "consent_source" },
  email: {
    label: "Courriel au tuteur",
    answer: "email_consent",
    at: "email_consent_at",
    source: "email_consent_source",
  },
  whatsapp: {
    label: "WhatsApp au tuteur",
    answer: "whatsapp_consent",
    at: "whatsapp_consent_at",
    source: "whatsapp_consent_source",
  },
} as const
type Channel = keyof typeof CHANNELS

export type ConsentKind = { code: string; label: string }

/** Everything that may be asked: of the guardian, then for the child. */
export async function consentKinds(db: Db): Promise<ConsentKind[]> {
  const kinds = await db.selectFrom("consent_kind").select(["code", "label"]).orderBy("position").execute()
  return [...Object.entries(CHANNELS).map(([code, { label }]) => ({ code, label })), ...kinds]
}

const isChannel = (code: string): code is Channel => Object.hasOwn(CHANNELS, code)

export const ANSWERS = ["yes", "no", "unasked"] as const
export type Answer = (typeof ANSWERS)[number]

export type ConsentFilter = { kind: string; answer: Answer | null; class: number | null; year: number }

/** One row a guardian with a child in class this year; the classes are those of their children. */
const guardianAnswers = (db: Db, who: Viewer, { kind, class: inClass, year }: ConsentFilter) => {
  const { answer, at, source } = CHANNELS[kind as Channel]
  const children = sql`from guardianship k join enrolment e on e.student_id = k.student_id and e.ends_on is null
    and e.school_year_id = ${year} join class c on c.id = e.class_id
    where k.guardian_id = guardian.id ${inClass === null ? sql`` : sql`and c.id = ${inClass}`}`
  return guardiansSeenBy(db, who)
    .where(sql<boolean>`exists (select 1 ${children})`)
    .select(["guardian.id", "guardian.name", "guardian.folded as sorted"])
    .select(sql<string | null>`(select min(c.label) ${children})`.as("class"))
    .select(sql<number | null>`${sql.ref(`guardian.${answer}`)}`.as("answer"))
    .select(sql<string | null>`${sql.ref(`guardian.${at}`)}`.as("at"))
    .select(sql<string | null>`${sql.ref(`guardian.${source}`)}`.as("source"))
}

/** One row a student in class this year, with the last answer given for them. */
const studentAnswers = (db: Db, who: Viewer, { kind, class: inClass, year }: ConsentFilter) => {
  let students = studentsSeenBy(db, who)
    .innerJoin("enrolment as e", (join) =>
      join
        .onRef("e.student_id", "=", "student.id")
        .on("e.school_year_id", "=", year)
        .on("e.ends_on", "is", null),
    )
    .innerJoin("class as c", "c.id", "e.class_id")
    .leftJoin("student_consent as s", (join) =>
      join.on(
        "s.id",
        "=",
        sql<number>`(select max(l.id) from student_consent l where l.student_id = student.id and l.kind = ${kind})`,
      ),
    )
  if (inClass !== null) students = students.where("c.id", "=", inClass)
  return students
    .select(["student.id", "student.sort_name as sorted", "c.label as class"])
    .select(sql<string>`trim(student.surname || ' ' || student.given_names)`.as("name"))
    .select(["s.answer", "s.given_on as at", "s.source"])
}

const answersTo = (db: Db, who: Viewer, filter: ConsentFilter) =>
  db.selectFrom(
    (isChannel(filter.kind) ? guardianAnswers(db, who, filter) : studentAnswers(db, who, filter)).as(
      "given",
    ) as never,
  ) as ReturnType<typeof typed>

/** Only for the compiler: the columns that both questions give. */
const typed = (db: Db) =>
  db.selectFrom(
    db
      .selectFrom("student")
      .select(["student.id", "student.sort_name as sorted"])
      .select(sql<string>`''`.as("name"))
      .select(sql<string | null>`null`.as("class"))
      .select(sql<number | null>`null`.as("answer"))
      .select(sql<string | null>`null`.as("at"))
      .select(sql<string | null>`null`.as("source"))
      .as("given"),
  )

function matching(db: Db, who: Viewer, filter: ConsentFilter) {
  const given = answersTo(db, who, filter)
  if (filter.answer === null) return given
  if (filter.answer === "unasked") return given.where("given.answer", "is", null)
  return given.where("given.answer", "=", filter.answer === "yes" ? 1 : 0)
}

export type Consent = {
  id: number
  name: string
  class: string | null
  answer: number | null
  at: string | null
  source: string | null
}

const inOrder = (db: Db, who: Viewer, filter: ConsentFilter) =>
  matching(db, who, filter)
    .select(["given.id", "given.name", "given.class", "given.answer", "given.at", "given.source"])
    .orderBy("given.class")
    .orderBy("given.sorted")
    .orderBy("given.id")

export async function consentsFound(db: Db, who: Viewer, filter: ConsentFilter, page: number) {
  const rows: Consent[] = await inOrder(db, who, filter)
    .limit(CONSENTS_PAGE)
    .offset((page - 1) * CONSENTS_PAGE)
    .execute()
  const { answer, ...all } = filter
  const counted = await answersTo(db, who, { ...all, answer: null })
    .select("given.answer")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .groupBy("given.answer")
    .execute()
  const count = (value: number | null) => Number(counted.find((one) => one.answer === value)?.n ?? 0)
  const counts: Record<Answer, number> = { yes: count(1), no: count(0), unasked: count(null) }
  const total = answer === null ? counts.yes + counts.no + counts.unasked : counts[answer]
  return { rows, counts, total }
}

export const allConsents = (db: Db, who: Viewer, filter: ConsentFilter): Promise<Consent[]> =>
  inOrder(db, who, filter).execute()
