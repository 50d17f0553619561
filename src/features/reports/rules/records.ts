// A student's years as the published bulletins say them: what a transcript and a school record freeze. Nothing is
// worked out anew. Pure.
import type { BulletinData } from "../../bulletins/contract.ts"
import type { RecordIdentity, RecordPeriod, RecordSubject, RecordYear } from "../../papers/records.ts"
import { birthInWords, born } from "../../papers/rules.ts"
import type { TextBlock } from "../../papers/wording.ts"

const DASH = "–"

/** A period of a year with the bulletin that families may read of it, if any. */
export type PeriodRead = { label: string; content: BulletinData | null }

/** Null while nothing of the year is published. */
export function recordYear(schoolYear: string, read: readonly PeriodRead[]): RecordYear | null {
  const contents = read.flatMap(({ content }) => content ?? [])
  const last = contents.at(-1)
  if (!last) return null
  const { output, annual, isLastPeriod } = last
  return {
    schoolYear,
    className: last.student.className,
    repeating: last.student.repeating,
    scaleMax: last.scaleMax,
    periods: read.map(({ label, content }) => recordPeriod(label, content)),
    subjects: recordSubjects(read),
    annual: {
      average: (isLastPeriod && annual?.average) || DASH,
      rank: (isLastPeriod && annual && rankOf(annual.rank, annual.outOf)) || DASH,
      note: (isLastPeriod && annual?.note) || "",
      decision: (isLastPeriod && last.decision) || DASH,
    },
    output: { average: output.average, rank: output.rank },
  }
}

const UNPUBLISHED = {
  published: false,
  average: DASH,
  rank: DASH,
  mention: "",
  award: "",
  conduct: DASH,
  absences: DASH,
  appreciation: "",
}

function recordPeriod(label: string, content: BulletinData | null): RecordPeriod {
  if (!content) return { label, ...UNPUBLISHED }
  const { generalAverage, rank, outOf, mention, award, conduct, generalAppreciation, lines } = content
  return {
    label,
    published: true,
    average: generalAverage ?? DASH,
    rank: rankOf(rank, outOf) || DASH,
    mention,
    award,
    conduct: conduct?.display ?? lines.find(({ subject }) => subject === "Conduite")?.average ?? DASH,
    absences: absencesOf(content),
    appreciation: generalAppreciation,
  }
}

/** « 3e sur 54 »; who is not ranked has no denominator. */
const rankOf = (rank: string | null, outOf: number) =>
  rank && /^\d/.test(rank) ? `${rank} sur ${outOf}` : (rank ?? "")

function absencesOf({ absences }: BulletinData): string {
  if (!absences) return DASH
  const { justifiedHours, unjustifiedHours, lates } = absences
  const said = [
    justifiedHours > 0 && `${justifiedHours} h justifiée${justifiedHours > 1 ? "s" : ""}`,
    unjustifiedHours > 0 && `${unjustifiedHours} h non justifiée${unjustifiedHours > 1 ? "s" : ""}`,
    lates > 0 && `${lates} retard${lates > 1 ? "s" : ""}`,
  ].filter(Boolean)
  return said.length > 0 ? said.join(", ") : "aucune"
}

/** In the order of the year's last bulletin; subjects given up before then come after. */
function recordSubjects(read: readonly PeriodRead[]): RecordSubject[] {
  const contents = read.flatMap(({ content }) => content ?? [])
  const labels = new Set([...contents].reverse().flatMap(({ lines }) => lines.map(({ subject }) => subject)))
  return [...labels].map((label) => {
    const lines = read.map(({ content }) => content?.lines.find(({ subject }) => subject === label) ?? null)
    return {
      label,
      coefficient: lines.findLast((line) => line !== null)?.coefficient ?? DASH,
      averages: lines.map((line) => line?.average ?? DASH),
      ranks: lines.map((line) => line?.rank ?? DASH),
      appreciations: lines.map((line) => line?.appreciation ?? ""),
    }
  })
}

type Born = {
  sex: "F" | "M" | null
  birth_date: string | null
  birth_year: number | null
  birth_approximate: number
  birth_place: string | null
  nationality: string | null
}

export function identityOf(student: Born): RecordIdentity {
  const label = born(student.sex)
  const birth = birthInWords(student)
  const place = student.birth_place ? ` à ${student.birth_place}` : ""
  return {
    bornLabel: label.charAt(0).toLocaleUpperCase("fr") + label.slice(1),
    birth: birth ? `${birth}${place}` : place.trim(),
    nationality: student.nationality ?? "",
  }
}

/** What whoever checks a record compares: every average that is printed, in short. */
export function checkedBlocks(years: readonly RecordYear[]): TextBlock[] {
  return years.flatMap((year): TextBlock[] => {
    const { periods, subjects, annual, output } = year
    const of = (values: readonly string[]) => values.join(" · ")
    const averages = output.average ? periods.map(({ average }) => average) : []
    return [
      {
        kind: "text",
        runs: [
          { text: `${year.schoolYear}, ${year.className}`, bold: true },
          { text: ` : ${of(periods.map(({ label }) => label))}` },
        ],
      },
      {
        kind: "pairs",
        rows: [
          ...subjects.map(({ label, averages }) => ({ label, value: of(averages) })),
          ...(averages.length > 0 ? [{ label: "Moyenne générale", value: of(averages) }] : []),
          ...(output.rank ? [{ label: "Rang", value: of(periods.map(({ rank }) => rank)) }] : []),
          ...(output.average ? [{ label: "Moyenne annuelle", value: annual.average }] : []),
          ...(output.rank ? [{ label: "Rang annuel", value: annual.rank }] : []),
          { label: "Décision", value: annual.decision },
        ],
      },
    ]
  })
}
