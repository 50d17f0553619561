import { feature, get, post } from "../../feature.ts"
import { holding } from "../../personal.ts"
import { clean } from "./jobs.ts"
import * as accountPages from "./pages/accounts.ts"
import * as audit from "./pages/audit.ts"
import * as first from "./pages/first.ts"
import * as mine from "./pages/mine.ts"
import * as rights from "./pages/rights.ts"
import * as signIn from "./pages/signIn.ts"
import * as slips from "./pages/slips.ts"
import { strings } from "./strings.ts"

const PARTS = [
  { table: "account_login", column: "account_id", label: "Identifiants" },
  { table: "account_role", column: "account_id", label: "Rôles" },
  { table: "session", column: "account_id", label: "Connexions" },
] as const

export const accounts = feature({
  name: "accounts",
  core: true,
  needs: ["people", "school", "classes", "grades"],
  permissions: {
    "accounts.manage": {
      label: "Ouvrir, modifier et fermer les comptes, donner un nouveau mot de passe",
      roles: ["administrator"],
    },
    "accounts.permissions": { label: "Régler les droits de chaque fonction", roles: ["administrator"] },
    "accounts.audit": { label: "Lire le journal des modifications", roles: ["administrator", "head"] },
  },
  routes: [
    get("/sign-in", "visitor", signIn.show),
    post("/sign-in", "visitor", signIn.signIn),
    post("/sign-out", "member", signIn.signOut),
    get("/first", "visitor", first.show),
    post("/first", "visitor", first.open),
    get("/account", "member", mine.show),
    get("/account/password", "member", mine.password),
    post("/account/password", "member", mine.changePassword),
    post("/account/sessions/end", "member", mine.endOne),
    post("/account/sessions/end-others", "member", mine.endOthers),
    get("/accounts", "accounts.manage", accountPages.index),
    get("/accounts/new", "accounts.manage", accountPages.choose),
    post("/accounts", "accounts.manage", accountPages.create, { once: true }),
    get("/accounts/:account", "accounts.manage", accountPages.show),
    post("/accounts/:account", "accounts.manage", accountPages.change),
    post("/accounts/:account/close", "accounts.manage", accountPages.close),
    post("/accounts/:account/reopen", "accounts.manage", accountPages.reopen),
    post("/accounts/:account/password", "accounts.manage", accountPages.resetPassword, { once: true }),
    get("/accounts/:account/slip", "accounts.manage", accountPages.slip),
    get("/classes/:class/slips", "accounts.manage", slips.show),
    post("/classes/:class/slips", "accounts.manage", slips.make, { once: true }),
    get("/classes/:class/slips/print", "accounts.manage", slips.print),
    get("/permissions", "accounts.permissions", rights.show),
    post("/permissions", "accounts.permissions", rights.change),
    get("/permissions/reset", "accounts.permissions", rights.askReset),
    post("/permissions/reset", "accounts.permissions", rights.reset),
    get("/audit", "accounts.audit", audit.index),
  ],
  menu: [
    { area: "settings", label: "accounts.mine", path: "/account", access: "member" },
    { area: "settings", label: "accounts.title", path: "/accounts", access: "accounts.manage" },
    { area: "settings", label: "accounts.permissions", path: "/permissions", access: "accounts.permissions" },
    { area: "settings", label: "accounts.audit", path: "/audit", access: "accounts.audit" },
  ],
  jobs: [{ name: "accounts.clean", when: "30 3 * * *", run: clean }],
  personal: [
    holding({
      table: "account",
      person: "student",
      column: "student_id",
      label: "Compte",
      hidden: ["password_hash"],
      parts: PARTS,
      erasure: "delete",
    }),
    holding({
      table: "account",
      person: "guardian",
      column: "guardian_id",
      label: "Compte",
      hidden: ["password_hash"],
      parts: PARTS,
      erasure: "delete",
    }),
    holding({
      table: "account",
      person: "staff",
      column: "staff_id",
      label: "Compte",
      hidden: ["password_hash"],
      parts: PARTS,
      erasure: "keep",
      why: "Le journal des modifications nomme le compte de leur auteur.",
    }),
  ],
  strings,
})
