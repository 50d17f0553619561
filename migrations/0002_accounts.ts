import type { Kysely } from "kysely"
import { bareTable, index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    table(db, "account")
      .addColumn("name", "text", (c) => c.notNull())
      .addColumn("password_hash", "text")
      .addColumn("must_change", "integer", (c) => c.notNull().defaultTo(0))
      .addColumn("active", "integer", (c) => c.notNull().defaultTo(1))
      .addColumn("staff_id", "integer", (c) => c.unique())
      .addColumn("guardian_id", "integer", (c) => c.unique())
      .addColumn("student_id", "integer", (c) => c.unique())
      .addColumn("created_at", "text", (c) => c.notNull()),
    // What a person may type to sign in: e-mail, phone (+223…) or matricule, folded.
    bareTable(db, "account_login")
      .addColumn("login", "text", (c) => c.primaryKey())
      .addColumn("kind", "text", (c) => c.notNull())
      .addColumn("account_id", "integer", (c) => c.notNull().references("account.id").onDelete("cascade")),
    index(db, "account_login", ["account_id"]),
    bareTable(db, "account_role")
      .addColumn("account_id", "integer", (c) => c.notNull().references("account.id").onDelete("cascade"))
      .addColumn("role", "text", (c) => c.notNull())
      .addPrimaryKeyConstraint("account_role_pair", ["account_id", "role"]),
    // Only where the school departs from the product's default.
    bareTable(db, "role_permission")
      .addColumn("role", "text", (c) => c.notNull())
      .addColumn("permission", "text", (c) => c.notNull())
      .addColumn("granted", "integer", (c) => c.notNull())
      .addPrimaryKeyConstraint("role_permission_pair", ["role", "permission"]),
    bareTable(db, "session")
      .addColumn("id_hash", "text", (c) => c.primaryKey())
      .addColumn("account_id", "integer", (c) => c.notNull().references("account.id").onDelete("cascade"))
      .addColumn("created_at", "text", (c) => c.notNull())
      .addColumn("expires_at", "text", (c) => c.notNull())
      .addColumn("device", "text", (c) => c.notNull())
      .addColumn("address", "text", (c) => c.notNull())
      .addColumn("forms_sent", "integer", (c) => c.notNull().defaultTo(0))
      .addColumn("renew", "integer", (c) => c.notNull().defaultTo(0)), // 1: roles changed, a new id is due
    index(db, "session", ["account_id"]),
    // Growing delay after failures, per account and per address.
    bareTable(db, "sign_in_delay")
      .addColumn("key", "text", (c) => c.primaryKey())
      .addColumn("failures", "integer", (c) => c.notNull())
      .addColumn("last_at", "text", (c) => c.notNull())
      .addColumn("blocked_until", "text", (c) => c.notNull()),
  )
}
