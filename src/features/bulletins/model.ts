// What a school prints on its bulletins: columns, blocks, texts, colour. Kept as JSON and frozen into what is published,
// so that a bulletin reprints the same for ever. Pure.
import * as v from "valibot"
import type { BulletinData } from "./contract.ts"

export const CYCLES = ["lycee", "fondamental"] as const
export type Cycle = (typeof CYCLES)[number]

const yes = () => v.optional(v.boolean(), true)
const no = () => v.optional(v.boolean(), false)
const text = (usual: string) => v.optional(v.string(), usual)
const head = () => v.optional(v.object({ title: text(""), name: text("") }), {})

/**
 * A bulletin without a model has the values written here, and so has a key that an older model lacks: they say what
 * was printed before the key existed, and never change.
 */
const schema = v.object({
  title: text("BULLETIN DE NOTES"),
  /** a further line at the foot */
  note: text(""),
  legal: text("Il n'est délivré qu'un seul bulletin : toute copie porte la mention DUPLICATA."),
  columns: v.optional(
    v.object({
      categories: yes(),
      coefficient: yes(),
      points: yes(),
      rank: yes(),
      classMean: no(),
      teacher: yes(),
      appreciation: yes(),
      /** in the last period: the average of each period, and the year's, subject by subject */
      year: no(),
    }),
    {},
  ),
  blocks: v.optional(
    v.object({
      groupTotals: yes(),
      conduct: yes(),
      absences: yes(),
      statistics: yes(),
      previousPeriods: yes(),
      annual: yes(),
      mention: yes(),
      award: yes(),
      decision: yes(),
      appreciation: yes(),
      parent: yes(),
      formTeacher: yes(),
      head: yes(),
      stamp: yes(),
    }),
    {},
  ),
  logo: yes(),
  photo: no(),
  /** how it is printed unless one asks otherwise */
  layout: v.optional(v.picklist(["single", "double"]), "single"),
  economy: no(),
  /** who signs in a cycle, where it is not the head that the school's settings name */
  heads: v.optional(v.object({ lycee: head(), fondamental: head() }), {}),
})

export type BulletinModel = v.InferOutput<typeof schema>
export type ModelColumn = keyof BulletinModel["columns"]
export type ModelBlock = keyof BulletinModel["blocks"]

/** A stored model; throws where it is none. */
export const modelIn = (json: unknown): BulletinModel => v.parse(schema, json)

export const DEFAULT_MODEL: BulletinModel = modelIn({})

const read = new WeakMap<object, BulletinModel>()

/** The model that a bulletin was published with. */
export function modelOf({ model }: Pick<BulletinData, "model">): BulletinModel {
  if (!model) return DEFAULT_MODEL
  const known = read.get(model) ?? modelIn(model)
  read.set(model, known)
  return known
}

/** Who signs the bulletins of a cycle: as the model says, else the head of the school's settings. */
export function signatoryOf(
  model: BulletinModel | null,
  cycle: string,
  { headTitle, headName }: { headTitle: string; headName: string },
): { title: string; name: string } {
  const own = model?.heads[cycle as Cycle]
  // a title without a name is left to be signed: the school's head is somebody else
  if (!own?.title && !own?.name) return { title: headTitle, name: headName }
  return { title: own.title || headTitle, name: own.name }
}
