// A list of averages as rows of a file, and as the paper that is printed. Pure.
import type { AverageListContent, AverageListPaper, Signature } from "../contract.ts"

export const listHead = ({ periods }: AverageListContent): string[] => [
  "N°",
  "Matricule",
  "Nom",
  "Prénoms",
  "Sexe",
  "Date de naissance",
  "Lieu de naissance",
  "Classe",
  "Série",
  ...periods.map((period) => `Moyenne ${period}`),
  "Moyenne annuelle",
  "Valeur exacte",
]

/** Averages are written by `averageOf`: as text for a text file, as numbers for a workbook. */
export const listRows = <T>(
  content: AverageListContent,
  averageOf: (average: string) => T,
): (string | T)[][] =>
  content.lines.map((line, n) => [
    String(n + 1),
    line.matricule,
    line.surname,
    line.givenNames,
    line.sex,
    line.birth,
    line.birthPlace,
    line.className,
    line.series,
    ...line.periods.map(averageOf),
    averageOf(line.annual),
    line.exact,
  ])

type Kept = {
  content: AverageListContent
  state: string
  hash: string
  reference: string | null
  code: string | null
  signatures: readonly Signature[]
  signed_at: string | null
  made_at: string
  reason: string | null
  older_reference: string | null
  newer_reference: string | null
}

/** The list on paper, signed or not yet; the date of a signed one is that of its signature. */
export function paperOf(
  list: Kept,
  origin: string,
  { placeAndDate }: { placeAndDate: string },
): AverageListPaper {
  const { content, reference, code, hash, signatures, older_reference, newer_reference, reason } = list
  const signed = reference && code && list.signed_at
  return {
    content,
    hash,
    createdAt: list.signed_at ?? list.made_at,
    placeAndDate,
    stamp: newer_reference ? `REMPLACÉE par ${newer_reference}` : "",
    signed: signed
      ? {
          reference,
          code,
          verifyUrl: `${origin}/r/${code}`,
          hash,
          signatures: [...signatures],
          replaces: older_reference ? `Elle remplace la liste ${older_reference} : ${reason ?? ""}` : "",
        }
      : null,
  }
}
