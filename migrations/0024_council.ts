import type { Kysely } from "kysely"
import { bareTable, index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  // What the class council decided of a student, beside the award and the decision themselves.
  for (const column of [
    "proposed_award", // what the rule proposed when it was decided; null: nothing
    "proposed_decision",
    "decided_average", // as displayed when it was decided: « 12.50 »; null: none
    "decided_annual",
    "overruled_reason", // why the council did not follow the proposal
    "decided_at",
  ]) {
    await db.schema.alterTable("student_period").addColumn(column, "text").execute()
  }
  await db.schema.alterTable("student_period").addColumn("decided_by", "integer").execute()
  await make(
    // One meeting for a class and a period; no row: nobody has prepared it yet.
    bareTable(db, "council_session")
      .addColumn("class_id", "integer", (c) => c.notNull().references("class.id"))
      .addColumn("period_id", "integer", (c) => c.notNull().references("period.id"))
      .addColumn("state", "text", (c) => c.notNull()) // prepared | open | closed
      .addColumn("held_on", "text")
      .addColumn("held_at", "text") // « 16:30 »
      .addColumn("place", "text")
      .addColumn("president", "text")
      .addColumn("secretary", "text")
      .addColumn("remarks", "text") // of the council on the class as a whole
      .addColumn("opened_at", "text") // the last time
      .addColumn("opened_by", "integer")
      .addColumn("closed_at", "text")
      .addColumn("closed_by", "integer")
      .addColumn("reopen_reason", "text") // why the last opening came after a closing or a publication
      .addColumn("version", "integer", (c) => c.notNull().defaultTo(1))
      .addColumn("updated_at", "text", (c) => c.notNull())
      .addColumn("updated_by", "integer")
      .addPrimaryKeyConstraint("council_session_key", ["class_id", "period_id"]),
    // Who was called to it: teachers of the class, and others by name.
    table(db, "council_attendee")
      .addColumn("class_id", "integer", (c) => c.notNull().references("class.id"))
      .addColumn("period_id", "integer", (c) => c.notNull().references("period.id"))
      .addColumn("staff_id", "integer", (c) => c.references("staff.id"))
      .addColumn("name", "text", (c) => c.notNull()) // as it was that day
      .addColumn("quality", "text") // « Mathématiques », « Délégué des élèves »
      .addColumn("present", "integer", (c) => c.notNull()),
    index(db, "council_attendee", ["class_id", "period_id"]),
    index(db, "council_attendee", ["staff_id"]),
    // The minutes as each closing froze them.
    table(db, "council_minutes")
      .addColumn("class_id", "integer", (c) => c.notNull().references("class.id"))
      .addColumn("period_id", "integer", (c) => c.notNull().references("period.id"))
      .addColumn("version", "integer", (c) => c.notNull())
      .addColumn("content", "text", (c) => c.notNull()) // JSON: MinutesData
      .addColumn("hash", "text", (c) => c.notNull())
      .addColumn("closed_at", "text", (c) => c.notNull())
      .addColumn("closed_by", "integer", (c) => c.notNull())
      .addUniqueConstraint("council_minutes_version", ["class_id", "period_id", "version"]),
    // The school's own words: appreciations, decisions of the year's end, reasons.
    table(db, "council_phrase")
      .addColumn("kind", "text", (c) => c.notNull()) // appreciation | decision | reason
      .addColumn("text", "text", (c) => c.notNull()) // appreciations: « {sérieux|sérieuse} » by gender
      .addColumn("from_mark", "integer") // hundredths on 20; null: from the lowest
      .addColumn("below_mark", "integer") // null: up to the highest
      .addColumn("effect", "text") // of a decision: promoted | repeats | leaves
      .addColumn("position", "integer", (c) => c.notNull())
      .addColumn("active", "integer", (c) => c.notNull().defaultTo(1))
      .addColumn("updated_at", "text")
      .addColumn("updated_by", "integer"),
    index(db, "council_phrase", ["kind"]),
  )
  const rows = [
    ...APPRECIATIONS.map(([text, from_mark, below_mark]) => ({
      kind: "appreciation",
      text,
      from_mark,
      below_mark,
      effect: null,
    })),
    ...DECISIONS.map(([text, effect]) => ({ kind: "decision", text, effect })),
    ...REASONS.map((text) => ({ kind: "reason", text })),
  ].map((row, n) => ({ from_mark: null, below_mark: null, effect: null, ...row, position: n + 1 }))
  await db.insertInto("council_phrase").values(rows).execute()
}

type Appreciation = readonly [text: string, from: number | null, below: number | null]

/** To begin with; the school makes them its own. What comes after the last mark may be said of anybody. */
const APPRECIATIONS: readonly Appreciation[] = [
  ["Excellents résultats : travail, rigueur et curiosité. Félicitations.", 1600, null],
  ["Résultats remarquables. {Un élève moteur|Une élève motrice} pour toute la classe.", 1600, null],
  ["Très bon ensemble, fruit d’un travail régulier. Continuez ainsi.", 1400, null],
  [
    "Élève {sérieux et appliqué|sérieuse et appliquée} : les résultats sont à la hauteur du travail.",
    1400,
    1600,
  ],
  ["Bons résultats. Une participation plus active vous mènera encore plus haut.", 1200, 1600],
  ["Élève {régulier|régulière} dans l’effort : bon travail d’ensemble. Poursuivez.", 1200, 1400],
  ["Élève {attentif|attentive} et volontaire, dont les efforts portent leurs fruits.", 1100, 1400],
  ["Ensemble satisfaisant, à consolider dans les matières principales.", 1000, 1200],
  ["Résultats corrects, mais un travail plus régulier à la maison est attendu.", 1000, 1200],
  ["De réelles capacités, qui demandent plus de constance et de méthode.", 900, 1200],
  ["Ensemble juste suffisant : appuyez-vous sur vos points forts et visez plus haut.", 1000, 1100],
  ["Résultats fragiles. Les efforts visibles doivent s’étendre à toutes les matières.", 800, 1000],
  ["Résultats en dessous de vos possibilités. Reprenez les leçons chaque soir.", 800, 1000],
  ["{Il|Elle} peut réussir : qu’{il|elle} demande de l’aide dès qu’une leçon n’est pas comprise.", 700, 1000],
  ["Résultats insuffisants. Un soutien et un travail suivi sont nécessaires dès maintenant.", null, 800],
  ["De grandes difficultés malgré la bonne volonté. L’équipe et la famille doivent se concerter.", null, 800],
  ["Le manque de travail explique ces résultats : un changement d’attitude est attendu.", null, 800],
  ["Des progrès nets par rapport à la période précédente : bravo, continuez.", null, null],
  ["Les absences répétées pèsent sur les résultats : l’assiduité est indispensable.", null, null],
  ["Élève {discret|discrète}, qui gagnerait à participer davantage.", null, null],
]

const DECISIONS: readonly (readonly [string, string])[] = [
  ["Admis(e) en classe supérieure", "promoted"],
  ["Redouble", "repeats"],
  ["Exclu(e)", "leaves"],
  ["Exclu(e) : insuffisance de moyenne", "leaves"],
  ["Exclu(e) : épuisement de la scolarité", "leaves"],
]

const REASONS = [
  "Progrès au cours de l’année",
  "Ensemble des résultats",
  "Travail et sérieux en classe",
  "Conduite",
  "Absences et retards",
  "Maladie ou situation familiale",
  "Arrivée en cours d’année",
]
