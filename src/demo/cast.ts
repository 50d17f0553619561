// The people of every story that tests, demonstration and README tell. All invented.
import type { Role } from "../roles.ts"

export const DEMO_PASSWORD = "ardoise-2026"

export type CastMember = {
  key: string
  surname: string
  givenNames: string
  sex: "M" | "F"
  position: string
  email: string
  roles: Role[]
  teaching: boolean
}

const member = (
  key: string,
  surname: string,
  givenNames: string,
  sex: "M" | "F",
  position: string,
  roles: Role[],
): CastMember => ({
  key,
  surname,
  givenNames,
  sex,
  position,
  email: `${key}@kalanso.example`,
  roles,
  teaching: roles.includes("teacher"),
})

/** One of each who works at the school. */
export const STAFF: readonly CastMember[] = [
  member("admin", "SISSOKO", "Fousseyni", "M", "Informaticien", ["administrator"]),
  member("proviseur", "DIALLO", "Oumou", "F", "Proviseur", ["head"]),
  member("censeur", "TOURÉ", "Mamadou", "M", "Censeur", ["dean"]),
  member("surveillant", "KONATÉ", "Bakary", "M", "Surveillant général", ["supervisor"]),
  member("secretaire", "BERTHÉ", "Kadiatou", "F", "Secrétaire", ["secretary"]),
  member("econome", "MAÏGA", "Seydou", "M", "Économe", ["accountant"]),
  // teaches mathematics in 10ème CG 1 and is its form teacher
  member("maths", "COULIBALY", "Ibrahim", "M", "Professeur", ["teacher", "form_teacher"]),
  // teaches French in 10ème CG 1 and in 12ème TSE
  member("francais", "SANOGO", "Awa", "F", "Professeur", ["teacher"]),
]

export type CastStudent = {
  key: string
  matricule: string | null
  surname: string
  givenNames: string
  sex: "M" | "F"
  birthDate: string
  birthPlace: string
  className: string
}

/** Moussa and Fanta are Aminata KEÏTA's; Salif is the stranger's child. Two TRAORÉ Aminata are no sisters. */
export const STUDENTS: readonly CastStudent[] = [
  {
    key: "moussa",
    matricule: "RC15CG26Z9001M",
    surname: "KEÏTA",
    givenNames: "Moussa",
    sex: "M",
    birthDate: "2011-03-04",
    birthPlace: "Bamako",
    className: "10ème CG 1",
  },
  {
    key: "aminata1",
    matricule: "RC15CG26Z9002F",
    surname: "TRAORÉ",
    givenNames: "Aminata",
    sex: "F",
    birthDate: "2011-06-18",
    birthPlace: "Kati",
    className: "10ème CG 1",
  },
  {
    key: "aminata2",
    matricule: "RC16CG26Z9003F",
    surname: "TRAORÉ",
    givenNames: "Aminata",
    sex: "F",
    birthDate: "2010-01-01",
    birthPlace: "Ségou",
    className: "10ème CG 1",
  },
  {
    key: "issa",
    matricule: null,
    surname: "ƝARE",
    givenNames: "Issa",
    sex: "M",
    birthDate: "2011-11-30",
    birthPlace: "Koulikoro",
    className: "10ème CG 1",
  },
  {
    key: "fanta",
    matricule: "RC15CG24Z9004F",
    surname: "KEÏTA",
    givenNames: "Fanta",
    sex: "F",
    birthDate: "2008-09-12",
    birthPlace: "Bamako",
    className: "12ème TSE",
  },
  {
    key: "salif",
    matricule: "RC16CG25Z9005M",
    surname: "TRAORÉ",
    givenNames: "Salif",
    sex: "M",
    birthDate: "2009-02-27",
    birthPlace: "Sikasso",
    className: "11ème SES 1",
  },
]

export type CastGuardian = {
  key: string
  name: string
  phone: string
  smsConsent: boolean | null
  link: "PERE" | "MERE" | "TUTEUR"
  children: string[]
  account: boolean
}

export const GUARDIANS: readonly CastGuardian[] = [
  {
    key: "parent",
    name: "Aminata KEÏTA",
    phone: "+22370000001",
    smsConsent: true,
    link: "MERE",
    children: ["moussa", "fanta"],
    account: true,
  },
  {
    key: "stranger",
    name: "Rokia TRAORÉ",
    phone: "+22370000002",
    smsConsent: true,
    link: "MERE",
    children: ["salif"],
    account: true,
  },
  // said no, and was never asked: neither gets an SMS
  {
    key: "refuses",
    name: "Karim TRAORÉ",
    phone: "+22370000003",
    smsConsent: false,
    link: "PERE",
    children: ["aminata1"],
    account: false,
  },
  {
    key: "unasked",
    name: "Lassina TRAORÉ",
    phone: "+22370000004",
    smsConsent: null,
    link: "PERE",
    children: ["aminata2"],
    account: false,
  },
]

/** The classes of the cast: level, series, section, and who teaches what in them. */
export const CLASSES = [
  {
    level: "10",
    series: "CG",
    section: "1",
    label: "10ème CG 1",
    formTeacher: "maths",
    teachers: { MATHS: "maths", FR: "francais" },
  },
  { level: "11", series: "SES", section: "1", label: "11ème SES 1", formTeacher: null, teachers: {} },
  {
    level: "12",
    series: "TSE",
    section: "",
    label: "12ème TSE",
    formTeacher: null,
    teachers: { FR: "francais" },
  },
] as const
