#!/usr/bin/env node
// The product's verbs from a terminal: from the source in a checkout, its packages installed first where they are
// missing; from the built program where only that was shipped.
import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
if (existsSync(join(root, "src", "cli.ts"))) {
  const { installPackages } = await import("../scripts/install.mjs")
  installPackages()
  const { register } = await import("tsx/esm/api")
  register()
  await import("../src/cli.ts")
} else {
  await import(join(root, "build", "cli.js"))
}
