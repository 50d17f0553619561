#!/usr/bin/env node
// The product's verbs from a terminal: the built program where there is one, the source otherwise.
import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const built = join(root, "build", "cli.js")
if (existsSync(join(root, "src")) && existsSync(join(root, "node_modules", "tsx"))) {
  const { register } = await import("tsx/esm/api")
  register()
  await import("../src/cli.ts")
} else {
  await import(built)
}
