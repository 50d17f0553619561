// One command from a fresh clone to a school in the browser: installs what is missing, builds, starts.
import { installPackages } from "./install.mjs"

installPackages()
const { buildProgram, buildBrowser } = await import("./build.mjs")
await Promise.all([buildProgram(), buildBrowser()])
await import("../build/server.js")
