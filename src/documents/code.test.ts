import { test } from "uvu"
import * as assert from "uvu/assert"
import { publicCode, typedCode } from "./code.ts"

test("a code is read as it is said: any case, spaces or none, with or without its dash", () => {
  const code = publicCode((below) => below - 1)
  assert.is(code, "ZZZZZ-ZZZZZ")
  assert.is(typedCode("zzzzz zzzzz"), code)
  assert.is(typedCode("ZZZZZZZZZZ"), code)
  assert.is(typedCode("ZZZZZ-ZZZZ"), null)
  assert.is(typedCode("ZZZZZ-ZZZZ0"), null, "0 is never in a code")
})

test.run()
