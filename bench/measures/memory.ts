// Resident memory, at rest after the first page and at its highest under four people who click without a pause.
import { Browser } from "../browser.ts"
import type { Line } from "../measure.ts"
import { places } from "../school.ts"
import { type Running, start } from "../server.ts"

const PEOPLE = 4
const SECONDS = 8

export async function memory(dataFolder: string): Promise<Line[]> {
  const { classSubject, period, student } = places(dataFolder)
  const list = "/students"
  const grid = `/grades/${classSubject}/${period}`
  const ours = await start("ardoise", dataFolder)
  const bare = await start("bare", dataFolder)
  try {
    const browsers = await Promise.all(
      Array.from({ length: PEOPLE }, async () => {
        const browser = new Browser(ours.url)
        await browser.signIn("censeur")
        return browser
      }),
    )
    const plain = Array.from({ length: PEOPLE }, () => new Browser(bare.url))
    await Promise.all([browsers[0]?.get(list), plain[0]?.get(list)])
    const [idle, idleBare] = [(await ours.meter()).rssMb, (await bare.meter()).rssMb]
    const highest = await underLoad(ours, browsers, [list, grid, `/students/${student}`, "/"])
    const highestBare = await underLoad(bare, plain, [list, grid])
    for (const one of [...browsers, ...plain]) one.close()
    const under = "bare Express"
    return [
      {
        what: "resident memory, idle",
        value: idle,
        unit: "MB",
        reference: { what: under, value: idleBare },
        target: null,
      },
      {
        what: `resident memory, ${PEOPLE} people clicking for ${SECONDS} s`,
        value: highest,
        unit: "MB",
        reference: { what: under, value: highestBare },
        target: { most: 130, of: "value" },
      },
    ]
  } finally {
    await ours.stop()
    await bare.stop()
  }
}

async function underLoad(server: Running, browsers: Browser[], paths: string[]): Promise<number> {
  const until = performance.now() + SECONDS * 1000
  let highest = 0
  const watching = (async () => {
    while (performance.now() < until) {
      highest = Math.max(highest, (await server.meter()).rssMb)
      await new Promise((done) => setTimeout(done, 200))
    }
  })()
  await Promise.all(
    browsers.map(async (browser) => {
      for (let n = 0; performance.now() < until; n++) await browser.get(paths[n % paths.length] as string)
    }),
  )
  await watching
  return highest
}
