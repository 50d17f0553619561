import * as v from "valibot"
import {
  checkbox,
  choice,
  hundredths,
  line,
  optionalLine,
  optionalWholeNumber,
  wholeNumber,
} from "../../web/fields.ts"
import { form, type Problem, typedIn } from "../../web/form.ts"
import { GROUPS } from "./reference.ts"

const code = (max: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.toUpperCase(),
    v.nonEmpty("Remplissez ce champ."),
    v.maxLength(max, `${max} caractères au plus.`),
    v.regex(/^[A-Z0-9]+$/, "Des lettres sans accent et des chiffres, sans espace."),
  )

const optionalId = () => v.pipe(v.string(), v.trim(), v.regex(/^\d{0,9}$/, "Choisissez dans la liste."))

export const classForm = form({
  level: line(10),
  series: v.pipe(v.string(), v.trim()),
  section: v.pipe(
    v.string(),
    v.trim(),
    v.toUpperCase(),
    v.regex(/^(?:[1-9]\d?|[A-Z])?$/, "Un numéro de 1 à 99, une lettre, ou rien si la classe est seule."),
  ),
  capacity: optionalWholeNumber(1, 500),
  room: optionalLine(40),
  form_teacher: optionalId(),
  template: checkbox(),
})

/** The last coefficient a school may give; beyond it is a typing error. */
const MOST = 2000

const lineForm = form({
  coefficient: hundredths(0, MOST),
  group: choice(GROUPS.map(({ code }) => code)),
  optional: checkbox(),
  position: wholeNumber(1, 99),
  teacher: optionalId(),
  remove: checkbox(),
})

export type TypedLine = {
  coefficient: number
  group_code: string
  optional: "bonus_above" | null
  position: number
  teacher: number
  remove: boolean
}

/** Lines of a table whose fields end in the line's number: « coefficient-12 », « group-12 »… */
export function readLines(body: unknown, keys: number[]) {
  const typed = typedIn(body)
  const problems: Problem[] = []
  const lines = new Map<number, TypedLine>()
  for (const key of keys) {
    const fields = ["coefficient", "group", "optional", "position", "teacher", "remove"]
    const read = lineForm.read(
      Object.fromEntries(fields.map((field) => [field, typed[`${field}-${key}`] ?? ""])),
    )
    if (!read.ok) {
      problems.push(...read.problems.map(({ field, text }) => ({ field: `${field}-${key}`, text })))
      continue
    }
    const { coefficient, group, optional, position, teacher, remove } = read.values
    lines.set(key, {
      coefficient,
      group_code: group,
      optional: optional ? "bonus_above" : null,
      position,
      teacher: Number(teacher),
      remove,
    })
  }
  return problems.length > 0
    ? ({ ok: false, typed, problems } as const)
    : ({ ok: true, typed, problems, lines } as const)
}

export const addSubjectForm = form({
  subject: v.pipe(v.string(), v.regex(/^\d{1,9}$/, "Choisissez la matière.")),
})

/** A whole table of a level and series: where it comes from, and a subject to add if one is chosen. */
export const tableForm = form({
  source: optionalLine(200),
  confidence: choice(["H", "M", "L"]),
  add: optionalId(),
  add_coefficient: v.union(
    [
      v.pipe(
        v.string(),
        v.trim(),
        v.literal(""),
        v.transform(() => 100),
      ),
      hundredths(0, MOST),
    ],
    "Écrivez un nombre de 0 à 20, avec deux décimales au plus.",
  ),
})

export const subjectForm = form({
  code: code(12),
  label: line(60),
  short_label: line(15),
  position: wholeNumber(1, 999),
  active: checkbox(),
})

export const levelForm = form({ code: code(6), label: line(30), cycle: choice(["fondamental", "lycee"]) })
export const seriesForm = form({ code: code(8), label: line(60), level: line(6) })
export const aliasForm = form({
  alias: line(40),
  target: v.pipe(v.string(), v.regex(/^(?:level|series):.+$/, "Choisissez ce que ce mot veut dire.")),
})
