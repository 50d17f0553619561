import { test } from "uvu"
import * as assert from "uvu/assert"
import { type GuardianContext, readGuardians } from "./guardians.ts"
import { readTable } from "./reading/table.ts"
import { resolveGuardian } from "./resolve.ts"
import { Roster } from "./roster.ts"

const ROSTER = [
  { id: 1, matricule: "RC15CG26Z5626F", nom: "HAÏDARA", prenom: "Kadiatou", classe: "11ème S 1" },
  { id: 2, matricule: null, nom: "KONÉ", prenom: "Awa", classe: "12ème TSE" },
  { id: 3, matricule: null, nom: "KONÉ", prenom: "Awa", classe: "10ème CG 1" },
  { id: 4, matricule: "RC15CG26Z0001M", nom: "BA", prenom: "Ali", classe: "10ème CG 1" },
  { id: 5, matricule: "RC15CG26Z0002M", nom: "BA", prenom: "Ali", classe: "10ème CG 1" },
]
const HEAD = "Nom du parent;Lien;Téléphone;Nom et prénom de l'élève;Classe;Matricule;SMS"

async function read(lines: string[], context: GuardianContext = {}) {
  return readGuardians(await readTable(Buffer.from(`${[HEAD, ...lines].join("\n")}\n`)), ROSTER, context)
}

test("a child is found by matricule, or by name within the class, in either order", async () => {
  const { outcomes } = await read([
    "Issa HAÏDARA;père;66180866;Kadiatou Haïdara;11ème S1;RC15CG26Z5626F;oui",
    "Issa KONÉ;père;66180867;Awa Koné;T S E;;",
    "Issa KONÉ;père;66180867;KONÉ Awa;10CG1;;non",
  ])
  assert.equal(
    outcomes.map((one) => one.student),
    [undefined, 1, 2, 3],
  )
  assert.equal(
    outcomes.map((one) => one.canonical?.sms),
    [undefined, true, null, false],
  )
  assert.equal(
    outcomes.map((one) => one.same_guardian_as),
    [undefined, null, null, 3],
  )
})

test("a child nobody can tell for certain is a person's to choose", async () => {
  const { outcomes } = await read([
    "A BA;père;66180860;BA Ali;10CG1;;",
    "B BA;père;66180861;KONÉ Awa;11ème S1;;",
    "C BA;père;66180862;KEÏTA Sira;11ème S1;;",
    "D BA;père;66180863;KEÏTA Sira;11ème S1;RC15CG26Z5626F;",
    "E BA;père;66180864;HAÏDARA Kadiatou;11ème S1;RC15CG26Z9999F;",
    "F BA;père;66180865;KONÉ Awa;Salle bleue;;",
    ";père;66180865;KONÉ Awa;TSE;;",
  ])
  assert.equal(
    outcomes.slice(1).map((one) => one.reason),
    [
      "several_students_of_that_name",
      "student_in_another_class",
      "student_not_found",
      "matricule_of_another_student",
      "matricule_not_in_roster",
      "class_unknown",
      "guardian_name_missing",
    ],
  )
  assert.is(outcomes[5]?.suggestion, "RC15CG26Z5626F")
})

test("the same answer again changes nothing, in the file or in the school; another answer is looked at", async () => {
  const line = "Issa KONÉ;père;66180867;Awa Koné;T S E;;"
  const known = {
    tuteur: "Issa KONÉ",
    lien: "PERE" as const,
    telephone: "+22366180867",
    telephone2: null,
    sms: null,
    student: 2,
  }
  const { outcomes } = await read([line, line, `${line}non`])
  assert.equal(
    outcomes.map((one) => one.action),
    ["header", "create", "duplicate", "review"],
  )
  assert.equal(
    [outcomes[2]?.duplicate_of, outcomes[3]?.conflicts_with, outcomes[3]?.reason],
    [2, 2, "guardian_already_linked"],
  )
  const again = await read([line], { existing: [known] })
  assert.equal(
    again.outcomes.map((one) => one.action),
    ["header", "duplicate"],
  )
})

test("a line to review is settled by the number typed again, the child chosen, or left out", async () => {
  const roster = new Roster(ROSTER)
  const { outcomes } = await read([
    "Issa KONÉ;père;6618086;Awa Koné;T S E;;oui",
    "A BA;père;66180860;BA Ali;10CG1;;",
  ])
  const [, unread, unsure] = outcomes
  assert.ok(unread && unsure)
  assert.equal(resolveGuardian(unread, { as: "new" }, roster).ok, true)
  const typed = resolveGuardian(unread, { as: "new", typed: { phone: "661808" } }, roster)
  assert.equal(typed, { ok: false, reasons: ["phone_6_digits"] })
  const right = resolveGuardian(unread, { as: "new", typed: { phone: "66180867" } }, roster)
  assert.ok(right.ok)
  assert.equal([right.outcome.action, right.outcome.reason, right.outcome.student], ["create", undefined, 2])
  assert.equal([right.outcome.canonical?.telephone, right.outcome.canonical?.sms], ["+22366180867", true])
  const chosen = resolveGuardian(unsure, { as: "student", student: 5 }, roster)
  assert.ok(chosen.ok)
  assert.equal([chosen.outcome.student, chosen.outcome.canonical?.matricule], [5, "RC15CG26Z0002M"])
  const out = resolveGuardian(unsure, { as: "left_out" }, roster)
  assert.ok(out.ok)
  assert.equal([out.outcome.action, out.outcome.reason], ["ignore", "left_out"])
})

test.run()
