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
      ...some(plan.update.length, "fiche corrigée", "fiches corrigées"),
      ...some(plan.classes.length, "classe créée", "classes créées"),
    ]
  }
  if (plan.kind === "guardians") {
    return [
      ...some(plan.created, "tuteur créé", "tuteurs créés"),
      ...some(plan.links, "lien avec un élève", "liens avec des élèves"),
      ...some(plan.relinked, "lien confirmé ou corrigé", "liens confirmés ou corrigés"),
      ...some(plan.updated, "fiche de tuteur complétée", "fiches de tuteurs complétées"),
    ]
  }
  return [
    ...some(plan.cells.length - plan.replaced, "note écrite", "notes écrites"),
    ...some(plan.replaced, "note remplacée", "notes remplacées"),
    ...some(plan.assessments.length, "évaluation créée", "évaluations créées"),
  ]
}
