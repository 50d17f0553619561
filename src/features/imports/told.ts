// What a commit writes, in words with exact counts. Pure.
import { whole } from "../../web/french.ts"
import type { Plan } from "./commit.ts"

const some = (n: number, one: string, many: string) => (n === 0 ? [] : [`${whole(n)} ${n > 1 ? many : one}`])

/** « 20 élèves créés et inscrits », « 1 classe créée »…; empty when nothing is written. */
export function tellPlan(plan: Plan): string[] {
  if (plan.kind === "students") {
    return [
      ...some(plan.create.length, "élève créé et inscrit", "élèves créés et inscrits"),
      ...some(plan.enrol.length, "élève connu inscrit", "élèves connus inscrits"),
      ...some(plan.update.size, "fiche complétée ou corrigée", "fiches complétées ou corrigées"),
      ...some(plan.move.length, "élève changé de classe", "élèves changés de classe"),
      ...some(plan.classes.length, "classe créée", "classes créées"),
    ]
  }
  if (plan.kind === "guardians") {
    return [
      ...some(plan.created, "tuteur créé", "tuteurs créés"),
      ...some(plan.links, "lien avec un élève", "liens avec des élèves"),
      ...some(plan.relinked.length, "lien corrigé", "liens corrigés"),
      ...some(plan.update.size, "fiche complétée ou corrigée", "fiches complétées ou corrigées"),
    ]
  }
  if (plan.kind === "staff") {
    return [
      ...some(plan.create.length, "personne ajoutée au personnel", "personnes ajoutées au personnel"),
      ...some(plan.update.size, "fiche complétée ou corrigée", "fiches complétées ou corrigées"),
    ]
  }
  return [
    ...some(plan.cells.length - plan.replaced, "note écrite", "notes écrites"),
    ...some(plan.replaced, "note remplacée", "notes remplacées"),
    ...some(plan.assessments.length, "évaluation créée", "évaluations créées"),
  ]
}
