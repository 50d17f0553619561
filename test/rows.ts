// For every parameter of an address: a row that is ours (about Moussa, or his class 10ème CG 1) and, where
// persons see only some of them, a stranger's (about Salif, or his class 11ème SES 1).
import { randomBytes } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { sampleBulletins } from "../bench/sampleBulletins.ts"
import { keepLogo } from "../src/documents/logo.ts"
import type { FrozenInput } from "../src/features/bulletins/published.ts"
import { tablesOf } from "../src/features/doubles/queries/cards.ts"
import { mergeCards } from "../src/features/doubles/queries/merging.ts"
import { addApplication } from "../src/features/enrolment/queries/making.ts"
import { makeLinks } from "../src/features/links/queries.ts"
import { linkToken } from "../src/features/links/rules.ts"
import { cardUrl } from "../src/features/papers/cards.ts"
import { issuePaper } from "../src/features/papers/issuing.ts"
import { staysOfStudent } from "../src/features/papers/queries.ts"
import { keepPortrait } from "../src/features/photos/files.ts"
import { signedList } from "../src/features/reports/averages.fixture.ts"
import { keepScan } from "../src/features/scans/files.ts"
import { root } from "../src/root.ts"
import type { School } from "../src/school.ts"
import { changeSettings } from "../src/settings.ts"
import type { TestSchool } from "./school.ts"

export type Row = {
  ours: string
  /** for those of the cast who have one of their own instead */
  own?: Record<string, string>
  theirs?: string
}
export type Rows = Record<Parameter, Row>

const PERSONAL = [
  "student",
  "class",
  "classSubject",
  "assessment",
  "bulletin",
  "publication",
  "bulletinFile",
  "duplicate",
  "batch",
  "savedList",
  "paper",
  "sibling",
] as const
/** a family's own words: `child` is a student, `ownBulletin` a bulletin, `link` what an SMS carries */
const FAMILY = ["child", "ownBulletin", "link", "pageLink"] as const
/** what papers carry for whoever checks them: a bulletin's code, another paper's, a card's, a list's */
const CHECKED = ["code", "paperCode", "card", "listCode"] as const
/** papers scanned: a student's, a member of staff's */
const SCANS = ["scan", "staffScan"] as const
/** what the program itself brings, the same for every school */
const WRITTEN = ["guide", "picture"] as const
const COMMON = ["guardian", "staff", "subject", "period", "year", "account", "message", "import"] as const
/** what the school says in its class councils */
const COUNCIL = ["phrase"] as const
/** a file of enrolment, and what its family follows it by */
const ENROLMENT = ["application", "applicationCode"] as const
/** a line of the register of processing, and the identity kept of who was erased */
const PRIVACY = ["processing", "kept"] as const
/** a passage to the next year, and a class split, that were made */
const PASSAGES = ["reenrolmentRun", "placementRun"] as const
/** a signed list of exam candidates' averages */
const REPORTS = ["averageList"] as const

/** another card, which may be the same person's; two that were merged */
const DOUBLES = ["twin", "otherGuardian", "otherStaff", "merge"] as const
/** what a guardian says is wrong */
const SAID = ["correction"] as const

/** What an address may hold: the name says which table the number is of. */
export const PARAMETERS = [
  ...PERSONAL,
  ...FAMILY,
  ...CHECKED,
  ...COMMON,
  ...ENROLMENT,
  ...PRIVACY,
  ...PASSAGES,
  ...REPORTS,
  ...DOUBLES,
  ...SAID,
  ...SCANS,
  ...COUNCIL,
  ...WRITTEN,
] as const
export type Parameter = (typeof PARAMETERS)[number]

const AT = "2026-12-01T10:00:00.000Z"

/** Makes one of each in the cast's school. */
export async function makeRows({ school, ids, now }: TestSchool): Promise<Rows> {
  const pair = (ours: number | undefined, theirs?: number) => ({
    ours: String(ours),
    ...(theirs === undefined ? {} : { theirs: String(theirs) }),
  })
  const [T1, OURS, THEIRS] = [ids.periods.T1 as number, "10ème CG 1", "11ème SES 1"]
  const [moussa, salif] = [ids.students.moussa as number, ids.students.salif as number]
  const ours = await published(school, ids.classes[OURS] as number, T1, moussa)
  const theirs = await published(school, ids.classes[THEIRS] as number, T1, salif)
  const [link] = (await makeLinks(
    school.db,
    school,
    [{ guardian_id: ids.guardians.parent as number, student_id: moussa }],
    now,
  )) as [number]
  const file = await application(school, ids.year)
  const list = await importOf(school, "students", ids.accounts.secretaire as number)
  const certificate = await issued(school, moussa, now)
  const averages = await signedList(school.db, ids.year, {
    id: ids.classes[OURS] as number,
    label: OURS,
    student: moussa,
  })
  for (const id of [moussa, salif]) await photo(school, "student", id, now)
  await photo(school, "staff", ids.staff.maths as number, now)
  await logo(school)
  return {
    student: pair(moussa, salif),
    scan: pair(await scanned(school, "student", moussa), await scanned(school, "student", salif)),
    staffScan: pair(await scanned(school, "staff", ids.staff.maths as number)),
    sibling: pair(ids.students.fanta),
    class: pair(ids.classes[OURS], ids.classes[THEIRS]),
    classSubject: pair(ids.classSubjects[`${OURS}/MATHS`], ids.classSubjects[`${THEIRS}/MATHS`]),
    assessment: pair(
      await assessment(school, ids.classSubjects[`${OURS}/MATHS`] as number, T1),
      await assessment(school, ids.classSubjects[`${THEIRS}/MATHS`] as number, T1),
    ),
    publication: pair(ours.publication, theirs.publication),
    bulletin: pair(ours.bulletin, theirs.bulletin),
    bulletinFile: pair(ours.file, theirs.file),
    duplicate: pair(await duplicate(school, ours.bulletin), await duplicate(school, theirs.bulletin)),
    batch: pair(await batch(school, ids.classes[OURS] as number, T1)),
    code: { ours: ours.code },
    paper: pair(certificate.id, (await issued(school, salif, now)).id),
    paperCode: { ours: certificate.code },
    card: { ours: cardUrl(school, moussa, ids.year).split("/").at(-1) as string },
    child: pair(moussa, salif),
    ownBulletin: pair(ours.bulletin, theirs.bulletin),
    pageLink: pair(link),
    link: { ours: linkToken(school.secret, link) },
    savedList: pair(
      await savedList(school, ids.accounts.secretaire as number, 1),
      await savedList(school, ids.accounts.secretaire as number, 0),
    ),
    guardian: pair(ids.guardians.parent),
    staff: pair(ids.staff.maths),
    subject: pair(ids.subjects.MATHS),
    period: pair(T1),
    year: pair(ids.year),
    account: pair(ids.accounts.moussa),
    placementRun: pair(await placementRun(school, ids.year, ids.classes[OURS] as number)),
    reenrolmentRun: pair(await reenrolmentRun(school, ids.year)),
    averageList: pair(averages.id),
    listCode: { ours: averages.code },
    application: pair(file.id),
    applicationCode: { ours: file.code },
    processing: { ours: "students" },
    kept: pair(await keptOf(school, salif)),
    message: pair(await message(school, ids.guardians.parent as number, moussa)),
    twin: pair(ids.students.fanta),
    otherGuardian: pair(ids.guardians.stranger),
    otherStaff: pair(ids.staff.francais),
    merge: pair(await merged(school, now)),
    correction: pair(await correction(school, moussa, ids.guardians.parent as number)),
    phrase: pair(await phrase(school)),
    guide: { ours: "secretaire" },
    picture: { ours: "grid.png" },
    import: {
      ...pair(list, list),
      own: { maths: String(await importOf(school, "marks", ids.accounts.maths as number)) },
    },
  }
}

/** The identity kept of somebody erased. */
async function keptOf({ db }: School, student: number): Promise<number> {
  const row = {
    student_id: student,
    surname: "SIDIBÉ",
    given_names: "Kadia",
    folded: "sidibe kadia",
    birth_approximate: 0,
    kept_at: AT,
  }
  return (await db.insertInto("kept_record").values(row).returning("id").executeTakeFirstOrThrow()).id
}

/** A list of the secretary's: shared with the school, or her own. */
async function savedList({ db }: School, account: number, shared: 0 | 1): Promise<number> {
  const row = {
    account_id: account,
    name: shared ? "Filles de 10ème" : "À rappeler",
    query: "level=10&sex=F",
    shared,
    created_at: AT,
    updated_at: AT,
  }
  return (await db.insertInto("saved_list").values(row).returning("id").executeTakeFirstOrThrow()).id
}

async function phrase({ db }: School): Promise<number> {
  const appreciations = db.selectFrom("council_phrase").where("kind", "=", "appreciation")
  return (await appreciations.select("id").executeTakeFirstOrThrow()).id
}

async function assessment({ db }: School, classSubject: number, period: number): Promise<number> {
  const row = {
    class_subject_id: classSubject,
    period_id: period,
    category: "CLASSE",
    label: "Devoir 1",
    held_on: "2026-11-05",
    max: 2000,
    weight: 100,
    position: 1,
    created_at: AT,
  }
  return (await db.insertInto("assessment").values(row).returning("id").executeTakeFirstOrThrow()).id
}

async function published({ db, folder }: School, classId: number, period: number, student: number) {
  const profile = await db.selectFrom("grading_profile").select("id").executeTakeFirstOrThrow()
  const row = {
    class_id: classId,
    period_id: period,
    version: 1,
    published_at: AT,
    published_by: 1,
    profile_id: profile.id,
    input: JSON.stringify({ subjects: [], assessments: [], marks: {} } satisfies FrozenInput),
    stats: "{}",
    hash: "0".repeat(64),
    visible_at: AT,
    announced_at: AT,
  }
  const publication = (
    await db.insertInto("publication").values(row).returning("id").executeTakeFirstOrThrow()
  ).id
  const [content] = sampleBulletins(1)
  const code = `K7QM2-XRD${publication}F`.replace("1", "T")
  const bulletin = await db
    .insertInto("bulletin")
    .values({
      publication_id: publication,
      student_id: student,
      code,
      content: JSON.stringify(content),
      hash: "0".repeat(64),
    })
    .returning("id")
    .executeTakeFirstOrThrow()
  const made = await db
    .insertInto("bulletin_file")
    .values({
      publication_id: publication,
      student_id: null,
      layout: "single",
      state: "done",
      pages: 1,
      next_at: AT,
      created_at: AT,
      path: file(folder, "%PDF-1.7\n"),
      bytes: 9,
      done_at: AT,
    })
    .returning("id")
    .executeTakeFirstOrThrow()
  return { publication, bulletin: bulletin.id, file: made.id, code }
}

/** A duplicate of a bulletin, counted. */
async function duplicate({ db }: School, bulletin_id: number): Promise<number> {
  const row = { bulletin_id, number: 1, reason: "perdu", made_at: AT, made_by: 1 }
  return (await db.insertInto("bulletin_duplicate").values(row).returning("id").executeTakeFirstOrThrow()).id
}

/** The school has a logo. */
async function logo(school: School): Promise<void> {
  school.settings.logo = await keepLogo(school.folder, readFileSync(join(root, "src/demo/portraits/F1.jpg")))
  await changeSettings(school.db, { logo: school.settings.logo })
}

/** A publication of one class in a batch, ended. */
async function batch({ db }: School, classId: number, period: number): Promise<number> {
  const row = { period_id: period, state: "done", asked_by: 1, asked_at: AT, ended_at: AT } as const
  const { id } = await db.insertInto("bulletin_batch").values(row).returning("id").executeTakeFirstOrThrow()
  const ended = { batch_id: id, class_id: classId, seen_version: 0, state: "done" } as const
  await db.insertInto("bulletin_batch_class").values(ended).execute()
  return id
}

/** A certificate just issued. */
async function issued(school: School, studentId: number, now: Date) {
  const { db } = school
  const student = await db
    .selectFrom("student")
    .selectAll()
    .where("id", "=", studentId)
    .executeTakeFirstOrThrow()
  const [stay] = await staysOfStudent(db, studentId)
  if (!stay) throw new Error("a student of the cast has a class")
  const asked = { kind: "enrolment", student, stay, fields: {}, on: now.toISOString().slice(0, 10) } as const
  const { id } = await issuePaper(school, { id: 1 }, asked, now)
  return db.selectFrom("paper").select(["id", "code"]).where("id", "=", id).executeTakeFirstOrThrow()
}

/** Something with the name of a portrait. */
const photo = (school: School, person: "student" | "staff", id: number, now: Date) =>
  keepPortrait(school, {
    by: { id: 1 },
    whose: { person, id },
    jpeg: Buffer.from("\xff\xd8\xff", "latin1"),
    now,
  })

/** Moussa's mother says that he lives elsewhere. */
async function correction({ db }: School, student_id: number, guardian_id: number): Promise<number> {
  const row = { student_id, guardian_id, state: "waiting", waiting_key: "tests", source: "account" } as const
  const { id } = await db
    .insertInto("correction")
    .values({ ...row, sent_at: AT, updated_at: AT })
    .returning("id")
    .executeTakeFirstOrThrow()
  await db
    .insertInto("correction_field")
    .values({ correction_id: id, field: "quartier", proposed: "Hamdallaye" })
    .execute()
  return id
}

/** Two cards of one member of staff, made one. */
async function merged(school: School, now: Date): Promise<number> {
  const card = { surname: "DIALLO", given_names: "Oumou", folded: "diallo oumou", position: "Surveillante" }
  const add = () =>
    school.db
      .insertInto("staff")
      .values({ ...card, created_at: AT, updated_at: AT })
      .returning("id")
      .executeTakeFirstOrThrow()
  const [kept, other] = [(await add()).id, (await add()).id]
  const asked = { kind: "staff", kept, other, versions: { kept: 1, other: 1 }, fields: {}, rows: {} } as const
  const made = await mergeCards(school.db, { id: 1 }, { ...asked, catalogue: await tablesOf(school), now })
  if ("refused" in made) throw new Error("two new cards can be merged")
  return made.merge
}

/** A paper of theirs, scanned. */
async function scanned(school: School, person: "student" | "staff", id: number): Promise<number> {
  const page = { format: "pdf" as const, bytes: Buffer.from("%PDF-1.4\n%%EOF") }
  const kept = { document_id: null, label: "Attestation" }
  await keepScan(school, { id: 1 }, { whose: { person, id }, page, kept, tick: null, now: new Date(AT) })
  const last = school.db.selectFrom("scan").select("id").orderBy("id", "desc")
  return (await last.executeTakeFirstOrThrow()).id
}

/** Writes a file into the school's folder; gives its path inside it. */
function file(folder: string, content: string): string {
  const name = `row-${randomBytes(4).toString("hex")}`
  writeFileSync(join(folder, name), content)
  return name
}

async function message({ db }: School, guardian: number, student: number): Promise<number> {
  const row = {
    channel: "sms",
    recipient: "+22370000001",
    guardian_id: guardian,
    student_id: student,
    event: "bulletin.published",
    unique_key: "a message of the tests",
    body: "Bulletin de Moussa",
    segments: 1,
    encoding: "gsm7",
    state: "waiting",
    next_at: AT,
    created_at: AT,
  } as const
  return (await db.insertInto("outbox").values(row).returning("id").executeTakeFirstOrThrow()).id
}

async function importOf({ db }: School, kind: "students" | "marks", account: number): Promise<number> {
  const row = {
    kind,
    state: "previewed",
    file_name: "liste.csv",
    file_hash: "0".repeat(64),
    file_path: "imports/liste.csv",
    encoding: "utf-8",
    separator: ";",
    context: "{}",
    mapping: "{}",
    counts: "{}",
    created_at: AT,
    created_by: account,
  } as const
  return (await db.insertInto("import").values(row).returning("id").executeTakeFirstOrThrow()).id
}

async function placementRun({ db }: School, year: number, classId: number): Promise<number> {
  const made = { kind: "split", on_day: AT.slice(0, 10), made_classes: "[]", made_at: AT } as const
  const row = { ...made, school_year_id: year, class_id: classId }
  return (await db.insertInto("placement_run").values(row).returning("id").executeTakeFirstOrThrow()).id
}

async function reenrolmentRun({ db }: School, year: number): Promise<number> {
  const row = { from_year_id: year, to_year_id: year, run_at: AT, run_by: 1 }
  return (await db.insertInto("reenrolment_run").values(row).returning("id").executeTakeFirstOrThrow()).id
}

async function application({ db }: School, year: number) {
  const row = { surname: "DOUMBIA", given_names: "Kadi", sex: "F", birth_date: "2011-02-03" } as const
  const empty = {
    birth_place: null,
    nationality: null,
    address: null,
    previous_school: null,
    matricule: null,
  }
  const asked = {
    level_code: "10",
    series_code: "CG",
    birth_year: 2011,
    birth_approximate: 0,
    remark: null,
  } as const
  const given = { row: { ...row, ...empty, ...asked }, guardians: [], documents: [] }
  const made = await addApplication(
    db,
    null,
    { ...given, source: "desk", year, today: AT.slice(0, 10), sentFrom: null },
    new Date(AT),
  )
  if (!made) throw new Error("the desk has no limit")
  return made
}
