// Takes the pictures of README and guides again: the demonstration in a temporary folder, a browser per person, every
// picture written into docs/pictures. The same program gives the same pictures.
import { mkdirSync, readdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { installPackages, installTestTools, root } from "./install.mjs"

installPackages()
installTestTools()
const { buildBrowser, buildProgram } = await import("./build.mjs")
await Promise.all([buildProgram(), buildBrowser()])
const { startProgram } = await import("./pictures/program.mjs")
const { openCamera } = await import("./pictures/camera.mjs")
const { demonstration, firstVisit } = await import("./pictures/tour.mjs")

const folder = join(root, "docs", "pictures")
mkdirSync(folder, { recursive: true })
const taken = []
for (const { demo, tour } of [
  { demo: true, tour: demonstration },
  { demo: false, tour: firstVisit },
]) {
  const program = await startProgram({ demo })
  const camera = await openCamera(program.url)
  try {
    await tour(camera, program)
    taken.push(...camera.taken)
  } finally {
    await camera.close()
    await program.stop()
  }
}
// pictures that the tour no longer takes
const names = new Set(taken.map(({ name }) => `${name}.png`))
for (const name of readdirSync(folder)) if (!names.has(name)) rmSync(join(folder, name))
for (const { name, bytes } of taken)
  console.log(`${name.padEnd(28)} ${(bytes / 1000).toFixed(1).padStart(6)} kB`)
console.log(`${taken.length} pictures in docs/pictures`)
