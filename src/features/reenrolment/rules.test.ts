import { test } from "uvu"
import * as assert from "uvu/assert"
import { casesOf, countsOf, filled, type Pupil, type Source } from "./rules/cases.ts"
import { type Decided, decided, kindOf, proposed } from "./rules/decisions.ts"
import { type Frame, nextLevel, type Place } from "./rules/destinations.ts"

test("a council's words decide, and words that decide nothing leave the student to be decided", () => {
  const said: [string, string][] = [
    ["Admis(e) en classe supérieure", "pass"],
    ["Admise en 12e TSE", "pass"],
    ["Passe en 11ème", "pass"],
    ["Redouble", "repeat"],
    ["Autorisé à redoubler", "repeat"],
    ["Admis à redoubler la 10ème", "repeat"],
    ["Exclu(e) : insuffisance de moyenne", "leave"],
    ["Fin de cycle", "leave"],
    ["Cas à examiner par le conseil", "wait"],
    ["À statuer (aucune moyenne)", "wait"],
    ["Non admis", "wait"],
    ["Ne redouble pas", "wait"],
    ["Admis sous réserve", "wait"],
    ["Admis(e) après la seconde session", "wait"],
    ["", "wait"],
    ["Félicitations", "wait"],
  ]
  for (const [words, kind] of said) assert.is(kindOf(words), kind, words)
})

const nobody: Decided = { repeating: false, council: null, proposal: null, unsettled: null, choice: null }

test("the council speaks before the rule, a person before both, and the rule only when the year is complete", () => {
  const rule = { ...nobody, proposal: "Redouble" }
  assert.is(decided(rule, "profile").kind, "repeat")
  assert.is(decided({ ...rule, unsettled: "des notes manquent encore" }, "profile").kind, "wait")
  const council = { ...rule, council: "Admis" }
  assert.equal([decided(council, "profile").kind, decided(council, "profile").source], ["pass", "council"])
  const choice = { kind: "leave", ending: "withdrawn", against: "council: Admis" } as const
  assert.equal(decided({ ...council, choice }, "profile").source, "typed")
  const same = { kind: "pass", ending: null, against: "" } as const
  assert.is(decided({ ...council, choice: same }, "profile").source, "council", "only the class was chosen")
})

test("what was typed before the council said otherwise decides nothing any more", () => {
  const choice = { kind: "pass", ending: null, against: "" } as const
  assert.is(decided({ ...nobody, choice }, "profile").kind, "pass")
  const later = decided({ ...nobody, council: "Redouble", choice }, "profile")
  assert.is(later.kind, "wait")
  assert.match(later.words, "mais depuis « Redouble »")
})

test("a second repetition is what the profile says, or an exclusion to be confirmed where the school says so", () => {
  const again = { ...nobody, repeating: true, proposal: "Redouble" }
  assert.is(proposed(again, "profile").kind, "repeat")
  assert.equal([proposed(again, "leave").kind, proposed(again, "leave").ending], ["leave", "excluded"])
  assert.is(proposed({ ...again, council: "Redouble" }, "leave").kind, "repeat", "the council may forgive")
  assert.is(proposed({ ...again, proposal: "Admis" }, "leave").kind, "pass")
})

const place = (id: number, level: string, series: string, section: string, capacity = 60): Place => ({
  id,
  label: `${level}ème ${series} ${section}`.trim(),
  level_code: level,
  series_code: series,
  section,
  capacity,
  size: 0,
})
const levels = ["10", "11", "12"].map((code) => ({ code, label: `${code}ème` }))
const places = [
  place(1, "10", "CG", "1"),
  place(2, "10", "CG", "2"),
  place(3, "11", "L", ""),
  place(4, "11", "S", "1", 1),
  place(5, "11", "S", "2"),
  place(6, "12", "TSE", ""),
]
const frame: Frame = { levels, paths: [], places, taught: new Set(["10", "11", "12"]) }
const source = (id: number, level: string, series: string, section: string): Source => ({
  ...place(id, level, series, section),
  passTo: null,
  repeatTo: null,
})
const cg1 = source(11, "10", "CG", "1")
const s2 = source(12, "11", "S", "2")
const tse = source(13, "12", "TSE", "")
let next = 0
const pupil = (from: Source, more: Partial<Pupil>): Pupil => ({
  ...nobody,
  student: ++next,
  surname: "KEÏTA",
  given_names: "Moussa",
  matricule: null,
  classId: from.id,
  enrolment: next,
  regime: "ETAT",
  average: null,
  choiceTo: null,
  remark: null,
  decidedBy: null,
  gone: false,
  leaving: false,
  already: null,
  ...more,
})
const only = (at: Frame, from: Source, more: Partial<Pupil>) => {
  const [one] = casesOf(at, [from], [pupil(from, more)], "profile")
  if (!one) throw new Error("a case for each student")
  return { outcome: one.outcome, to: one.to?.label ?? null, ending: one.ending, notes: one.notes.join() }
}
const council = (words: string) => ({ council: words })

test("who passes goes where the series leads, who repeats where they were, who ends the last level leaves", () => {
  assert.is(nextLevel(frame, "12"), null)
  const open = only(frame, cg1, council("Admis"))
  assert.equal([open.outcome, open.notes], ["unplaced", "série à choisir : L, S"])
  const science = { ...frame, paths: [{ level_code: "10", series_code: "CG", to_series_code: "S" }] }
  assert.is(only(science, cg1, council("Admis")).to, "11ème S 1", "same section")
  const whole = { ...cg1, passTo: 5 }
  assert.is(only(frame, whole, council("Admis")).to, "11ème S 2", "the class's own usual destination")
  assert.is(only(frame, whole, { ...council("Admis"), choiceTo: 3 }).to, "11ème L", "and the student's own")
  assert.is(only(science, whole, { ...council("Admis"), choiceTo: 3 }).to, "11ème S 2", "a path forbids it")
  assert.is(only(frame, s2, council("Admis")).to, "12ème TSE", "the only one")
  assert.is(only(frame, cg1, council("Redouble")).to, "10ème CG 1")
  assert.is(only(frame, cg1, { ...council("Redouble"), choiceTo: 2 }).to, "10ème CG 2")
  const gone = only(frame, tse, council("Admise"))
  assert.equal([gone.outcome, gone.ending], ["leave", "graduated"])
  assert.is(only(frame, tse, council("Exclue")).ending, "excluded")
})

test("a class missing next year is said, and so is who is there already or left", () => {
  const fewer = { ...frame, places: places.filter(({ level_code }) => level_code !== "11") }
  assert.is(only(fewer, cg1, council("Admis")).notes, "aucune classe de 11ème l’année suivante")
  assert.is(only(frame, cg1, { ...council("Admis"), gone: true }).outcome, "gone")
  const there = { ...council("Admis"), already: { label: "11ème L", ended: false } }
  assert.equal(only(frame, cg1, there).outcome, "already")
  const left = { ...council("Admis"), already: { label: "11ème L", ended: true } }
  assert.match(only(frame, cg1, left).notes, "puis en est parti")
})

test("counts and full classes", () => {
  const whole = { ...cg1, passTo: 4 }
  const words = ["Admis", "Admis", "Redouble", "Exclu", "Cas à examiner"]
  const cases = casesOf(
    frame,
    [whole],
    words.map((one) => pupil(whole, council(one))),
    "profile",
  )
  const { pass, repeat, leave, wait } = countsOf(cases)
  assert.equal([pass, repeat, leave, wait], [2, 1, 1, 1])
  const full = filled(frame, cases).find(({ over }) => over > 0)
  assert.equal([full?.place.label, full?.total, full?.over], ["11ème S 1", 2, 1])
})

test.run()
