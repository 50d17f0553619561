// What must be true of every page, whoever asks for it.
import { HtmlValidate } from "html-validate"
import * as assert from "uvu/assert"
import type { Answer } from "./client.ts"

/** A page asks at most a dozen questions of the database. */
const MOST_QUERIES = 12
/**
 * A page for families and the public fits one flight of TCP, 14,600 bytes in all: its stylesheet takes up to 5,500
 * (src/browser/contrast.test.ts) and the headers of both answers about 1,200. A staff page after the first visit: 8,000.
 */
const MOST_BYTES = { site: 14_600 - 5_500 - 1_200, app: 8_000 }
