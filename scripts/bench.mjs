// Measures the product against raw references in the same run.
import { installPackages, run } from "./install.mjs"

installPackages()
const { buildProgram, buildBrowser } = await import("./build.mjs")
await Promise.all([buildProgram(), buildBrowser()])
run("npx", ["tsx", "bench/index.ts", ...process.argv.slice(2)])
