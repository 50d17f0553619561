import { resolve } from "node:path"

export type Config = {
  port: number
  address: string
  /** where schools live: one folder each */
  dataFolder: string
  /** open a demonstration school where there is none */
  demo: boolean
  /** PostgreSQL instead of a SQLite file, for the default school */
  databaseUrl: string | null
  /** how the outside reaches this server, for links in SMS and QR codes; null: as the request says */
  publicUrl: string | null
  /** number of proxies in front whose X-Forwarded-* is believed */
  proxies: number
  logLevel: string
}

/** Every environment variable of the product, read and checked once; throws a sentence naming the wrong one. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  return {
    port: wholeNumber(env, "PORT", 3000, 65535),
    address: env.ARDOISE_ADDRESS ?? "0.0.0.0",
    dataFolder: resolve(env.ARDOISE_DATA ?? "data"),
    demo: (env.ARDOISE_DEMO ?? "1") !== "0",
    databaseUrl: env.ARDOISE_DATABASE_URL ?? null,
    publicUrl: publicUrl(env.ARDOISE_URL),
    proxies: wholeNumber(env, "ARDOISE_PROXIES", 0, 9),
    logLevel: env.ARDOISE_LOG ?? "info",
  }
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string, otherwise: number, most: number): number {
  const given = env[name]
  if (given === undefined || given === "") return otherwise
  const value = Number(given)
  if (!Number.isInteger(value) || value < 0 || value > most) {
    throw new Error(`${name} must be a whole number from 0 to ${most}, not « ${given} »`)
  }
  return value
}

function publicUrl(given: string | undefined): string | null {
  if (!given) return null
  if (!URL.canParse(given))
    throw new Error(`ARDOISE_URL must be an address such as https://lycee.example, not « ${given} »`)
  return given.replace(/\/+$/, "")
}
