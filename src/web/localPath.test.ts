import { test } from "uvu"
import * as assert from "uvu/assert"
import { localPath, pageBefore } from "./localPath.ts"

test("a page of the school is kept, with what was asked of it", () => {
  for (const path of ["/", "/students?q=ke%C3%AFta&page=2", "/grades/4/2", "/a//b"]) {
    assert.is(localPath(path), path)
  }
})

test("nothing that leads to another site is kept", () => {
  const traps = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/.//evil.example",
    "/x/..//evil.example",
    "/%2e//evil.example",
    "/\t/evil.example",
    "/\n//evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    " /students",
    "students",
    "",
    `/${"a".repeat(600)}`,
    ["/students"],
    null,
  ]
  for (const trap of traps) {
    const kept = localPath(trap)
    assert.is(kept, null, JSON.stringify(trap))
  }
})

test("the page before is believed only where it is one of this host", () => {
  const headers = (referer: string) => ({ headers: { referer, host: "kalanso.example" } })
  assert.is(pageBefore(headers("https://kalanso.example/students/new?class=3")), "/students/new?class=3")
  assert.is(pageBefore(headers("https://evil.example/students")), null)
  assert.is(pageBefore(headers("https://kalanso.example//evil.example")), null)
  assert.is(pageBefore(headers("about:blank")), null)
})

test.run()
