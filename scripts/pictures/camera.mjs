// A browser per person, and pictures of what it shows, small enough for a guide read on 2G.
import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium } from "playwright"
import sharp from "sharp"
import { root } from "../install.mjs"

const FOLDER = join(root, "docs", "pictures")
const MOST_BYTES = 60_000
const COLOURS = [64, 32, 16]
/** the guide of families is read on phones, on 2G */
const FAMILY_COLOURS = [16]
const SCREENS = { desk: { width: 1366, height: 768 }, phone: { width: 360, height: 640 } }

/** Opens a camera on a running program; `taken` lists the pictures written so far. */
export async function openCamera(url) {
  const known = ["chromium", "chromium-browser", "google-chrome"]
    .map((name) => `/usr/bin/${name}`)
    .find((path) => existsSync(path))
  const program = await chromium.launch({
    ...(known ? { executablePath: known } : {}),
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"],
  })
  const taken = []

  /** A browser of one's own: at a desk, or a phone (without scripts, as families' phones are). */
  async function browser(screen = "desk") {
    const context = await program.newContext({
      viewport: SCREENS[screen],
      baseURL: url,
      locale: "fr-FR",
      timezoneId: "Africa/Bamako",
      isMobile: screen === "phone",
      hasTouch: screen === "phone",
      reducedMotion: "reduce",
    })
    context.setDefaultTimeout(10_000)
    return context.newPage()
  }

  /** Somebody of the demonstration, signed in as its sign-in page offers. */
  async function as(key, screen) {
    const page = await browser(screen)
    await page.goto("/sign-in")
    await page.click(`button[name=demo][value=${key}]`)
    await page.waitForURL((address) => address.pathname !== "/sign-in")
    return page
  }

  /** What the screen shows, from the top of the page unless `at` names a part to bring into view. */
  async function picture(page, name, { at } = {}) {
    // no caret and no mouse in the picture
    await page.mouse.move(0, 0)
    if (at)
      await page
        .locator(at)
        .first()
        .evaluate((part) => part.scrollIntoView({ block: "start" }))
    const most = page.viewportSize().width === SCREENS.phone.width ? FAMILY_COLOURS : COLOURS
    await keep(name, await page.screenshot({ caret: "hide", animations: "disabled" }), most)
  }

  /** The first page of a PDF. */
  async function paper(name, pdf, { width = 620 } = {}) {
    const folder = mkdtempSync(join(tmpdir(), "ardoise-paper-"))
    try {
      writeFileSync(join(folder, "in.pdf"), pdf)
      const words = ["-png", "-singlefile", "-f", "1", "-scale-to-x", String(width), "-scale-to-y", "-1"]
      const { status, stderr } = spawnSync("pdftoppm", [
        ...words,
        join(folder, "in.pdf"),
        join(folder, "out"),
      ])
      if (status !== 0) throw new Error(`pdftoppm (poppler-utils): ${stderr}`)
      await keep(name, readFileSync(join(folder, "out.png")))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  /** Writes a picture with as many colours as fit the weight. */
  async function keep(name, image, most = COLOURS) {
    for (const colours of most) {
      const png = await sharp(image)
        .png({ palette: true, colours, effort: 10, compressionLevel: 9, dither: 0 })
        .toBuffer()
      if (png.length > MOST_BYTES) continue
      writeFileSync(join(FOLDER, `${name}.png`), png)
      taken.push({ name, bytes: png.length })
      return
    }
    throw new Error(`${name} is heavier than ${MOST_BYTES} bytes with ${most.at(-1)} colours`)
  }

  return { browser, as, picture, paper, taken, close: () => program.close() }
}
