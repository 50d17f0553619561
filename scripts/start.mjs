// One command from a fresh clone to a school in the browser: installs what is missing, builds, starts.
import { spawn } from "node:child_process"
import { join } from "node:path"
import { installPackages, root, run } from "./install.mjs"
import { launch } from "./launch.mjs"

installPackages()
run(process.execPath, ["scripts/build.mjs"], { stdio: ["ignore", "ignore", "inherit"] })
const server = spawn(process.execPath, [...launch.execArgv, join(root, "build", "server.js")], {
  stdio: "inherit",
  env: { ...launch.env, ...process.env },
})
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => server.kill(signal))
server.on("exit", (code) => process.exit(code ?? 1))
