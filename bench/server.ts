// A server in a process of its own, measured from outside: ours as built, or the bare one.
import { type ChildProcess, fork } from "node:child_process"
import { createServer } from "node:net"
import { join } from "node:path"
import { build } from "esbuild"
import { launch } from "../scripts/launch.mjs"
import { root } from "../src/root.ts"

export type Meter = { cpuMs: number; rssMb: number }

export type Running = {
  url: string
  /** from the start of the process to its first answer to a connection */
  listeningMs: number
  meter(): Promise<Meter>
  stop(): Promise<void>
}

const PROGRAMS = { ardoise: join(root, "build", "server.js"), bare: join(root, "build", "bench", "bare.js") }

/** Bundles the bare server the way ours is. */
export async function buildBare(): Promise<void> {
  await build({
    entryPoints: [join(root, "bench", "bare", "server.ts")],
    outfile: PROGRAMS.bare,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    logLevel: "warning",
  })
}

/** Starts one of the two over a data folder; resolves when its log says that it listens. */
export async function start(name: keyof typeof PROGRAMS, dataFolder: string): Promise<Running> {
  const port = await freePort()
  const meter = new URL("meter.mjs", import.meta.url).href
  const started = performance.now()
  const child = fork(PROGRAMS[name], {
    execArgv: [...(name === "ardoise" ? launch.execArgv : []), "--import", meter],
    env: {
      ...process.env,
      ...(name === "ardoise" ? launch.env : {}),
      PORT: String(port),
      ARDOISE_DATA: dataFolder,
      ARDOISE_ADDRESS: "127.0.0.1",
      ARDOISE_LOG: "info",
    },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  })
  await listening(child, name)
  const listeningMs = performance.now() - started
  return {
    url: `http://127.0.0.1:${port}`,
    listeningMs,
    meter: () =>
      new Promise((done) => {
        child.once("message", (told) => done(told as Meter))
        child.send("meter")
      }),
    stop: () =>
      new Promise((done) => {
        child.once("exit", () => done())
        child.kill("SIGTERM")
      }),
  }
}

function listening(child: ChildProcess, name: string): Promise<void> {
  return new Promise((done, fail) => {
    child.once("exit", (code) => fail(new Error(`${name} ended with ${code} before it listened`)))
    child.stdout?.on("data", (part: Buffer) => part.includes("listening") && done())
  })
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address()
      probe.close(() => done(typeof address === "object" && address ? address.port : 0))
    })
  })
}
