// From the figures of a period to the words of a bulletin: what a publication freezes. Pure.
import { schoolHead } from "../../documents/schoolHead.ts"
import type { Settings } from "../../settings.ts"
import { date } from "../../web/french.ts"
import type { YearLine } from "../grades/annual.ts"
import { labelOf, thresholds } from "../grades/awards.ts"
import { french, plainText, type Shown } from "../grades/fraction.ts"
import type { PeriodResult } from "../grades/period.ts"
import { CONDUCT, type GradingProfile } from "../grades/profile.ts"
import { rankLabel } from "../grades/ranking.ts"
import type { StudentResult, SubjectLine } from "../grades/student.ts"
import type { BulletinData, BulletinLine } from "./contract.ts"
import type { BulletinModel } from "./model.ts"
import { roundingText, ruleText } from "./rules.ts"
import { type EarlierPeriod, withYear } from "./yearTable.ts"

export type StudentFacts = {
  id: number
  surname: string
  given_names: string
  matricule: string | null
  sex: "M" | "F" | null
  birth_date: string | null
  birth_year: number | null
  birth_approximate: number
  birth_place: string | null
  repeating: boolean
  regime: string | null
  absent_justified: number | null
  absent_unjustified: number | null
  late_count: number | null
  appreciation: string | null
  award: string | null
  decision: string | null
}

export type ClassFacts = {
  settings: Settings
  schoolYear: string
  period: { code: string; label: string; isLast: boolean }
  className: string
  series: string
  classSize: number
  formTeacher: string
  /** in the order of the results' lines */
  subjects: { code: string; label: string; teacher: string; group: string | null }[]
  /** assessment id -> category code, to say why a category is empty */
  categoryOf: ReadonlyMap<number, string>
  groupLabels: ReadonlyMap<string, string>
  result: PeriodResult
  /** what the school chose to print; null where it chose nothing */
  model: BulletinModel | null
  signatory: { title: string; name: string }
  publishedAt: string
  version: number
  origin: string
}

export type StudentHistory = {
  /** remarks of the teachers: subject code -> text */
  remarks: ReadonlyMap<string, string>
  previousPeriods: BulletinData["previousPeriods"]
  annual: { line: YearLine; outOf: number } | null
  /** what was published of the year's earlier periods, in order */
  earlier: readonly EarlierPeriod[]
}

const DASH = "–"
const said = (value: Shown | null) => (value ? french(value.text) : DASH)

/** One student's bulletin, all in words. */
export function bulletinContent(
  of: ClassFacts,
  student: StudentFacts,
  { remarks, previousPeriods, annual, earlier }: StudentHistory,
  code: string,
): BulletinData {
  const { result, settings, model } = of
  const { profile } = result
  const { output } = profile
  const own = result.byStudent.get(student.id)
  if (!own) throw new Error(`student ${student.id} was not graded`)
  const lines = [
    ...own.lines.map((line, n) => bulletinLine(of, own, line, n, remarks)),
    ...conductLine(result, own),
  ]
  const yearAverage = annual?.line.average ? said(annual.line.average) : null
  const year =
    model?.columns.year && of.period.isLast && output.average
      ? withYear(profile, lines, { current: of.period.code, earlier, annual: yearAverage })
      : { lines }
  return {
    schoolHead: schoolHead(settings),
    schoolYear: of.schoolYear,
    periodLabel: of.period.label,
    isLastPeriod: of.period.isLast,
    scaleMax: french(plainNumber(profile.scale.max)),
    student: {
      surname: student.surname,
      givenNames: student.given_names,
      matricule: student.matricule,
      sex: student.sex,
      birthDate: student.birth_date,
      birthDisplay: birthDisplay(student),
      birthPlace: student.birth_place ?? "",
      className: of.className,
      series: of.series,
      classSize: of.classSize,
      repeating: student.repeating,
      regime: REGIMES[student.regime ?? ""] ?? "",
    },
    ...year,
    groups: own.groups.map(({ group, points, coefficient, average }) => ({
      code: group,
      label: of.groupLabels.get(group) ?? group,
      points: french(points.text),
      coefficient: french(plainText(coefficient)),
      average: said(average),
    })),
    conduct: own.conduct && !own.conduct.points ? conductApart(profile, own.conduct.mark) : null,
    totals: {
      points: french(own.totalPoints.text),
      coefficient: french(plainText(own.totalCoefficients)),
      bonus: own.bonus.rounded > 0 ? french(own.bonus.text) : null,
    },
    absences: absencesOf(student),
    generalAverage: own.general && french(own.general.text),
    rank: output.rank ? rankLabel(own.rank, own.sex) : null,
    outOf: own.outOf,
    classStats: statsOf(result),
    previousPeriods,
    annual: annual && annualOf(annual),
    mention: own.mention ?? "",
    award: student.award ?? own.award ?? "",
    decision: of.period.isLast ? (student.decision ?? annual?.line.decision ?? null) : null,
    generalAppreciation: student.appreciation ?? "",
    formTeacher: of.formTeacher,
    ruleText: ruleText(profile),
    roundingText: roundingText(profile),
    placeAndDate: `Fait${settings.city ? ` à ${settings.city}` : ""}, le ${date(of.publishedAt)}`,
    signatory: of.signatory,
    publishedAt: of.publishedAt,
    publicationVersion: of.version,
    publicCode: code,
    verifyUrl: `${of.origin}/b/${code}`,
    provisional: own.provisional,
    output,
    ...(model && { model }),
  }
}

const REGIMES: Record<string, string> = { ETAT: "Orienté par l’État", PRIVE: "Privé" }

/** « 20 » of "20" and of "20.0": no useless decimals. */
const plainNumber = (decimal: string) => decimal.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "")

function birthDisplay({ birth_date, birth_year, birth_approximate }: StudentFacts): string {
  if (birth_date && !birth_approximate) return date(birth_date)
  return birth_year ? `vers ${birth_year}` : ""
}

function bulletinLine(
  of: ClassFacts,
  own: StudentResult,
  line: SubjectLine,
  n: number,
  remarks: ReadonlyMap<string, string>,
): BulletinLine {
  const subject = of.subjects[n] as ClassFacts["subjects"][number]
  const { categories, groups } = of.result.profile
  return {
    subject: subject.label,
    teacher: subject.teacher,
    categories: categories.map(({ code, label }, c) => ({
      label: label ?? code,
      display: line.categories[c] ? said(line.categories[c]) : emptyCategory(of, line, code),
    })),
    average: line.average ? said(line.average) : (STATUS_WORDS[line.status] ?? DASH),
    coefficient: line.optional ? DASH : french(plainText(line.coefficient)),
    points: said(line.points),
    rank: of.result.profile.output.rank && line.rank ? rankLabel(line.rank, own.sex) : null,
    appreciation: remarks.get(line.subject) ?? line.appreciation ?? "",
    flags: line.optional ? ["facultative"] : [],
    group: groupListing(groups, line.subject) ?? subject.group,
    ...(of.model?.columns.classMean && {
      classMean: said(of.result.subjectStats.get(line.subject)?.mean ?? null),
    }),
  }
}

const STATUS_WORDS: Record<string, string> = { DISPENSE: "Disp.", INCOMPLET: "NC", NON_NOTE: "NC" }

/** Why a category has no average: all its marks are absences, or dispensations, or nothing is there. */
function emptyCategory({ categoryOf }: ClassFacts, line: SubjectLine, category: string): string {
  if (line.status === "DISPENSE") return "Disp."
  const statuses = line.flags
    .filter(({ assessment }) => categoryOf.get(Number(assessment)) === category)
    .map(({ status }) => status)
  if (statuses.some((status) => status === "ABS_J" || status === "ABS_NJ")) return "Abs."
  return statuses.includes("DISP") ? "Disp." : DASH
}

const groupListing = (groups: GradingProfile["groups"], subject: string): string | null =>
  groups.find((group) => group.subjects.includes(subject))?.code ?? null

/** Where conduct counts as a subject it stands among them, so that the points printed add up. */
function conductLine({ profile }: PeriodResult, { conduct }: StudentResult): BulletinLine[] {
  if (!conduct?.points) return []
  return [
    {
      subject: "Conduite",
      teacher: "",
      categories: profile.categories.map(({ code, label }) => ({ label: label ?? code, display: DASH })),
      average: french(conduct.mark.text),
      coefficient: french(plainText(conduct.coefficient)),
      points: said(conduct.points),
      rank: null,
      appreciation: appreciationOf(profile, conduct.mark),
      flags: [],
      group: groupListing(profile.groups, CONDUCT),
    },
  ]
}

const conductApart = (profile: GradingProfile, mark: Shown) => ({
  display: french(mark.text),
  appreciation: appreciationOf(profile, mark),
})

/** The table of appreciations also speaks of the conduct mark. */
function appreciationOf(profile: GradingProfile, mark: Shown): string {
  return labelOf(thresholds(profile).appreciations, mark.rounded) ?? ""
}

function absencesOf(student: StudentFacts): BulletinData["absences"] {
  const { absent_justified, absent_unjustified, late_count } = student
  if (absent_justified === null && absent_unjustified === null && late_count === null) return null
  return {
    justifiedHours: absent_justified ?? 0,
    unjustifiedHours: absent_unjustified ?? 0,
    lates: late_count ?? 0,
  }
}

function statsOf({ stats, profile }: PeriodResult): BulletinData["classStats"] {
  if (!stats || !profile.output.stats) return null
  return {
    highest: said(stats.highest),
    mean: said(stats.mean),
    lowest: said(stats.lowest),
    passCount: stats.passed,
    passMark: french(plainNumber(profile.pass_mark)),
  }
}

function annualOf({ line, outOf }: { line: YearLine; outOf: number }): BulletinData["annual"] {
  const missing = line.missing.length > 0 ? `sans ${line.missing.join(", ")}` : ""
  return {
    average: said(line.average),
    rank: line.rank && rankLabel(line.rank, line.sex),
    outOf,
    note: missing,
  }
}
