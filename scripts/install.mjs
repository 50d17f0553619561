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

/** npm ci where node_modules is missing or older than the lock file. */
export function installPackages() {
  const installed = join(root, "node_modules", ".package-lock.json")
  const lock = join(root, "package-lock.json")
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return
  if (existsSync(installed) && sameLock(lock, installed)) return
  console.log("Installation des paquets (une à trois minutes la première fois)…")
  run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"])
}

function sameLock(lock, installed) {
  const wanted = JSON.parse(readFileSync(lock, "utf8")).packages
  const there = JSON.parse(readFileSync(installed, "utf8")).packages
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === "" || optional || there[path]?.version === version,
  )
}

const onPath = (program) => spawnSync("which", [program], { stdio: "ignore" }).status === 0

/** Debian packages that the tests need: a browser, and poppler to read PDF files back. */
export function installTestTools() {
  const wanted = [
    [["chromium", "chromium-browser", "google-chrome"], "chromium"],
    [["pdftotext"], "poppler-utils"],
  ].filter(([programs]) => !programs.some(onPath))
  if (wanted.length === 0) return
  const names = wanted.map(([, name]) => name)
  if (!onPath("apt-get")) {
    if (names.includes("chromium")) run("npx", ["playwright", "install", "chromium"])
    if (names.includes("poppler-utils"))
      throw new Error("install poppler (pdftotext, pdftoppm) to run the tests")
    return
  }
  const sudo = process.getuid?.() === 0 ? [] : ["sudo"]
  const apt = (...args) =>
    run(...[...sudo, "apt-get", ...args].reduce(([c, a], w) => (c ? [c, [...a, w]] : [w, []]), ["", []]))
  apt("update", "-qq")
  apt("install", "-y", "-qq", "--no-install-recommends", ...names)
}
