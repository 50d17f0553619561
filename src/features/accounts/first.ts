import type { Logger } from "pino"
import type { Config } from "../../config.ts"
import type { Schools } from "../../school.ts"

export async function openFirstSchool(_schools: Schools, _config: Config, _log: Logger): Promise<void> {}
