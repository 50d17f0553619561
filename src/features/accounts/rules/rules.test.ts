import { test } from "uvu"
import * as assert from "uvu/assert"
import { differences } from "./audit.ts"
import { delaySeconds, networkOf, waitInWords } from "./delays.ts"
import { deviceInWords } from "./devices.ts"
import { fixedRight, ownRolesProblem, refusalToChange, rightChanges, rolesOpenTo } from "./rights.ts"

test("the delay doubles from two seconds and stops at fifteen minutes", () => {
  assert.equal(
    [1, 3, 4, 5, 6, 12, 13, 14, 5000].map((failures) => delaySeconds(failures, 3)),
    [0, 0, 2, 4, 8, 512, 900, 900, 900],
  )
  assert.equal([0.4, 2, 59.2, 60, 61, 900].map(waitInWords), [
    "1 seconde",
    "2 secondes",
    "60 secondes",
    "1 minute",
    "2 minutes",
    "15 minutes",
  ])
})

test("failures of one household count together, whichever address it takes", () => {
  assert.is(networkOf("::ffff:41.73.1.2"), "41.73.1.2")
  assert.is(networkOf("41.73.1.2"), "41.73.1.2")
  assert.is(networkOf("2001:db8:0:7:1::9"), networkOf("2001:0db8:0000:0007:ffff:1:2:3"))
  assert.is.not(networkOf("2001:db8:0:7::9"), networkOf("2001:db8:0:8::9"))
  assert.is(networkOf("::1"), "0:0:0:0::/64")
})

test("a device is named as a person would", () => {
  const told: [string, string][] = [
    [
      "Mozilla/5.0 (Linux; Android 10; TECNO) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
      "Chrome sur Android",
    ],
    ["Mozilla/5.0 (Windows NT 6.1; rv:115.0) Gecko/20100101 Firefox/115.0", "Firefox sur Windows"],
    [
      "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120 Safari/537.36 Edg/120.0",
      "Edge sur Windows",
    ],
    ["Mozilla/5.0 (Mobile; rv:84.0) Gecko/84.0 Firefox/84.0 KAIOS/3.1", "Navigateur sur téléphone KaiOS"],
    ["Opera/9.80 (J2ME/MIDP; Opera Mini/9.80 (S60)) Presto/2.5", "Opera Mini sur téléphone simple"],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari sur iPhone"],
    ["curl/8.0", "Appareil inconnu"],
  ]
  for (const [agent, words] of told) assert.is(deviceInWords(agent), words)
})

test("the administrator keeps the accounts, families never get them, the rest is the school's", () => {
  assert.is(fixedRight("administrator", "accounts.manage"), true)
  assert.is(fixedRight("parent", "accounts.audit"), false)
  assert.is(fixedRight("head", "accounts.manage"), null)
  assert.is(fixedRight("administrator", "grades.enter"), null)
  const rights = [{ permission: "accounts.manage", roles: ["administrator" as const] }]
  const changes = rightChanges(
    rights,
    (role) => role === "administrator",
    (role) => role !== "administrator",
  )
  assert.not.ok(changes.some(({ role }) => ["administrator", "parent", "student"].includes(role)))
  assert.equal(changes[0], { role: "head", permission: "accounts.manage", granted: true })
})

test("roles fit the person, and nobody but an administrator touches an administrator", () => {
  assert.equal(rolesOpenTo("student"), ["student"])
  assert.equal(rolesOpenTo("guardian"), ["parent"])
  assert.not.ok(rolesOpenTo("staff").includes("parent"))
  assert.ok(refusalToChange(["secretary"], ["administrator"]))
  assert.is(refusalToChange(["administrator"], ["administrator"]), null)
  assert.is(refusalToChange(["secretary"], ["teacher"]), null)
  assert.is(ownRolesProblem(["administrator", "head"], ["head"])?.field, "role_administrator")
  assert.is(ownRolesProblem(["administrator"], ["administrator", "head"]), null)
  assert.is(ownRolesProblem(["secretary"], ["secretary", "head"])?.field, "role_head")
})

test("a line of the trail tells only what differs", () => {
  assert.equal(differences('{"name":"A","phone":"1"}', '{"name":"A","phone":"2"}'), [
    { key: "phone", before: "1", after: "2" },
  ])
  assert.equal(differences(null, '{"roles":["head","dean"],"none":null}'), [
    { key: "roles", before: null, after: "head, dean" },
  ])
  assert.equal(differences("not json", null), [{ key: "valeur", before: "not json", after: null }])
  assert.is(differences(null, JSON.stringify({ text: "x".repeat(300) }))[0]?.after?.length, 121)
})

test.run()
