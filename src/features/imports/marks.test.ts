import { test } from "uvu"
import * as assert from "uvu/assert"
import { readMarks } from "./marks.ts"
import { readTable } from "./reading/table.ts"
import { resolveMarks } from "./resolve.ts"
import { Roster } from "./roster.ts"

const ROSTER = [
  { id: 1, matricule: "RC15CG26Z0001F", nom: "KONÉ", prenom: "Awa", classe: "11ème S 1" },
  { id: 2, matricule: "RC15CG26Z0002M", nom: "BA", prenom: "Ali", classe: "11ème S 1" },
  { id: 3, matricule: "RC15CG26Z0003M", nom: "BA", prenom: "Ali", classe: "11ème S 2" },
  { id: 4, matricule: null, nom: "SY", prenom: "Oumar", classe: "11ème S 1" },
]

async function read(lines: string[], context = {}) {
  return readMarks(await readTable(Buffer.from(`${lines.join("\n")}\n`)), ROSTER, context)
}

test("one header line with the category beside the subject, totals and ranks left alone", async () => {
  const { outcomes, columns } = await read([
    "N°;Mle;Nom et prénoms;Maths Cl;Maths Compo;Français;Total;Moyenne;Rang",
    "1;RC15CG26Z0001F;KONÉ Awa;12,5;abs j;7/10;40;13,2;1er",
  ])
  assert.equal(columns[0]?.roles.slice(3), [
    "mark:MATHS.CL",
    "mark:MATHS.CO",
    "mark:FRANÇAIS",
    "unused",
    null,
    null,
  ])
  assert.equal(outcomes[1]?.cells, {
    "MATHS.CL": { value: "12.5" },
    "MATHS.CO": { status: "ABS_J" },
    FRANÇAIS: { value: "14", note: "7 on 10" },
  })
})

test("the class named in the title tells homonyms of two classes apart", async () => {
  const sheet = ["Relevé;Classe : 11ème S2;", "N°;Matricule;Nom et prénoms;Note", "1;;BA Ali;12"]
  const { outcomes } = await read(sheet)
  assert.equal(
    outcomes.map((one) => one.action),
    ["ignore", "header", "marks"],
  )
  assert.is(outcomes[2]?.student, 3)
  const without = await read(sheet.slice(1))
  assert.is(without.outcomes[1]?.reason, "several_students_of_that_name")
})

test("a matricule of another class, of another name, or of nobody is looked at", async () => {
  const { outcomes } = await read(
    [
      "Matricule;Nom et prénoms;Note",
      "RC15CG26Z0003M;BA Ali;12",
      "RC15CG26Z0001F;BA Ali;12",
      "RC15CG26Z9999F;KEÏTA Sira;12",
      ";KEÏTA Sira;12",
    ],
    { className: "11ème S1" },
  )
  assert.equal(
    outcomes.slice(1).map(({ reason, suggestion }) => [reason, suggestion]),
    [
      ["matricule_not_in_class_list", "RC15CG26Z0002M"],
      ["matricule_of_another_student", "RC15CG26Z0002M"],
      ["matricule_not_in_class_list", undefined],
      ["student_not_found", undefined],
    ],
  )
})

test("a student twice: the same marks are a duplicate, other marks a conflict", async () => {
  const line = "RC15CG26Z0001F;KONÉ Awa;12"
  const { outcomes } = await read(["Matricule;Nom et prénoms;Note", line, line, line.replace("12", "13")])
  assert.equal(
    outcomes.map((one) => one.action),
    ["header", "marks", "duplicate", "review"],
  )
  assert.equal([outcomes[3]?.reason, outcomes[3]?.conflicts_with], ["same_student_twice", 2])
})

test("a bad cell is held alone; marks on 40 are read on 40", async () => {
  const { outcomes } = await read(["Nom et prénoms;Devoir;Compo", "SY Oumar;35;41"], { scale: 40 })
  assert.is(outcomes[1]?.matricule, null)
  assert.equal(outcomes[1]?.cells, { CL: { value: "35" }, CO: { status: "error", reason: "above_max" } })
})

test("a line to review is given to a student, its held cells typed again", async () => {
  const { outcomes } = await read(["Matricule;Nom et prénoms;Maths", "RC15CG26Z9999F;KONÉ Awa;1O"])
  const line = outcomes[1]
  assert.ok(line)
  const answer = { as: "student" as const, student: 1, typed: { "mark:MATHS": "10" } }
  const settled = resolveMarks(line, answer, new Roster(ROSTER), 2000)
  assert.ok(settled.ok)
  const { action, matricule, student, cells, reason } = settled.outcome
  assert.equal(
    [action, matricule, student, cells, reason],
    ["marks", "RC15CG26Z0001F", 1, { MATHS: { value: "10" } }, undefined],
  )
})

test.run()
