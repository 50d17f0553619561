/** What the class council decided, beside the award and the decision: what it had before it, why, when. */
export type CouncilWord = {
  proposed_award: string | null
  proposed_decision: string | null
  decided_average: string | null
  decided_annual: string | null
  overruled_reason: string | null
  decided_at: string
  decided_by: number | null
}

type Row = Omit<CouncilWord, "decided_at"> & { decided_at: string | null }

/** The council's part of a student's row of a period; null before it has decided. */
export function councilWord(row: Row): CouncilWord | null {
  const { proposed_award, proposed_decision, decided_average, decided_annual, overruled_reason, decided_by } =
    row
  if (row.decided_at === null) return null
  const said = { proposed_award, proposed_decision, decided_average, decided_annual, overruled_reason }
  return { ...said, decided_at: row.decided_at, decided_by }
}
