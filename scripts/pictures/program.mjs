// The program as built, over a new data folder, on a port of its own.
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { root } from "../install.mjs"

const STILL = new URL("still.mjs", import.meta.url).href
/** What links and QR codes say: not the port of the day. */
const PUBLIC_URL = "https://kalanso.example"

/** Starts it and waits until it listens; `said` is what it printed. */
export async function startProgram({ demo }) {
  const folder = mkdtempSync(join(tmpdir(), "ardoise-pictures-"))
  const port = await freePort()
  const env = {
    ...process.env,
    PORT: String(port),
    ARDOISE_DATA: folder,
    ARDOISE_ADDRESS: "127.0.0.1",
    ARDOISE_DEMO: demo ? "1" : "0",
    ARDOISE_URL: PUBLIC_URL,
    ARDOISE_LOG: "info",
  }
  const child = spawn(process.execPath, ["--import", STILL, join(root, "build", "server.js")], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  })
  let said = ""
  await new Promise((done, fail) => {
    child.once("exit", (code) => fail(new Error(`the program ended with ${code}\n${said}`)))
    child.stdout.on("data", (part) => {
      said += part
      if (said.includes('"listening"')) done()
    })
  })
  return {
    url: `http://127.0.0.1:${port}`,
    said,
    async stop() {
      child.removeAllListeners("exit")
      const ended = new Promise((done) => child.once("exit", done))
      child.kill("SIGTERM")
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address()
      probe.close(() => done(port))
    })
  })
}
