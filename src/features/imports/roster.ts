import { fold, tidy } from "../people/naming.ts"
import { type Customs, MALIAN, readClass } from "./customs.ts"
import type { Reference } from "./outcomes.ts"

/** A student the school already has. A field left out is not known to this list; null is known to be empty. */
export interface Enrolled {
  /** the school's own key; without one, the place in the list */
  id?: Reference
  matricule: string | null
  nom: string
  prenom: string
  /** canonical class label */
  classe?: string | null
  sexe?: "M" | "F" | null
  /** AAAA-MM-JJ, or AAAA when only the year is known */
  naissance?: string | null
  lieu?: string | null
  telephone?: string | null
}

export interface RosterEntry extends Enrolled {
  id: Reference
}

/** Both orders in which one writes a name. */
export const nameKeys = (nom: string, prenom: string) => [fold(`${nom} ${prenom}`), fold(`${prenom} ${nom}`)]

/** The school's students, found by matricule or by name in either order. */
export class Roster {
  readonly entries: RosterEntry[]
  readonly customs: Customs
  private readonly matricules = new Map<string, RosterEntry>()
  private readonly names = new Map<string, RosterEntry[]>()

  constructor(students: readonly Enrolled[], customs: Customs = MALIAN) {
    this.customs = customs
    this.entries = students.map((student, at) => ({
      ...student,
      id: student.id ?? at,
      classe: student.classe ? (readClass(student.classe, customs) ?? tidy(student.classe)) : student.classe,
    }))
    for (const entry of this.entries) {
      if (entry.matricule) this.matricules.set(entry.matricule, entry)
      for (const key of new Set(nameKeys(entry.nom, entry.prenom))) {
        const namesakes = this.names.get(key)
        if (namesakes) namesakes.push(entry)
        else this.names.set(key, [entry])
      }
    }
  }

  byId(id: Reference): RosterEntry | null {
    return this.entries.find((entry) => entry.id === id) ?? null
  }

  byMatricule(matricule: string): RosterEntry | null {
    return this.matricules.get(matricule) ?? null
  }

  /** Everyone of that full name, typed in either order; of that class when one is given and the list knows classes. */
  named(fullName: string, classe?: string | null): RosterEntry[] {
    const namesakes = this.names.get(fold(fullName)) ?? []
    return classe
      ? namesakes.filter((entry) => entry.classe === undefined || entry.classe === classe)
      : namesakes
  }
}

/** Whether a name as typed, in either order, is this student's. */
export const isNameOf = (typed: string, student: Enrolled) =>
  nameKeys(student.nom, student.prenom).includes(fold(typed))
