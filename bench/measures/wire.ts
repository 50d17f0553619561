// Bytes on the wire of each main page: at the first visit with its stylesheet and scripts, later, and unchanged.
import { brotliDecompressSync } from "node:zlib"
import { Browser } from "../browser.ts"
import type { Line } from "../measure.ts"
import { places } from "../school.ts"
import { start } from "../server.ts"

/** What a page may weigh (requirements: one flight of TCP for families, 8 kB for staff after the first visit). */
const MOST = { app: 8000, site: 14_600, unchanged: 300 }

export async function wire(dataFolder: string): Promise<Line[]> {
  const at = places(dataFolder)
  const main: readonly { what: string; who: string | null; path: string }[] = [
    { what: "sign-in", who: null, path: "/sign-in" },
    { what: "home of the head", who: "proviseur", path: "/" },
    { what: "student list", who: "secretaire", path: "/students" },
    { what: "a student", who: "secretaire", path: `/students/${at.student}` },
    { what: "class grid", who: "maths", path: `/grades/${at.classSubject}/${at.period}` },
    { what: "a parent's children", who: "parent", path: "/family" },
    { what: "a child's page", who: "parent", path: `/family/${at.student}` },
  ]
  const server = await start("ardoise", dataFolder)
  try {
    const lines: Line[] = []
    for (const { what, who, path } of main) lines.push(...(await visits(server.url, what, who, path)))
    return lines
  } finally {
    await server.stop()
  }
}

async function visits(base: string, what: string, who: string | null, path: string): Promise<Line[]> {
  const browser = new Browser(base)
  if (who) await browser.signIn(who)
  await browser.get(path) // cookies of a first visit and a waiting sentence are not the page's
  const page = await browser.get(path)
  if (page.status !== 200) throw new Error(`${who} ${path} answered ${page.status}`)
  const html = brotliDecompressSync(page.body).toString()
  const assets = [...html.matchAll(/<(?:link rel="stylesheet" href|script type="module" src)="([^"]+)"/g)]
  let first = page.bytes
  for (const [, asset] of assets) first += (await browser.get(asset as string)).bytes
  const unchanged = await browser.get(path, { "if-none-match": page.headers.etag ?? "" })
  if (unchanged.status !== 304) throw new Error(`${path}, unchanged, answered ${unchanged.status}`)
  browser.close()
  const layout = html.includes('<body class="app') ? "app" : "site"
  const plain = { what: "uncompressed HTML", value: html.length }
  return [
    {
      what: `${what}: first visit, with style and scripts`,
      value: first,
      unit: "B",
      reference: null,
      target: layout === "site" ? { most: MOST.site, of: "value" } : null,
    },
    {
      what: `${what}: later visits`,
      value: page.bytes,
      unit: "B",
      reference: plain,
      target: layout === "app" ? { most: MOST.app, of: "value" } : null,
    },
    {
      what: `${what}: unchanged`,
      value: unchanged.bytes,
      unit: "B",
      reference: null,
      target: { most: MOST.unchanged, of: "value" },
    },
  ]
}
