// CPU per request of two full pages against a bare Express page with the same table.
import { brotliDecompressSync } from "node:zlib"
import { Browser } from "../browser.ts"
import type { Line } from "../measure.ts"
import { places } from "../school.ts"
import { type Running, start } from "../server.ts"

const REQUESTS = 150
const ROUNDS = 6

export async function pages(dataFolder: string): Promise<Line[]> {
  const { classSubject, period } = places(dataFolder)
  const ours = await start("ardoise", dataFolder)
  const bare = await start("bare", dataFolder)
  try {
    const plain = new Browser(bare.url)
    const lines: Line[] = []
    for (const [what, path, who] of [
      ["student list, 50 rows", "/students", "secretaire"],
      ["class grid, 56 students", `/grades/${classSubject}/${period}`, "maths"],
    ] as const) {
      const browser = new Browser(ours.url)
      await browser.signIn(who)
      await sameTable(browser, plain, path)
      const value = await cpuPerRequest(ours, browser, path)
      const reference = await cpuPerRequest(bare, plain, path)
      lines.push({
        what: `CPU of the ${what}`,
        value,
        unit: "ms",
        reference: { what: "bare Express + Eta + statement, brotli 4 too", value: reference },
        target: { most: 2.5, of: "ratio" },
      })
      browser.close()
    }
    plain.close()
    return lines
  } finally {
    await ours.stop()
    await bare.stop()
  }
}

/** The least of some rounds of requests one after the other, in milliseconds of the server's own CPU. */
async function cpuPerRequest(server: Running, browser: Browser, path: string): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round <= ROUNDS; round++) {
    const before = await server.meter()
    for (let n = 0; n < REQUESTS; n++) await browser.get(path)
    const after = await server.meter()
    // the first round warms the compiler up
    if (round > 0) best = Math.min(best, (after.cpuMs - before.cpuMs) / REQUESTS)
  }
  return best
}

/** The comparison is honest only while both pages show as many rows and cells, of about the same weight. */
async function sameTable(browser: Browser, plain: Browser, path: string): Promise<void> {
  const tableOf = async (one: Browser) => {
    const { status, headers, body } = await one.get(path)
    if (status !== 200) throw new Error(`${path} answered ${status}`)
    const html = (headers["content-encoding"] === "br" ? brotliDecompressSync(body) : body).toString()
    const table = html.match(/<tbody>[\s\S]*<\/tbody>/)?.[0] ?? ""
    return { rows: table.split("<tr").length, cells: table.split("<t").length, bytes: table.length }
  }
  const [ours, theirs] = [await tableOf(browser), await tableOf(plain)]
  const near = Math.abs(ours.bytes - theirs.bytes) / theirs.bytes < 0.25
  if (ours.rows !== theirs.rows || ours.cells !== theirs.cells || !near) {
    throw new Error(`${path}: not the same table: ${JSON.stringify({ ours, theirs })}; change bench/bare`)
  }
}
