// Numbers without holes or doubles: a counter is moved inside the transaction of what it numbers, so that a second
// desk waits for the first one's commit and a failure gives its number back.
import type { Db } from "../../../db/index.ts"
import { counterOf, type NumberContext, studentNumber } from "../rules/numbers.ts"

/** The next number of this name, from 1. */
export async function nextNumber(trx: Db, name: string): Promise<number> {
  const { value } = await trx
    .insertInto("enrolment_counter")
    .values({ name, value: 1 })
    .onConflict((oc) =>
      oc.column("name").doUpdateSet((eb) => ({ value: eb("enrolment_counter.value", "+", 1) })),
    )
    .returning("value")
    .executeTakeFirstOrThrow()
  return value
}

export type Issued = { number: string; counter: string; n: number }

/** The school's next student number by its format; one that a student has from elsewhere is passed over. */
export async function issueStudentNumber(trx: Db, format: string, context: NumberContext): Promise<Issued> {
  const counter = counterOf(format, context)
  for (;;) {
    const n = await nextNumber(trx, counter)
    const number = studentNumber(format, context, n)
    if (!(await numberTaken(trx, number))) return { number, counter, n }
  }
}

async function numberTaken(trx: Db, number: string): Promise<boolean> {
  const student = trx.selectFrom("student").select("id").where("internal_number", "=", number)
  const application = trx.selectFrom("application").select("id").where("internal_number", "=", number)
  return Boolean(await student.unionAll(application).executeTakeFirst())
}

/** Gives a number back if it is still the last one; false when later ones were given, and it stays reserved. */
export async function giveNumberBack(
  trx: Db,
  { counter, n }: Pick<Issued, "counter" | "n">,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("enrolment_counter")
    .set({ value: n - 1 })
    .where("name", "=", counter)
    .where("value", "=", n)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The number that would be given now, to show what a format makes. */
export async function numberToCome(db: Db, format: string, context: NumberContext): Promise<string> {
  const row = await db
    .selectFrom("enrolment_counter")
    .select("value")
    .where("name", "=", counterOf(format, context))
    .executeTakeFirst()
  return studentNumber(format, context, (row?.value ?? 0) + 1)
}
