import type { Db } from "./db/index.ts"

/** What a school says of itself; each key is a row of `setting`, a missing one has the value given here. */
export const DEFAULTS = {
  name: "",
  shortName: "",
  country: "ML",
  currency: "XOF",
  timeZone: "Africa/Bamako",
  phonePrefix: "+223",
  ministry: "Ministère de l’Éducation nationale",
  academy: "",
  cap: "",
  republic: "République du Mali",
  motto: "Un Peuple – Un But – Une Foi",
  address: "",
  city: "",
  postBox: "",
  phone: "",
  email: "",
  approvalNumber: "",
  headTitle: "Le Proviseur",
  headName: "",
  /** the logo's name among those kept; empty: none */
  logo: "",
  /** comma-separated names of this school's hosts, folded to lower case */
  hosts: "",
  /** how the outside reaches this school, without a slash at the end; empty: as the server's configuration says */
  publicUrl: "",
  linkDays: "60",
  /** « open » while visitors may ask to be enrolled, between these days (ISO; empty: no limit) */
  applications: "closed",
  applicationsFrom: "",
  applicationsUntil: "",
  /** said above the public form */
  applicationsText: "",
  /** the school year they are for; empty: the current one */
  applicationsYear: "",
  /** the format of the school's own student numbers */
  studentNumber: "{year}-{n:4}",
  /** what is proposed for who repeats already and does not pass: « profile » as the grading profile says, or « leave » */
  secondRepetition: "profile",
  /** on 20: below this average the form teacher is told before the families; empty: nobody is */
  warnBelow: "8",
  /** the day of the month on which checked classes are published by themselves; empty: never */
  publishDay: "",
  /** hours between that publication and the moment families see it */
  publishDelay: "24",
  /** who asked for it (account), and the month it last happened: « 2026-12 » */
  publishBy: "",
  publishedMonth: "",
  /** JSON of the thresholds of the marks' controls (progress/rules/thresholds.ts); empty: as they come */
  controls: "",
  demo: "0",
  /** comma-separated names of switched-off features */
  off: "",
}

export type SettingKey = keyof typeof DEFAULTS

export type Settings = Omit<typeof DEFAULTS, "hosts" | "off" | "demo" | "linkDays"> & {
  hosts: string[]
  off: string[]
  demo: boolean
  linkDays: number
}

export async function readSettings(db: Db): Promise<Settings> {
  const rows = await db.selectFrom("setting").select(["key", "value"]).execute()
  const values = { ...DEFAULTS, ...Object.fromEntries(rows.map((row) => [row.key, row.value])) }
  return {
    ...values,
    hosts: words(values.hosts.toLowerCase()),
    off: words(values.off),
    demo: values.demo === "1",
    linkDays: Number(values.linkDays),
  }
}

/** Writes some settings; the caller reads the school again with `refresh`. */
export async function changeSettings(db: Db, values: Partial<Record<SettingKey, string>>): Promise<void> {
  const rows = Object.entries(values).map(([key, value]) => ({ key, value: value ?? "" }))
  if (rows.length === 0) return
  await db
    .insertInto("setting")
    .values(rows)
    .onConflict((oc) => oc.column("key").doUpdateSet({ value: (eb) => eb.ref("excluded.value") }))
    .execute()
}

const words = (list: string) =>
  list
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean)
