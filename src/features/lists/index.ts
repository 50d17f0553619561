import { feature, get, post } from "../../feature.ts"
import * as exports from "./pages/exports.ts"
import * as phones from "./pages/phones.ts"
import * as saved from "./pages/saved.ts"
import * as students from "./pages/students.ts"
import { strings } from "./strings.ts"

const once = { once: true } as const

const SEES_STUDENTS = [
  "administrator",
  "head",
  "dean",
  "supervisor",
  "secretary",
  "accountant",
  "teacher",
  "form_teacher",
] as const

export const lists = feature({
  name: "lists",
  core: true,
  needs: ["people", "classes", "grades", "bulletins"],
  permissions: {
    "lists.see": { label: "Chercher dans la liste des élèves et la filtrer", roles: SEES_STUDENTS },
    "lists.save": { label: "Enregistrer des listes d’élèves sous un nom", roles: SEES_STUDENTS },
    "lists.share": {
      label: "Partager des listes avec toute l’école",
      roles: ["administrator", "head", "dean", "secretary"],
    },
    "lists.export": {
      label: "Exporter des listes en CSV ou Excel",
      roles: ["administrator", "head", "dean", "secretary", "accountant"],
    },
    "lists.personal": {
      label: "Exporter et imprimer les téléphones, adresses, naissances et parents sans masque",
      roles: ["administrator", "head", "secretary"],
    },
    "lists.register": { label: "Lire le registre des exports", roles: ["administrator", "head"] },
  },
  routes: [
    get("/students", "lists.see", students.index),
    post("/lists", "lists.save", saved.create, once),
    post("/lists/export", "lists.export", exports.create),
    get("/lists/file", "lists.export", exports.file),
    get("/lists/exports", "lists.register", exports.register),
    get("/lists/:savedList", "lists.save", saved.show),
    post("/lists/:savedList", "lists.save", saved.change),
    post("/lists/:savedList/content", "lists.save", saved.changeContent),
    get("/lists/:savedList/delete", "lists.save", saved.deletePage),
    post("/lists/:savedList/delete", "lists.save", saved.remove, once),
    get("/classes/:class/phones", "lists.personal", phones.sheet),
  ],
  menu: [
    { area: "students", label: "lists.students", path: "/students", access: "lists.see" },
    { area: "settings", label: "lists.exports", path: "/lists/exports", access: "lists.register" },
  ],
  strings,
})
