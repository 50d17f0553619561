import { spawn } from "node:child_process"
import { root } from "../install.mjs"

/** Runs jobs, so many at once; gives for each what it counted and, where it failed, what it said. */
export async function runAll(jobs, { env, atOnce }) {
  const waiting = [...jobs]
  const results = []
  const worker = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      const result = await runJob(job, env)
      say(result)
      results.push(result)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}

async function runJob(job, env) {
  const started = performance.now()
  let output = ""
  let wrong = null
  for (const command of job.commands) {
    const ended = await runCommand(command, env, job.seconds)
    output += ended.output
    wrong ??= ended.wrong
  }
  const seconds = (performance.now() - started) / 1000
  const { passed, failed, reason } = job.countsTests ? countTests(output, wrong) : countOnce(wrong)
  return { name: job.name, passed, failed, reason, output, seconds }
}

function runCommand([program, ...args], env, seconds) {
  return new Promise((resolve) => {
    // a group of its own, so that a time-out also ends what the file started
    const child = spawn(program, args, { cwd: root, env, detached: true, stdio: ["ignore", "pipe", "pipe"] })
    let output = ""
    let late = false
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (output += part))
    const timer = setTimeout(() => {
      late = true
      process.kill(-child.pid, "SIGKILL")
    }, seconds * 1000)
    child.on("error", (error) => {
      clearTimeout(timer)
      resolve({ output, wrong: error.message })
    })
    child.on("close", (code, signal) => {
      clearTimeout(timer)
      const wrong = late
        ? `did not end within ${seconds} s`
        : code !== 0
          ? `ended with ${signal ?? code}`
          : null
      resolve({ output, wrong })
    })
  })
}

const countOnce = (wrong) => ({ passed: wrong ? 0 : 1, failed: wrong ? 1 : 0, reason: wrong })

/** Reads uvu's sums. A file that ran no test, or died beside its tests, counts as one failure. */
function countTests(output, wrong) {
  const sum = (word) =>
    [...output.matchAll(new RegExp(`^ {2}${word}:\\s+(\\d+)`, "gm"))].reduce(
      (all, [, n]) => all + Number(n),
      0,
    )
  const passed = sum("Passed")
  const failed = sum("Total") - passed
  if (sum("Total") === 0)
    return { passed: 0, failed: 1, reason: wrong ?? "ran no test: is test.run() there?" }
  if (failed === 0 && wrong) return { passed, failed: 1, reason: wrong }
  return { passed, failed, reason: wrong }
}

function say({ name, passed, failed, seconds }) {
  const counted = failed > 0 ? `${passed} passed, ${failed} failed` : `${passed}`
  console.log(`${failed > 0 ? "✗" : "✓"} ${name}  ${counted}  (${seconds.toFixed(1)} s)`)
}
