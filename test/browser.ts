// A real browser for the journeys: one of the cast at a desk or with a phone, with scripts or without. What the
// browser complains of (console, policy, failed scripts) is asked for at the end of each journey.
import { existsSync } from "node:fs"
import { join } from "node:path"
import { type BrowserContext, chromium, type Page, type Browser as Program } from "playwright"
import * as assert from "uvu/assert"
import { DEMO_PASSWORD } from "../src/demo/cast.ts"
import { root } from "../src/root.ts"
import { readAssets } from "../src/web/assets.ts"
import { loginOf } from "./client.ts"
import { type Opening, openTestSchool, type TestSchool } from "./school.ts"

const STEP_MS = 10_000
const SCREENS = { desk: { width: 1366, height: 768 }, phone: { width: 360, height: 640 } }

export type Seat = {
  page: Page
  /** what the browser complained of since the last call */
  complaints(): string[]
}

export type Journey = {
  school: TestSchool
  /** somebody of the cast signed in, or nobody (null), in a browser of their own */
  open(who: string | null, options?: { screen?: keyof typeof SCREENS; scripts?: boolean }): Promise<Seat>
  /** what the browsers complained of until now, except what a seat's own test has looked at */
  complaints(): string[]
  close(): Promise<void>
}

/** A school with the files as built, and one browser program for all who come in. */
export async function openJourney(opening: Opening = {}): Promise<Journey> {
  const school = await openTestSchool({ ...opening, assets: readAssets(join(root, "public")) })
  const program = await launch()
  const seats: Seat[] = []
  const contexts: BrowserContext[] = []
  return {
    school,
    async open(who, { screen = "desk", scripts = true } = {}) {
      const context = await program.newContext({
        viewport: SCREENS[screen],
        javaScriptEnabled: scripts,
        baseURL: school.url,
        locale: "fr-FR",
        isMobile: screen === "phone",
        hasTouch: screen === "phone",
      })
      contexts.push(context)
      context.setDefaultTimeout(STEP_MS)
      const page = await context.newPage()
      const seat = { page, complaints: complaintsOf(page) }
      seats.push(seat)
      if (who) await signIn(page, who)
      return seat
    },
    complaints: () => seats.flatMap((seat) => seat.complaints()),
    async close() {
      await Promise.all(contexts.map((context) => context.close()))
      await program.close()
      await school.close()
    },
  }
}

function launch(): Promise<Program> {
  const known = ["chromium", "chromium-browser", "google-chrome"]
    .map((name) => `/usr/bin/${name}`)
    .find((path) => existsSync(path))
  return chromium.launch({
    ...(known ? { executablePath: known } : {}),
    timeout: 30_000,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  })
}

async function signIn(page: Page, who: string): Promise<void> {
  await page.goto("/sign-in")
  await page.fill("[name=login]", loginOf(who))
  await page.fill("[name=password]", DEMO_PASSWORD)
  await page.click("main button.main")
  await page.waitForURL((url) => url.pathname !== "/sign-in")
}

/** A refused form is an answer, though the console calls its status an error. */
const REFUSED_FORM = /the server responded with a status of 422/

function complaintsOf(page: Page): () => string[] {
  const said: string[] = []
  page.on("console", (message) => {
    const text = message.text()
    if (message.type() === "error" && !REFUSED_FORM.test(text)) said.push(`${page.url()}: ${text}`)
  })
  page.on("pageerror", (error) => said.push(`${page.url()}: ${error.message}`))
  page.on("response", (response) => {
    if (response.status() >= 500) said.push(`${response.url()}: ${response.status()}`)
  })
  return () => said.splice(0)
}

// Scripts for the page are strings: the program itself is checked without a browser's types.
const NAME_IN_FOCUS =
  "document.activeElement?.getAttribute('name') ?? document.activeElement?.textContent.trim()"
const FOCUS_SHOWS = `(({ outlineStyle, boxShadow }) => outlineStyle !== "none" || boxShadow !== "none")(
  getComputedStyle(document.activeElement))`
const WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"

/** The name of the field that has the keyboard's attention, or the words of the link or button. */
export const focused = (page: Page) => page.evaluate<string>(NAME_IN_FOCUS)

/** Presses Tab until the keyboard stands there; fails after so many presses, and where the focus cannot be seen. */
export async function tabTo(page: Page, what: string, most = 30): Promise<void> {
  for (let pressed = 0; pressed <= most; pressed++) {
    if ((await focused(page)) === what) {
      assert.ok(await page.evaluate<boolean>(FOCUS_SHOWS), `the focus on « ${what} » can be seen`)
      return
    }
    await page.keyboard.press("Tab")
  }
  assert.unreachable(`« ${what} » cannot be reached with Tab from ${page.url()}`)
}

/** Nothing of the page lies beyond the screen's right edge. */
export async function fitsScreen(page: Page): Promise<void> {
  const [wide, screen] = await page.evaluate<[number, number]>(WIDTHS)
  assert.ok(wide <= screen, `${page.url()} is ${wide} pixels wide on a screen of ${screen}`)
}
