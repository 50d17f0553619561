// The program from its source, started again at each change.
import { spawn } from "node:child_process"
import { installPackages, root } from "./install.mjs"

installPackages()
const { buildBrowser } = await import("./build.mjs")
await buildBrowser()
spawn("npx", ["tsx", "watch", "--clear-screen=false", "src/server.ts"], { cwd: root, stdio: "inherit" })
