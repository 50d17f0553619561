import { feature } from "../../feature.ts"
import { strings } from "./strings.ts"

export const people = feature({
  name: "people",
  core: true,
  permissions: {
    "people.all": {
      label: "Voir tous les élèves et toutes les classes",
      roles: ["administrator", "head", "dean", "supervisor", "secretary", "accountant"],
    },
    "people.own": { label: "Voir les élèves de ses classes", roles: ["teacher", "form_teacher"] },
    "people.change": {
      label: "Inscrire des élèves et modifier leurs fiches",
      roles: ["administrator", "head", "dean", "secretary"],
    },
  },
  routes: [],
  strings,
})
