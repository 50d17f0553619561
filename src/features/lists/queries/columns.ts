// What the columns of a list read, and what it is sorted by.
import { type Expression, type Nullable, type SelectQueryBuilder, sql } from "kysely"
import type { Db } from "../../../db/index.ts"
import type { Tables } from "../../../db/tables.ts"
import { classesFollowedBy } from "../../grades/scope.ts"
import { PHOTO } from "../../people/queries.ts"
import type { Viewer } from "../../people/scope.ts"
import type { Asked } from "../rules/asked.ts"
import type { ColumnKey } from "../rules/columns.ts"

/** The list shows, filters or sorts by this column: its cells are worth a question. */
export const uses = ({ columns, sort }: Asked, key: ColumnKey) =>
  columns.includes(key) || sort.replace(/^-/, "") === key

/** Of the published standing, joined in plain SQL where averages are asked. */
export const average = sql<number | null>`standing.average`
export const fall = sql<number | null>`standing.fall`

/** Students with the tables that a list may join to them. */
type Beside = "enrolment" | "class" | "level"
type Beheld = Omit<Tables, Beside> & { [T in Beside]: Nullable<Tables[T]> }
export type Joined = SelectQueryBuilder<Beheld, "student" | Beside, unknown>

/** The hours told of a student in a year, justified or not, in the classes of which this person may see all. */
export const absences = (db: Db, who: Viewer, year: number) => sql<number | null>`(
  select sum(coalesce(told.absent_justified, 0) + coalesce(told.absent_unjustified, 0)) from student_period told
  join period on period.id = told.period_id and period.school_year_id = ${year}
  where told.student_id = student.id and coalesce(told.absent_justified, told.absent_unjustified) is not null
  and told.class_id in (${classesFollowedBy(db, who).select("c.id")}))`

const ofGuardians = (value: Expression<unknown>) => sql<string | null>`(
  select string_agg(${value}, ',' order by guardian.id) from guardianship
  join guardian on guardian.id = guardianship.guardian_id where guardianship.student_id = student.id)`
const PHONES = sql`nullif(coalesce(guardian.phone, '') || case when guardian.phone is not null
  and guardian.phone2 is not null then ',' else '' end || coalesce(guardian.phone2, ''), '')`
const CONSENT = sql`case guardian.sms_consent when 1 then '1' when 0 then '0' else '' end`

const CONTACTS = sql<string | null>`(select string_agg(c.phone, ',' order by c.position)
  from student_contact c where c.student_id = student.id)`

/** The last answer about photos: 1, 0, null where nobody asked. */
export const photo = sql<number | null>`(select answered.answer from student_consent answered
  where answered.student_id = student.id and answered.kind = ${PHOTO} order by answered.id desc limit 1)`

/** What each column reads as it is kept; the others are made below. */
const KEPT = {
  matricule: ["student.matricule"],
  birth: ["student.birth_date", "student.birth_year", "student.birth_approximate"],
  birth_place: ["student.birth_place"],
  sex: ["student.sex"],
  class: ["class.label as class_label", "student.status"],
  level: ["level.label as level_label"],
  series: ["class.series_code"],
  repeating: ["enrolment.repeating"],
  regime: ["enrolment.regime"],
  entered: ["enrolment.starts_on"],
  status: ["student.status"],
  nationality: ["student.nationality"],
  phone: ["student.phone"],
  address: ["student.address"],
  internal: ["student.internal_number"],
  national: ["student.national_number"],
  quartier: ["student.quartier"],
  commune: ["student.commune"],
  stop: ["student.transport_stop"],
  previous: ["student.previous_school"],
  joined: ["student.entered_on"],
  channel: ["student.channel"],
  repeated: ["student.repeated_before"],
  exam_number: ["student.exam_number"],
  exam_centre: ["student.exam_centre"],
  father: ["student.father_name"],
  mother: ["student.mother_name"],
} as const satisfies Partial<Record<ColumnKey, readonly string[]>>

const keptBy = (key: ColumnKey) => (Object.hasOwn(KEPT, key) ? KEPT[key as keyof typeof KEPT] : [])

/** What a line says: its name, and what a column or the order needs. */
export function selected(query: Joined, db: Db, who: Viewer, asked: Asked, year: number) {
  const made = {
    average: average.as("average"),
    fall: fall.as("fall"),
    guardian: ofGuardians(sql`guardian.name`).as("guardians"),
    guardian_phone: ofGuardians(PHONES).as("guardian_phones"),
    consent: ofGuardians(CONSENT).as("consents"),
    absent: absences(db, who, year).as("absences"),
    contacts: CONTACTS.as("contact_phones"),
    photo: photo.as("photo"),
  } as const
  return query
    .select(["student.id", "student.surname", "student.given_names"])
    .select([...new Set(asked.columns.flatMap(keptBy))])
    .select(
      (Object.keys(made) as (keyof typeof made)[]).filter((key) => uses(asked, key)).map((key) => made[key]),
    )
}

type Selected = ReturnType<typeof selected>

/** What each column is sorted by. A name in a `sort by` may be a selected one, never one inside an expression. */
const ORDERS: Record<ColumnKey, Expression<unknown>> = {
  matricule: sql`student.matricule`,
  birth: sql`coalesce(student.birth_date, cast(student.birth_year as text))`,
  birth_place: sql`student.birth_place`,
  sex: sql`student.sex`,
  class: sql`class.position`,
  level: sql`level.position`,
  series: sql`class.series_code`,
  repeating: sql`enrolment.repeating`,
  regime: sql`enrolment.regime`,
  entered: sql`enrolment.starts_on`,
  status: sql`student.status`,
  nationality: sql`student.nationality`,
  phone: sql`student.phone`,
  address: sql`student.address`,
  internal: sql`student.internal_number`,
  national: sql`student.national_number`,
  quartier: sql`student.quartier`,
  commune: sql`student.commune`,
  stop: sql`student.transport_stop`,
  previous: sql`student.previous_school`,
  joined: sql`student.entered_on`,
  channel: sql`student.channel`,
  repeated: sql`student.repeated_before`,
  exam_number: sql`student.exam_number`,
  exam_centre: sql`student.exam_centre`,
  contacts: sql`contact_phones`,
  photo: sql`photo`,
  father: sql`student.father_name`,
  mother: sql`student.mother_name`,
  guardian: sql`guardians`,
  guardian_phone: sql`guardian_phones`,
  consent: sql`consents`,
  average,
  fall,
  absent: sql`absences`,
}

/** In the order asked, then by name; what is not known stands last, whichever the way. */
export function sorted(query: Selected, sort: string) {
  const way = sort.startsWith("-") ? "desc" : "asc"
  const by = sort.replace(/^-/, "")
  const ordered =
    by === "name"
      ? query.orderBy("student.sort_name", way)
      : query
          .orderBy(ORDERS[by as ColumnKey], (order) =>
            (way === "desc" ? order.desc() : order.asc()).nullsLast(),
          )
          .orderBy("student.sort_name")
  return ordered.orderBy("student.id")
}
