// What the editor of a model accepts, and what its form shows of one. Pure.
import { choice, line, optionalLine, wholeNumber } from "../../web/fields.ts"
import { form, type ReadForm } from "../../web/form.ts"
import { type BulletinModel, CYCLES, DEFAULT_MODEL, type ModelBlock, type ModelColumn } from "./model.ts"

type Choice<K extends string> = { key: K; label: string }

export const COLUMNS: readonly Choice<ModelColumn>[] = [
  { key: "categories", label: "Moyennes par catégorie (classe, composition)" },
  { key: "coefficient", label: "Coefficient" },
  { key: "points", label: "Moyenne × coefficient" },
  { key: "rank", label: "Rang dans la matière" },
  { key: "classMean", label: "Moyenne de la classe dans la matière" },
  { key: "teacher", label: "Nom du professeur" },
  { key: "appreciation", label: "Appréciation du professeur" },
  {
    key: "year",
    label: "Dernière période : chaque période et l’année, matière par matière (bulletin annuel)",
  },
]

export const BLOCKS: readonly Choice<ModelBlock>[] = [
  { key: "groupTotals", label: "Totaux partiels par groupe de matières" },
  { key: "conduct", label: "Conduite" },
  { key: "absences", label: "Absences et retards" },
  { key: "statistics", label: "Moyennes du premier, de la classe, du dernier" },
  { key: "previousPeriods", label: "Moyennes des périodes précédentes" },
  { key: "annual", label: "Moyenne de l’année (dernière période)" },
  { key: "mention", label: "Mention" },
  { key: "award", label: "Distinction" },
  { key: "decision", label: "Décision du conseil (dernière période)" },
  { key: "appreciation", label: "Appréciation générale" },
]

export const SIGNATURES: readonly Choice<ModelBlock>[] = [
  { key: "parent", label: "Visa du parent ou du tuteur" },
  { key: "formTeacher", label: "Le professeur principal" },
  { key: "head", label: "Le chef d’établissement" },
  { key: "stamp", label: "Place pour le cachet" },
]

const SWITCHES = [
  { key: "logo", label: "Logo de l’école" },
  { key: "photo", label: "Photo de l’élève" },
  { key: "economy", label: "Économie d’encre : noir sur blanc, sans fond" },
] as const

/** The boxes of the form, each under its legend: their names in it, their words. */
export const CHOICES = [
  { legend: "Colonnes du tableau", boxes: named("col", COLUMNS) },
  { legend: "Blocs", boxes: named("block", BLOCKS) },
  { legend: "Signatures", boxes: named("block", SIGNATURES) },
  { legend: "Images et encre", boxes: SWITCHES.map(({ key, label }) => ({ name: key as string, label })) },
]

function named(kind: string, choices: readonly Choice<string>[]) {
  return choices.map(({ key, label }) => ({ name: `${kind}_${key}`, label }))
}

const headName = () => optionalLine(80)
const headTitle = () => optionalLine(60)

const entries = form({
  title: line(50),
  note: optionalLine(240),
  legal: optionalLine(160),
  layout: choice(["single", "double"]),
  head_lycee_title: headTitle(),
  head_lycee_name: headName(),
  head_fondamental_title: headTitle(),
  head_fondamental_name: headName(),
})

export const placeForm = form({ level: optionalLine(12), seen: wholeNumber(0, 100_000) })

/** The model that was typed: boxes that are not there are not ticked. */
export function readModel(body: unknown): ReadForm<BulletinModel> {
  const read = entries.read(body)
  if (!read.ok) return read
  const { typed, values } = read
  const ticked = (name: string) => typed[name] === "1"
  const all = <K extends string>(kind: string, keys: readonly K[]) =>
    Object.fromEntries(keys.map((key) => [key, ticked(`${kind}_${key}`)])) as Record<K, boolean>
  const head = (cycle: (typeof CYCLES)[number]) => ({
    title: values[`head_${cycle}_title`] ?? "",
    name: values[`head_${cycle}_name`] ?? "",
  })
  return {
    ...read,
    values: {
      title: values.title.toUpperCase(),
      note: values.note ?? "",
      legal: values.legal ?? "",
      columns: all("col", Object.keys(DEFAULT_MODEL.columns) as ModelColumn[]),
      blocks: all("block", Object.keys(DEFAULT_MODEL.blocks) as ModelBlock[]),
      logo: ticked("logo"),
      photo: ticked("photo"),
      economy: ticked("economy"),
      layout: values.layout,
      heads: { lycee: head("lycee"), fondamental: head("fondamental") },
    },
  }
}

/** A model as its form would have been typed. */
export function typedOf(model: BulletinModel): Record<string, string> {
  const ticked = (kind: string, flags: Record<string, boolean>) =>
    Object.entries(flags).flatMap(([key, on]) => (on ? [[`${kind}${key}`, "1"]] : []))
  const { logo, photo, economy } = model
  return {
    title: model.title,
    note: model.note,
    legal: model.legal,
    layout: model.layout,
    ...Object.fromEntries([
      ...ticked("col_", model.columns),
      ...ticked("block_", model.blocks),
      ...ticked("", { logo, photo, economy }),
      ...CYCLES.flatMap((cycle) => [
        [`head_${cycle}_title`, model.heads[cycle].title],
        [`head_${cycle}_name`, model.heads[cycle].name],
      ]),
    ]),
  }
}
