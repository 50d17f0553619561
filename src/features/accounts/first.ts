// What happens where there is no school yet: the demonstration, or a code that opens the first visit.
import type { Logger } from "pino"
import type { Config } from "../../config.ts"
import { refresh, type School, type Schools } from "../../school.ts"
import { sign } from "../../web/signing.ts"
import { demoAccounts } from "./demo.ts"
import { openingCode } from "./passwords.ts"
import { keepOpeningCode } from "./queries/opening.ts"

/** « kd7m qx4t » and « KD7M-QX4T » are the same code; only its signature under the school's secret is kept. */
export const openingSignature = (secret: Buffer, typed: string) =>
  sign(secret, "opening", typed.toUpperCase().replace(/[^A-Z0-9]/g, ""))

/**
 * Called once at start. Where the only school has no name: fills it with the demonstration, or, without one
 * (`config.demo` false), prints a code that the first visit asks for. `say` writes for whoever reads the console.
 */
export async function openFirstSchool(
  schools: Schools,
  config: Config,
  log: Logger,
  say: (text: string) => void = (text) => void process.stdout.write(text),
): Promise<void> {
  const unnamed = schools.all.filter((school) => !school.settings.name)
  const [only] = unnamed
  if (config.demo && only && schools.all.length === 1) {
    const { openDemonstration } = await import("../../demo/index.ts")
    await openDemonstration(only)
    await refresh(only)
    log.info({ school: only.id }, "the demonstration is open")
  } else {
    for (const school of unnamed) await announceCode(school, config, { log, say })
  }
  for (const { settings } of schools.all) if (settings.demo) say(demonstration(config, settings.name))
}

const addressOf = (config: Config) => config.publicUrl ?? `http://localhost:${config.port}`

async function announceCode(
  school: School,
  config: Config,
  { log, say }: { log: Logger; say: (text: string) => void },
): Promise<void> {
  const code = openingCode()
  await keepOpeningCode(school.db, openingSignature(school.secret, code))
  const address = `${addressOf(config)}/first`
  log.warn({ school: school.id, address, code }, "no school yet: the first visit creates it with this code")
  say(
    [
      "",
      "  Aucune école n’est encore ouverte sur ce serveur.",
      `  Ouvrez      ${address}`,
      `  avec ce code ${code}   (il change à chaque démarrage et ne sert qu’une fois)`,
      "",
      "",
    ].join("\n"),
  )
}

function demonstration(config: Config, name: string): string {
  const width = Math.max(...demoAccounts.map(({ role }) => role.length))
  return [
    "",
    `  ${name} – démonstration`,
    `  ${addressOf(config)}`,
    "",
    ...demoAccounts.map(({ role, login }) => `  ${role.padEnd(width)}  ${login}`),
    `  Mot de passe de tous ces comptes : ${demoAccounts[0]?.password}`,
    "",
    "",
  ].join("\n")
}
