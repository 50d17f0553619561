// What `npm test` runs, each in a process of its own.
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { root } from "../install.mjs"

const FILE_SECONDS = 120
const JOURNEY_SECONDS = 240

const program = (...path) => join(root, "node_modules", ...path)

/** First: journeys and some tests open what it makes. */
export const build = {
  name: "build",
  commands: [[process.execPath, "scripts/build.mjs"]],
  seconds: FILE_SECONDS,
}

/** One check each, passed or failed. */
export const checks = [
  {
    name: "types",
    commands: [
      [program(".bin", "tsc"), "--noEmit"],
      [program(".bin", "tsc"), "--noEmit", "-p", "src/browser"],
    ],
    seconds: FILE_SECONDS,
  },
  { name: "lint", commands: [[program(".bin", "biome"), "check", "."]], seconds: FILE_SECONDS },
]

const uvu = (name, seconds) => ({
  name,
  commands: [[process.execPath, "--import", "tsx", name]],
  seconds,
  countsTests: true,
})

const filesEnding = (end, ...folders) =>
  folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true }).map((name) => `${folder}/${name}`),
    )
    .filter((name) => name.endsWith(end))
    .sort()

export const testFiles = () =>
  filesEnding(".test.ts", "src", "test", "bench").map((name) => uvu(name, FILE_SECONDS))

export const journeys = () => filesEnding(".e2e.ts", "test").map((name) => uvu(name, JOURNEY_SECONDS))
