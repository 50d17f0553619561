import { fold } from "../../people/naming.ts"

const NOTHING = new Set(
  "neant,ras,r a s,aucun,aucune,inconnu,inconnue,non connu,non connue,sans,n/a,na,nd,nr,x,xx,xxx,null,vide,pas de numero,pas de tel,pas de telephone,pas de matricule,en cours,en attente,a venir,a completer,non communique,non renseigne,manque,manquant".split(
    ",",
  ),
)

/** « néant », « - », « RAS », « en cours »: ways to write that there is nothing. */
export function isMissing(text: string): boolean {
  return /^[\s\p{P}\p{S}]*$/u.test(text) || NOTHING.has(fold(text).replace(/[.…]+$/, ""))
}
