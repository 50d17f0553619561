/// <reference types="node" />
import { existsSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { buildSync } from "esbuild"
import { type Browser, chromium, type Locator, type Page } from "playwright"
import { suite } from "uvu"
import * as assert from "uvu/assert"

// The script of staff pages in a real browser, under the policy that the pages are sent with.

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'"
const script = buildSync({
  entryPoints: [join(fileURLToPath(import.meta.url), "..", "app.ts")],
  bundle: true,
  minify: true,
  write: false,
  format: "esm",
}).outputFiles[0]?.text as string

const frame = (body: string) => `<!doctype html><html lang="fr"><head><title>Page</title>
<link rel="icon" href="data:,"><script type="module" src="/app.js"></script></head><body>${body}</body></html>`

const HOME = frame(`<input type="search" id="find" name="q" aria-label="Chercher">
<main id="page" tabindex="-1"><form id="mark" method="post" action="/marks" hx-post="/marks" hx-target="#mark" hx-swap="outerHTML">
<input name="mark" id="f-mark" aria-label="Note"><button id="send">Noter</button></form>
<button id="gone" hx-get="/gone">Voir</button>
<button id="cut" hx-get="/cut">Actualiser</button>
<button id="erase" hx-post="/erase" hx-confirm="Effacer la note ?" hx-target="#page">Effacer</button>
<form method="post" action="/undo" data-confirm="Annuler l’import du 5 octobre ?"><button id="undo">Annuler l’import</button></form></main>`)

const REFUSED = `<form id="mark" hx-post="/marks"><div class="problems" id="problems" role="alert" tabindex="-1">
<ul><li><a href="#f-mark">21 dépasse 20.</a></li></ul></div><input name="mark" id="f-mark" value="21" aria-label="Note"></form>`

const pageScript = suite("the script of staff pages")
let server: Server
let browser: Browser
let page: Page
let complaints: string[]
let posted: string[]

pageScript.before(async () => {
  server = createServer((req, res) => {
    if (req.method === "POST") posted.push(req.url ?? "")
    res.setHeader("Content-Security-Policy", POLICY)
    const html = (status: number, body: string) =>
      res.writeHead(status, { "Content-Type": "text/html; charset=utf-8" }).end(body)
    if (req.url === "/app.js") res.writeHead(200, { "Content-Type": "text/javascript" }).end(script)
    else if (req.url === "/marks") html(422, REFUSED)
    else if (req.url === "/gone") html(404, "<p>non</p>")
    else if (req.url === "/cut") req.socket.destroy()
    else if (req.url === "/erase") html(200, "<p>Effacée</p>")
    else html(200, HOME)
  }).listen(0)
  browser = await chromium.launch({ args: ["--no-sandbox"], executablePath: installedBrowser() })
})

pageScript.after(async () => {
  await browser.close()
  server.close()
})

pageScript.before.each(async () => {
  complaints = []
  posted = []
  page = await browser.newPage()
  page.setDefaultTimeout(5000)
  page.on("pageerror", (error) => complaints.push(error.message))
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text())
  })
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`)
})

pageScript.after.each(() => page.close())

pageScript(
  "a form refused with 422 takes its place with its errors, and the reader is taken to them",
  async () => {
    await page.fill("#f-mark", "21")
    await page.click("#send")
    await page.waitForSelector("#problems")
    assert.is(await page.evaluate(() => document.activeElement?.id), "problems")
    assert.is(await page.inputValue("#f-mark"), "21")
  },
)

pageScript("a cut line is told in French, what was typed stays, and the notice can be closed", async () => {
  await page.fill("#f-mark", "12,5")
  await page.click("#cut")
  const notice = page.getByRole("alert")
  assert.match(await words(notice), /réseau ne répond pas/)
  assert.is(await page.inputValue("#f-mark"), "12,5")
  await notice.getByRole("button", { name: "Fermer" }).click()
  assert.is(await notice.count(), 0)
})

pageScript("a refused request says so and leaves the page as it was", async () => {
  await page.click("#gone")
  assert.match(await words(page.getByRole("alert")), /n’existe plus, ou vous n’y avez pas accès/)
  assert.is(await words(page.locator("#gone")), "Voir")
})

pageScript("« / » goes to the search field, and is a letter like another inside a field", async () => {
  await page.keyboard.press("/")
  assert.is(await page.evaluate(() => document.activeElement?.id), "find")
  await page.focus("#f-mark")
  await page.keyboard.type("7/10")
  assert.is(await page.inputValue("#f-mark"), "7/10")
})

pageScript(
  "a form that asks before sending sends nothing when the answer is no, and once when it is yes",
  async () => {
    await page.click("#undo")
    const question = page.getByRole("dialog")
    assert.match(await words(question), /Annuler l’import du 5 octobre \?/)
    await question.getByRole("button", { name: "Ne rien changer" }).click()
    await question.waitFor({ state: "detached" })
    assert.equal(posted, [])
    await page.click("#undo")
    await Promise.all([
      page.waitForURL("**/undo"),
      page.getByRole("dialog").getByRole("button", { name: "Annuler l’import" }).click(),
    ])
    assert.equal(posted, ["/undo"])
  },
)

pageScript("hx-confirm asks with the same dialog, Escape is a no", async () => {
  await page.click("#erase")
  await page.getByRole("dialog").waitFor()
  await page.keyboard.press("Escape")
  await page.getByRole("dialog").waitFor({ state: "detached" })
  assert.equal(posted, [])
  await page.click("#erase")
  await page.getByRole("dialog").getByRole("button", { name: "Effacer" }).click()
  await page.getByText("Effacée").waitFor()
  assert.equal(posted, ["/erase"])
})

pageScript("nothing breaks the policy: no inline style, no eval, no complaint in the console", async () => {
  await page.click("#erase")
  await page.getByRole("dialog").getByRole("button", { name: "Effacer" }).click()
  await page.getByText("Effacée").waitFor()
  assert.equal(complaints, [])
})

pageScript("nothing of a page stays in the storage of a shared PC, the address apart", async () => {
  await page.fill("#f-mark", "21")
  await page.click("#send")
  await page.waitForSelector("#problems")
  const kept = await page.evaluate(() => [...Object.values(localStorage), ...Object.values(sessionStorage)])
  assert.equal(
    kept.filter((text) => text !== "/"),
    [],
  )
})

const words = async (part: Locator) => (await part.textContent()) ?? ""

function installedBrowser(): string | undefined {
  const known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
  return known.find((path) => existsSync(path))
}

pageScript.run()
