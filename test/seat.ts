// One person before the site, able to send any form of it rightly signed: what is refused is refused for itself.
import { randomBytes } from "node:crypto"
import type { Route } from "../src/feature.ts"
import { sign } from "../src/web/signing.ts"
import type { Client, Answer as Page } from "./client.ts"
import type { TestSchool } from "./school.ts"

export type Answer = Page

export type Seat = {
  client: Client
  /** asks for an address as the route does: a page, or a form with its numbers and nothing in its fields */
  ask(route: Route, path: string): Promise<Answer>
}

/** Somebody of the cast, signed in. */
export async function asAccount(test: TestSchool, key: string): Promise<Seat> {
  const client = await test.as(key)
  const session = await test.school.db
    .selectFrom("session")
    .select("id_hash")
    .where("account_id", "=", test.ids.accounts[key] as number)
    .executeTakeFirstOrThrow()
  return seatOf(test, client, () => session.id_hash)
}

/** Nobody in particular, with the cookie that the sign-in page gives. */
export async function asVisitor(test: TestSchool): Promise<Seat> {
  const client = test.visitor()
  await client.get("/sign-in")
  return seatOf(test, client, () => `visitor ${client.cookie("visiteur") ?? ""}`)
}

function seatOf(test: TestSchool, client: Client, holder: () => string): Seat {
  const { secret } = test.school
  return {
    client,
    async ask({ method, options }, path) {
      if (method === "get") return client.get(path)
      const fields = {
        _form: sign(secret, "form", holder()),
        _once: `0.${sign(secret, "once", holder(), 0)}`,
        // each form is a first one
        _nonce: randomBytes(6).toString("hex"),
      }
      const file = options.upload && { field: options.upload.field, name: "vide.csv", content: "" }
      return client.post(path, fields, file)
    },
  }
}
