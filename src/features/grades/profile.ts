import * as v from "valibot"

// A grading profile says how a school makes its averages (domain.md §3.1). It is stored as JSON, its numbers as
// decimal strings so that nothing is lost on the way.

export const STATUSES = ["ABS_J", "ABS_NJ", "DISP", "NE"] as const
/** Why a cell holds no mark: justified or unjustified absence, dispensed, not entered. */
export type Status = (typeof STATUSES)[number]

/** The code under which a group lists the conduct mark among its subjects. */
export const CONDUCT = "CONDUITE"

const text = v.pipe(v.string("doit être un texte"), v.trim(), v.nonEmpty("ne peut pas être vide"))
const decimal = v.pipe(
  v.union([v.string(), v.number()], "doit être un nombre"),
  v.transform((value) => String(value).trim().replace(",", ".")),
  v.regex(/^\d{1,9}(\.\d{1,6})?$/, "doit être un nombre positif ou nul, comme 12 ou 12.5"),
)
const policy = v.picklist(
  ["exclude", "zero", "incomplete"],
  "doit être « exclude », « zero » ou « incomplete »",
)
const yesNo = v.boolean("doit être vrai ou faux")
const list = <Item extends v.GenericSchema>(item: Item) => v.array(item, "doit être une liste")
const part = <Entries extends v.ObjectEntries>(entries: Entries) => v.object(entries, "est incomplet")
/** A table of labels, highest minimum first: the first one reached is the one that is said. */
const ladder = v.pipe(
  list(part({ min: decimal, label: text })),
  v.transform((steps) => [...steps].sort((a, b) => Number(b.min) - Number(a.min))),
)
const weighted = part({ code: text, label: v.optional(text), weight: v.optional(decimal, "1") })
const distinct = (items: { code: string }[]) => new Set(items.map((item) => item.code)).size === items.length
const total = (items: { weight: string }[]) => items.some((item) => Number(item.weight) > 0)

const schema = part({
  scale: v.optional(
    v.pipe(
      part({
        min: v.optional(decimal, "0"),
        max: decimal,
        entry_step: v.optional(decimal, "0.25"),
      }),
      v.check(
        (scale) => Number(scale.max) > Number(scale.min),
        "doit aller d'un minimum à un maximum plus grand",
      ),
      // marks are kept in hundredths: a scale of less than one of them divides by nothing
      v.check((scale) => Number(scale.max) >= 1, "doit avoir un maximum d'au moins 1"),
    ),
    { max: "20" },
  ),
  rounding: v.optional(
    part({
      mode: v.optional(v.picklist(["half_up"], "doit être « half_up »"), "half_up"),
      decimals: v.optional(
        v.pipe(
          v.number("doit être un nombre entier de 0 à 4"),
          v.integer("doit être un nombre entier de 0 à 4"),
          v.minValue(0, "doit être un nombre entier de 0 à 4"),
          v.maxValue(4, "doit être un nombre entier de 0 à 4"),
        ),
        2,
      ),
      stage: v.optional(
        v.picklist(["display_only", "each_stage"], "doit être « display_only » ou « each_stage »"),
        "display_only",
      ),
    }),
    {},
  ),
  absence: v.optional(
    part({
      ABS_J: v.optional(policy, "exclude"),
      ABS_NJ: v.optional(policy, "zero"),
      DISP: v.optional(policy, "exclude"),
      NE: v.optional(policy, "incomplete"),
    }),
    {},
  ),
  missing_category: v.optional(
    v.picklist(["renormalise", "require"], "doit être « renormalise » ou « require »"),
    "renormalise",
  ),
  conduct: v.optional(
    part({
      mode: v.picklist(["none", "displayed", "subject"], "doit être « none », « displayed » ou « subject »"),
      coef: v.optional(decimal, "1"),
    }),
    { mode: "none" },
  ),
  optional: v.optional(part({ threshold: v.optional(decimal, "10") }), {}),
  rank: v.optional(
    part({
      method: v.optional(
        v.picklist(["competition", "dense"], "doit être « competition » ou « dense »"),
        "competition",
      ),
      compare: v.optional(
        v.picklist(["displayed", "exact"], "doit être « displayed » ou « exact »"),
        "displayed",
      ),
      min_coef_share: v.optional(
        v.pipe(
          decimal,
          v.check((share) => Number(share) <= 1, "doit être compris entre 0 et 1"),
        ),
        "0.5",
      ),
    }),
    {},
  ),
  pass_mark: v.optional(decimal, "10"),
  appreciations: v.optional(ladder, []),
  mentions: v.optional(ladder, []),
  awards: v.optional(
    list(
      part({
        min: v.optional(decimal),
        below: v.optional(decimal),
        min_conduct: v.optional(decimal),
        min_each_subject: v.optional(decimal),
        label: text,
      }),
    ),
    [],
  ),
  periods: v.pipe(
    list(weighted),
    v.check((items) => distinct(items), "donne deux fois le même code"),
    v.check((items) => total(items), "doit compter au moins une période de poids positif"),
  ),
  categories: v.pipe(
    list(weighted),
    v.check((items) => distinct(items), "donne deux fois le même code"),
    v.check((items) => total(items), "doit compter au moins une catégorie de poids positif"),
  ),
  groups: v.optional(
    v.pipe(
      list(part({ code: text, label: v.optional(text), subjects: v.optional(list(text), []) })),
      v.check((items) => distinct(items), "donne deux fois le même code"),
    ),
    [],
  ),
  annual: v.optional(
    part({
      use: v.optional(
        v.picklist(["displayed", "exact"], "doit être « displayed » ou « exact »"),
        "displayed",
      ),
      missing_period: v.optional(
        v.picklist(
          ["renormalise", "incomplete", "zero"],
          "doit être « renormalise », « incomplete » ou « zero »",
        ),
        "renormalise",
      ),
    }),
  ),
  decisions: v.optional(
    list(
      part({
        if_none: v.optional(yesNo),
        min: v.optional(decimal),
        below: v.optional(decimal),
        if_repeating: v.optional(yesNo),
        label: text,
      }),
    ),
    [],
  ),
  output: v.optional(
    part({
      average: v.optional(yesNo, true),
      rank: v.optional(yesNo, true),
      stats: v.optional(yesNo, true),
    }),
    {},
  ),
})

export type GradingProfile = v.InferOutput<typeof schema>
/** The same before its defaults are filled in: what a person may write. */
export type GradingConfig = v.InferInput<typeof schema>

export type Read<Value> = { ok: true; value: Value } | { ok: false; problems: string[] }

/**
 * Reads a stored or uploaded profile. What it leaves out gets the values of domain.md §3.1, except lists (empty),
 * `conduct` (none) and `annual` (no annual average): a profile must ask for these.
 * Each problem is a French sentence beginning with the key it is about.
 */
export function readProfile(
  json: unknown,
): { ok: true; profile: GradingProfile } | { ok: false; problems: string[] } {
  const read = v.safeParse(schema, json)
  if (!read.success) return { ok: false, problems: problemsOf(read.issues) }
  return { ok: true, profile: read.output }
}

/** The same for a form: each problem with the place it is about, « awards.2.min ». */
export function profileProblems(
  json: unknown,
): { ok: true; profile: GradingProfile } | { ok: false; problems: { place: string; text: string }[] } {
  const read = v.safeParse(schema, json)
  if (read.success) return { ok: true, profile: read.output }
  return {
    ok: false,
    problems: read.issues.map((issue) => ({
      place: v.getDotPath(issue) ?? "",
      text: issue.input === undefined || issue.input === "" ? "remplissez ce champ" : issue.message,
    })),
  }
}

/** One French sentence per issue: « rounding.decimals : doit être … ». */
export function problemsOf(issues: readonly v.BaseIssue<unknown>[]): string[] {
  return issues.map((issue) => {
    const key = v.getDotPath(issue)
    const missing = issue.input === undefined ? "manque" : issue.message
    return key ? `${key} : ${missing}` : `le document ${issue.message}`
  })
}
