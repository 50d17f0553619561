// PDFs and pictures made off the main thread: one worker, started by the first order, stopped after a while without any.

import { Worker } from "node:worker_threads"
import type { Answer, Renderers } from "./worker.ts"

const IDLE_MS = 30_000

/** A class of 60 takes 60 MB in all instead of 130: left to itself V8 collects late. */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 128 }

/** What a renderer of the worker makes: the bytes of a PDF, or what it says of a picture. */
type Made<K extends keyof Renderers> = Awaited<ReturnType<Renderers[K]>>

type Waiting = {
  resolve(made: unknown): void
  reject(error: Error): void
  onProgress?: (pages: number) => void
}

let worker: Worker | undefined
let idle: NodeJS.Timeout | undefined
let orders = 0
const waiting = new Map<number, Waiting>()

/** worker.js beside the server in build/; from the sources worker.ts, which tsx must be told of in each thread. */
function openWorker(): Worker {
  if (!import.meta.url.endsWith(".ts"))
    return new Worker(new URL("./worker.js", import.meta.url), { resourceLimits })
  const source = JSON.stringify(new URL("./worker.ts", import.meta.url).href)
  const code = `import("tsx/esm/api").then((tsx) => { tsx.register(); return import(${source}) })`
  return new Worker(code, { eval: true, resourceLimits })
}

/**
 * Makes a document of that kind, after those already ordered. `onProgress` gets the pages drawn so far.
 * Rejects where the document cannot be made, or where the worker dies (out of memory).
 */
export function renderInWorker<K extends keyof Renderers>(
  kind: K,
  payload: Parameters<Renderers[K]>[0],
  onProgress?: (pages: number) => void,
): Promise<Made<K>> {
  clearTimeout(idle)
  worker ??= start()
  worker.ref()
  const id = ++orders
  const made = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject, onProgress }))
  worker.postMessage({ id, kind, payload })
  return made as Promise<Made<K>>
}

/** Stops the worker at once; documents still ordered are rejected. For the end of the process and of tests. */
export async function stopWorker(): Promise<void> {
  clearTimeout(idle)
  await worker?.terminate()
}

function start(): Worker {
  const started = openWorker()
  started.on("message", (answer: Answer) => {
    const order = waiting.get(answer.id)
    if (!order) return
    if ("pages" in answer) return order.onProgress?.(answer.pages)
    waiting.delete(answer.id)
    if ("made" in answer) order.resolve(answer.made)
    else order.reject(new Error(answer.error))
    if (waiting.size === 0) rest(started)
  })
  let cause = new Error("the document worker stopped")
  started.on("error", (error: Error) => {
    cause = error
  })
  started.on("exit", () => {
    if (worker === started) worker = undefined
    for (const order of waiting.values()) order.reject(cause)
    waiting.clear()
  })
  return started
}

/** A worker without orders does not keep the process alive, and goes after a while. */
function rest(resting: Worker) {
  resting.unref()
  idle = setTimeout(() => resting.terminate(), IDLE_MS)
  idle.unref()
}
