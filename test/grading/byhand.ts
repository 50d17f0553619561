import { Q } from "./q.ts"

// Report cards worked out a second time, slowly, straight from domain.md §3 and with plain bigint fractions. It shares
// no code with the product, so that an error would have to be made twice. Input and result are the JSON of the worked
// examples; every configuration key must be present.

// biome-ignore lint/suspicious/noExplicitAny: documents are walked as they are written
type Json = any

const nil = new Q(0n, 1n)
const sum = (list: Q[]) => list.reduce((a, b) => a.plus(b), nil)

/** The `expected` of a document from its `input`. */
export function byHand(input: Json): Json {
  const { config } = input
  const periods: Json = {}
  const generals: Record<string, Record<string, Q | null>> = {}
  for (const { code } of config.periods) {
    const made = period(input, code)
    periods[code] = made.report
    generals[code] = made.generals
  }
  return { periods, annual: config.annual ? annual(input, generals) : {} }
}

/** Averages, ranks and decisions only, after a change such as {"rounding.stage": "each_stage"}. */
export function byHandVariant(input: Json, patch: Record<string, unknown>): Json {
  const config = JSON.parse(JSON.stringify(input.config))
  for (const [path, value] of Object.entries(patch)) {
    const [section = "", key] = path.split(".")
    if (key === undefined) config[section] = value
    else config[section][key] = value
  }
  const full = byHand({ ...input, config })
  const pick = (from: Json, keys: string[]) =>
    Object.fromEntries(
      Object.entries<Json>(from).map(([id, all]) => [
        id,
        Object.fromEntries(keys.map((key) => [key, all[key]])),
      ]),
    )
  const periods = Object.entries<Json>(full.periods).map(([code, made]) => [
    code,
    pick(made.bulletins, ["general_average", "general_average_exact", "rank"]),
  ])
  const annual = pick(full.annual, ["annual_average", "annual_average_exact", "rank", "proposed_decision"])
  return { periods: Object.fromEntries(periods), annual }
}

function tools(config: Json) {
  const { decimals, stage } = config.rounding
  return {
    step: (q: Q) => (stage === "each_stage" ? q.rounded(decimals) : q),
    show: (q: Q | null) => q?.fixed(decimals) ?? null,
    label: (table: Json[], q: Q) =>
      table.find((row) => !q.rounded(decimals).below(Q.of(row.min)))?.label ?? null,
    /** places by counting who is strictly above and who is equal */
    places(all: (Q | null)[]): ({ number: number; tied: boolean } | null)[] {
      const keys = all.map((q) => (q && config.rank.compare === "displayed" ? q.rounded(decimals) : q))
      return keys.map((mine) => {
        if (!mine) return null
        const above = keys.filter((key) => key && mine.below(key)) as Q[]
        const number =
          config.rank.method === "dense" ? new Set(above.map((q) => q.exact())).size + 1 : above.length + 1
        return { number, tied: keys.filter((key) => key?.equals(mine)).length > 1 }
      })
    },
  }
}

function ordinal(place: { number: number; tied: boolean } | null, sex: string | null | undefined) {
  if (!place) return null
  const first = sex === "F" ? "1re" : "1er"
  return (place.number === 1 ? first : `${place.number}e`) + (place.tied ? " ex aequo" : "")
}

function period(input: Json, code: string) {
  const { config, subjects } = input
  const { show, label, places } = tools(config)
  const decimals = config.rounding.decimals
  const present = input.students.filter((s: Json) => !s.periods || s.periods.includes(code))
  const cards = present.map((student: Json) => card(input, student, code))

  for (const { code: subject } of subjects) {
    const ranks = places(cards.map((c: Json) => c.averages[subject] ?? null))
    cards.forEach((c: Json, i: number) => {
      const line = c.lines.find((l: Json) => l.subject === subject)
      line.subject_rank = config.output.rank ? ordinal(ranks[i] ?? null, present[i].sex) : null
    })
  }
  const share = Q.of(config.rank.min_coef_share)
  const contenders = cards.map((c: Json) =>
    c.general && !c.coefs.below(share.times(c.due)) ? c.general : null,
  )
  const ranks = places(contenders)
  const classed: Q[] = contenders.filter(Boolean)
  const extremes = (list: Q[]) => {
    const sorted = [...list].sort((a, b) => (a.below(b) ? -1 : 1))
    return { highest: show(sorted.at(-1) ?? null), lowest: show(sorted[0] ?? null) }
  }
  const mean = (list: Q[]) => (list.length ? sum(list).over(new Q(BigInt(list.length), 1n)) : null)

  const bulletins: Json = {}
  const generals: Record<string, Q | null> = {}
  cards.forEach((c: Json, i: number) => {
    const student = present[i]
    const place = config.output.rank ? (ranks[i] ?? null) : null
    generals[student.id] = c.general
    bulletins[student.id] = {
      student: `${student.nom} ${student.prenom}`,
      lines: c.lines,
      conduct: c.conduct,
      groups: c.groups,
      total_points: show(c.points),
      bonus: show(c.bonus),
      total_coefficients: c.coefs.plain(),
      general_average: show(c.general),
      general_average_exact: c.general?.exact() ?? null,
      rank: config.output.rank ? (ordinal(place, student.sex) ?? "NC") : null,
      rank_number: place?.number ?? null,
      out_of: classed.length,
      provisional: c.provisional,
      mention: c.general && label(config.mentions, c.general),
      award: c.award,
    }
  })
  const subjectStats: Json = {}
  for (const { code: subject } of subjects) {
    const list = cards.map((c: Json) => c.averages[subject]).filter(Boolean)
    subjectStats[subject] = { mean: show(mean(list)), ...extremes(list), n: list.length }
  }
  const stats = {
    enrolled: present.length,
    ranked: classed.length,
    class_mean: show(mean(classed)),
    class_mean_exact: mean(classed)?.exact() ?? null,
    ...extremes(classed),
    pass_count: classed.filter((q) => !q.rounded(decimals).below(Q.of(config.pass_mark))).length,
  }
  const off = !config.output.stats
  return {
    generals,
    report: { stats: off ? null : stats, subject_stats: off ? {} : subjectStats, bulletins },
  }
}

function card(input: Json, student: Json, code: string): Json {
  const { config, subjects } = input
  const { show, step, label } = tools(config)
  const decimals = config.rounding.decimals
  const marks = input.marks[student.id] ?? {}
  const exempt: string[] = student.exempt?.[code] ?? []
  const lines: Json[] = []
  const averages: Record<string, Q> = {}
  const points: Record<string, Q> = {}
  const coefs: Record<string, Q> = {}
  let bonus = nil
  let due = nil
  let provisional = false

  for (const subject of subjects) {
    const coef = Q.of(subject.coef)
    const tests = input.assessments.filter((a: Json) => a.period === code && a.subject === subject.code)
    const blank = { average: null, average_exact: null, coefficient: "0", points: null, subject_rank: null }
    if (exempt.includes(subject.code)) {
      lines.push({
        subject: subject.code,
        status: "DISPENSE",
        categories: {},
        ...blank,
        appreciation: null,
        flags: ["DISP"],
      })
      continue
    }
    if (!subject.optional && tests.length > 0) due = due.plus(coef)
    const flags: string[] = []
    let stopped = false
    const shownCategories: Json = {}
    const kept: { q: Q; weight: Q }[] = []
    for (const category of config.categories) {
      const counting: { q: Q; weight: Q }[] = []
      for (const test of tests) {
        if (test.category !== category.code) continue
        const mark = marks[test.id] ?? { s: "NE" }
        const weight = Q.of(test.weight)
        if (mark.v !== undefined) {
          counting.push({ q: Q.of(mark.v).times(Q.of(config.scale.max)).over(Q.of(test.max)), weight })
          continue
        }
        if (mark.s === "NE") provisional = true
        if (config.absence[mark.s] === "incomplete") stopped = true
        if (config.absence[mark.s] === "zero") counting.push({ q: nil, weight })
      }
      const weight = sum(counting.map((c) => c.weight))
      const q = weight.zero() ? null : step(sum(counting.map((c) => c.q.times(c.weight))).over(weight))
      shownCategories[category.code] = show(q)
      if (Q.of(category.weight).zero()) continue
      if (q) kept.push({ q, weight: Q.of(category.weight) })
      else if (config.missing_category === "require") stopped = true
    }
    for (const test of tests) {
      const mark = marks[test.id] ?? { s: "NE" }
      if (mark.s) flags.push(`${test.id}:${mark.s}`)
    }
    const head = { subject: subject.code, categories: shownCategories }
    if (kept.length === 0 || stopped) {
      const status = kept.length === 0 ? "NON_NOTE" : "INCOMPLET"
      lines.push({ ...head, status, ...blank, appreciation: null, flags })
      continue
    }
    const average = step(sum(kept.map((k) => k.q.times(k.weight))).over(sum(kept.map((k) => k.weight))))
    averages[subject.code] = average
    let own: Q
    if (subject.optional) {
      const above = average.minus(Q.of(config.optional.threshold))
      own = step(above.below(nil) ? nil : above.times(coef))
      bonus = bonus.plus(own)
    } else {
      own = step(average.times(coef))
      points[subject.code] = own
      coefs[subject.code] = coef
    }
    lines.push({
      ...head,
      status: "OK",
      average: show(average),
      average_exact: average.exact(),
      coefficient: subject.optional ? "0" : coef.plain(),
      points: show(own),
      subject_rank: null,
      appreciation: label(config.appreciations, average),
      flags,
    })
  }

  const gradedSubjects = Object.values(coefs).some((coef) => !coef.zero())
  const { mode } = config.conduct
  const behaviour = student.conduct?.[code] == null || mode === "none" ? null : Q.of(student.conduct[code])
  let conduct: Json = null
  if (mode === "subject") due = due.plus(Q.of(config.conduct.coef))
  if (behaviour) {
    conduct = { mark: show(behaviour), coefficient: "0", points: null }
    if (mode === "subject") {
      coefs.CONDUITE = Q.of(config.conduct.coef)
      points.CONDUITE = step(behaviour.times(coefs.CONDUITE))
      conduct = { mark: show(behaviour), coefficient: coefs.CONDUITE.plain(), points: show(points.CONDUITE) }
    }
  }
  const groups = config.groups.map((group: Json) => {
    const mine = group.subjects.filter((s: string) => points[s])
    const p = sum(mine.map((s: string) => points[s]))
    const c = sum(mine.map((s: string) => coefs[s]))
    const average = c.zero() ? null : step(p.over(c))
    return { group: group.code, points: show(p), coefficient: c.plain(), average: show(average) }
  })

  const allPoints = sum(Object.values(points))
  const allCoefs = sum(Object.values(coefs))
  let general: Q | null = null
  if (config.output.average && gradedSubjects && !allCoefs.zero()) {
    general = allPoints.plus(bonus).over(allCoefs)
    if (Q.of(config.scale.max).below(general)) general = Q.of(config.scale.max)
    general = step(general)
  }
  let award: string | null = null
  for (const rule of general ? config.awards : []) {
    const read = (general as Q).rounded(decimals)
    if (rule.min !== undefined && read.below(Q.of(rule.min))) continue
    if (rule.below !== undefined && !read.below(Q.of(rule.below))) continue
    if (rule.min_conduct !== undefined && mode !== "none") {
      if (!behaviour || behaviour.rounded(decimals).below(Q.of(rule.min_conduct))) continue
    }
    if (rule.min_each_subject !== undefined) {
      const low = Object.keys(coefs).some(
        (s) => averages[s]?.rounded(decimals).below(Q.of(rule.min_each_subject)) ?? false,
      )
      if (low) continue
    }
    award = rule.label
    break
  }
  return {
    lines,
    averages,
    conduct,
    groups,
    points: allPoints,
    bonus,
    coefs: allCoefs,
    due,
    general,
    award,
    provisional,
  }
}

function annual(input: Json, generals: Record<string, Record<string, Q | null>>): Json {
  const { config } = input
  const { show, label, places } = tools(config)
  const decimals = config.rounding.decimals
  const means = input.students.map((student: Json) => {
    let weighted = nil
    let weights = nil
    let some = false
    for (const p of config.periods) {
      const q = generals[p.code]?.[student.id] ?? null
      const weight = Q.of(p.weight)
      if (weight.zero()) continue
      if (!q && config.annual.missing_period === "incomplete") return null
      if (!q && config.annual.missing_period === "renormalise") continue
      if (q) some = true
      const value = q ? (config.annual.use === "displayed" ? q.rounded(decimals) : q) : nil
      weighted = weighted.plus(value.times(weight))
      weights = weights.plus(weight)
    }
    return some ? weighted.over(weights) : null
  })
  const ranks = places(means)
  const result: Json = {}
  input.students.forEach((student: Json, i: number) => {
    const mean: Q | null = means[i]
    const read = mean?.rounded(decimals)
    const decision = config.decisions.find((rule: Json) => {
      if (rule.if_repeating !== undefined && rule.if_repeating !== (student.repeating ?? false)) return false
      if (!read) return rule.if_none === true
      if (rule.if_none) return false
      if (rule.min !== undefined && read.below(Q.of(rule.min))) return false
      return rule.below === undefined || read.below(Q.of(rule.below))
    })
    const shownPeriods = config.periods.map((p: Json) => [
      p.code,
      show(generals[p.code]?.[student.id] ?? null),
    ])
    result[student.id] = {
      student: `${student.nom} ${student.prenom}`,
      periods: Object.fromEntries(shownPeriods),
      missing_periods: shownPeriods.filter((p: Json) => p[1] === null).map((p: Json) => p[0]),
      annual_average: show(mean),
      annual_average_exact: mean?.exact() ?? null,
      rank: config.output.rank ? ordinal(ranks[i] ?? null, student.sex) : null,
      mention: mean && label(config.mentions, mean),
      proposed_decision: decision?.label ?? null,
    }
  })
  return result
}
