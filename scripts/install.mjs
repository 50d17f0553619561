// Installs what is missing: packages, and for the tests a browser and the PDF tools.
import { spawnSync } from "node:child_process"
import { existsSync, readFileSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = join(dirname(fileURLToPath(import.meta.url)), "..")

/** Runs a command with our own input and output; ends the program with its code where it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

/** npm ci where node_modules is missing or older than the lock file; told on stderr: stdout is the program's own. */
export function installPackages() {
  const installed = join(root, "node_modules", ".package-lock.json")
  const lock = join(root, "package-lock.json")
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return
  if (existsSync(installed) && sameLock(lock, installed)) return
  console.error("Installation des paquets (une à trois minutes la première fois)…")
  run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], {
    stdio: ["ignore", 2, 2],
  })
}

function sameLock(lock, installed) {
  const wanted = JSON.parse(readFileSync(lock, "utf8")).packages
  const there = JSON.parse(readFileSync(installed, "utf8")).packages
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === "" || optional || there[path]?.version === version,
  )
}

const onPath = (program) => spawnSync("which", [program], { stdio: "ignore" }).status === 0

/** What the tests need beside packages: a browser, and poppler to read PDF files back. */
export function installTestTools() {
  const browser = ["chromium", "chromium-browser", "google-chrome"].some(onPath) || playwrightHasOne()
  const missing = [...(browser ? [] : ["chromium"]), ...(onPath("pdftotext") ? [] : ["poppler-utils"])]
  if (missing.length === 0) return
  console.log(`Installation de ${missing.join(" et ")} pour les tests…`)
  if (apt("update", "-qq") && apt("install", "-y", "-qq", "--no-install-recommends", ...missing)) return
  if (!browser) run("npx", ["playwright", "install", "chromium"])
  if (!onPath("pdftotext")) throw new Error("install poppler (pdftotext, pdftoppm) to run the tests")
}

/** Playwright's own download, where the system has no browser. */
function playwrightHasOne() {
  const script = "import('playwright').then((p) => console.log(p.chromium.executablePath()))"
  const { stdout } = spawnSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" })
  return stdout.trim() !== "" && existsSync(stdout.trim())
}

/** Debian's packages, as root or with sudo; false where that is not possible. */
function apt(...args) {
  if (!onPath("apt-get")) return false
  const command = process.getuid?.() === 0 ? ["apt-get", ...args] : ["sudo", "-n", "apt-get", ...args]
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  return spawnSync(command[0], command.slice(1), { stdio: ["ignore", "ignore", "inherit"], env }).status === 0
}
