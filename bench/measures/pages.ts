// CPU per request of two full pages against a bare Express page with the same table.
import { brotliDecompressSync } from "node:zlib"
import { Browser } from "../browser.ts"
import type { Line } from "../measure.ts"
import { places } from "../school.ts"
import { type Running, start } from "../server.ts"

const REQUESTS = 150
const ROUNDS = 8

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
      const { value, reference } = await cpuOfBoth([ours, browser], [bare, plain], path)
      lines.push({
        what: `CPU of the ${what}`,
        value,
        unit: "ms",
        reference: { what: "bare Express + Eta + statement, brotli 4", value: reference },
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

type Asked = readonly [Running, Browser]

/**
 * Milliseconds of the server's own CPU per request, one request after the other: the least of some rounds, ours and
 * the bare one in turn so that both meet the same moments of the machine.
 */
async function cpuOfBoth(ours: Asked, bare: Asked, path: string) {
  const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as [number, number]
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [n, asked] of [ours, bare].entries()) {
      const cost = await cpuPerRequest(asked, path)
      // the first round warms the compiler up
      if (round > 0) best[n] = Math.min(best[n] as number, cost)
    }
  }
  return { value: best[0], reference: best[1] }
}

async function cpuPerRequest([server, browser]: Asked, path: string): Promise<number> {
  const before = await server.meter()
  for (let n = 0; n < REQUESTS; n++) await browser.get(path)
  return ((await server.meter()).cpuMs - before.cpuMs) / REQUESTS
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
