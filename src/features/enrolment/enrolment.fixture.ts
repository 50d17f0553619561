// What the tests of enrolment share: a school that is open to applications, and families that fill its form.
import type { Client } from "../../../test/client.ts"
import type { TestSchool } from "../../../test/school.ts"
import { refresh } from "../../school.ts"
import { changeSettings, type SettingKey } from "../../settings.ts"

/** Awa KONÉ, whom nobody at the school knows, asked for by her mother. */
export const AWA = {
  surname: "Koné",
  given_names: "Awa",
  birth: "05/06/2011",
  birth_place: "Kati",
  sex: "F",
  place: "10/CG",
  g1_name: "Mariam DIARRA",
  g1_phone: "70 11 22 33",
  g1_link: "MERE",
  g1_sms_consent: "yes",
} as const

export async function set(test: TestSchool, values: Partial<Record<SettingKey, string>>): Promise<void> {
  await changeSettings(test.school.db, values)
  await refresh(test.school)
}

export const openApplications = (test: TestSchool) => set(test, { applications: "open" })

/** Moves the school's clock. */
export function later(test: TestSchool, seconds: number): void {
  test.now = new Date(test.now.getTime() + seconds * 1000)
}

/** A visitor who has read the form for a minute and sends it. */
export async function ask(test: TestSchool, who: Client, fields: Record<string, string> = {}) {
  await who.get("/apply")
  later(test, 60)
  return who.post("/apply", { ...AWA, ...fields })
}

/** The number of the last file. */
export async function lastFile(test: TestSchool): Promise<number> {
  const { id } = await test.school.db
    .selectFrom("application")
    .select("id")
    .orderBy("id", "desc")
    .executeTakeFirstOrThrow()
  return id
}

export const fileRow = (test: TestSchool, id: number) =>
  test.school.db.selectFrom("application").selectAll().where("id", "=", id).executeTakeFirstOrThrow()

/** The fields that tick these documents: « Extrait d’acte de naissance »…; all that are asked for without a list. */
export async function ticks(test: TestSchool, labels?: readonly string[]): Promise<Record<string, string>> {
  const kinds = await test.school.db.selectFrom("enrolment_document").select(["id", "label"]).execute()
  return Object.fromEntries(
    kinds.filter(({ label }) => !labels || labels.includes(label)).map(({ id }) => [`doc_${id}`, "1"]),
  )
}

/** A file opened at the desk; its number. */
export async function openAtDesk(test: TestSchool, desk: Client, fields: Record<string, string> = {}) {
  await desk.open("/enrolment/new")
  await desk.submit("/enrolment/new", { ...AWA, ...fields })
  return lastFile(test)
}

/** Leads a file of the desk up to a state, as the secretary does. */
export async function leadTo(
  test: TestSchool,
  desk: Client,
  file: number,
  state: "documents" | "checked" | "numbered" | "active",
): Promise<void> {
  const at = `/enrolment/${file}`
  await desk.open(at)
  const steps: [string, string, Record<string, string>][] = [
    ["documents", "documents", await ticks(test)],
    ["checked", "check", {}],
    ["numbered", "number", {}],
    ["active", "activate", { class: String(test.ids.classes["10ème CG 1"]), on: "10/12/2026" }],
  ]
  for (const [reached, path, fields] of steps) {
    await desk.submit(`${at}/${path}`, fields)
    if (reached === state) return
  }
}
