// Whom to call in an emergency, as rows and as the fields of a form. Pure.
import { CONTACTS } from "./choices.ts"

export type Contact = { name: string; relation: string | null; phone: string | null }
/** In order, without holes. */
export type Contacts = readonly Contact[]

type Place = (typeof CONTACTS)[number]
export type ContactField = `contact${Place}_${keyof Contact}`
export type ContactFields = Record<ContactField, string | null>

/** As the trail and a conflict tell them: « contact1_name » and so on, null where there is nobody. */
export const contactsAsFields = (contacts: Contacts): ContactFields =>
  Object.fromEntries(
    CONTACTS.flatMap((place) => {
      const one = contacts[place - 1]
      return (["name", "relation", "phone"] as const).map((part) => [
        `contact${place}_${part}`,
        one?.[part] ?? null,
      ])
    }),
  ) as ContactFields

/** The contacts that a form's fields say; whoever has no name is nobody, and the next moves up. */
export const contactsIn = (fields: ContactFields): Contact[] =>
  CONTACTS.flatMap((place) => {
    const name = fields[`contact${place}_name`]
    if (!name) return []
    return [{ name, relation: fields[`contact${place}_relation`], phone: fields[`contact${place}_phone`] }]
  })

/** A number without a name, or a name without a number, helps nobody in an emergency. */
export const contactProblems = (fields: ContactFields) =>
  CONTACTS.flatMap((place) => {
    const [name, phone] = [fields[`contact${place}_name`], fields[`contact${place}_phone`]]
    if (name && !phone) return [{ field: `contact${place}_phone`, text: "Écrivez son numéro de téléphone." }]
    if (!name && (phone || fields[`contact${place}_relation`])) {
      return [{ field: `contact${place}_name`, text: "Écrivez le nom de cette personne." }]
    }
    return []
  })
