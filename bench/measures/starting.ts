// From the start of the process to listening, over a school that is there already.
import type { Line } from "../measure.ts"
import { start } from "../server.ts"

const ROUNDS = 5

export async function starting(dataFolder: string): Promise<Line[]> {
  const quickest = async (name: "ardoise" | "bare") => {
    let best = Number.POSITIVE_INFINITY
    for (let round = 0; round < ROUNDS; round++) {
      const server = await start(name, dataFolder)
      best = Math.min(best, server.listeningMs)
      await server.stop()
    }
    return best
  }
  return [
    {
      what: "start-up, to listening",
      value: await quickest("ardoise"),
      unit: "ms",
      reference: { what: "bare Express", value: await quickest("bare") },
      target: { most: 1000, of: "value" },
    },
  ]
}
