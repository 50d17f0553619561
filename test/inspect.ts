// What must be true of every page, whoever asks for it.
import { HtmlValidate } from "html-validate"
import * as assert from "uvu/assert"
import { features } from "../src/features/index.ts"
import type { Answer } from "./client.ts"

/** A page asks at most a dozen questions of the database. */
const MOST_QUERIES = 12
/**
 * A page for families and the public fits one flight of TCP, 14,600 bytes in all: its stylesheet takes up to 5,500
 * (src/browser/contrast.test.ts) and the headers of both answers about 1,200. A staff page after the first visit: 8,000.
 */
const MOST_BYTES = { site: 14_600 - 5_500 - 1_200, app: 8_000 }

/** A string's key in place of its words: it begins with its feature's name. */
const UNTRANSLATED = new RegExp(
  `\\b(${features.map(({ name }) => name).join("|")})\\.[a-z_]+\\b(?!\\.example)`,
)

const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: {
    "no-trailing-whitespace": "off",
    "no-inline-style": "error",
    "no-implicit-button-type": "off",
    "long-title": "off",
    "require-sri": "off",
    "doctype-style": "off",
    "void-style": "off",
    "attr-quotes": "off",
    "no-raw-characters": "off",
    "prefer-native-element": "off",
    "valid-autocomplete": "off",
    "tel-non-breaking": "off",
    "no-redundant-role": "off",
    "no-redundant-for": "off",
  },
})

const seen = new Set<string>()

/** Throws the first thing wrong with a page, named by what was asked. */
export async function inspect(
  asked: string,
  { status, body, bytes, queries, headers }: Answer,
): Promise<void> {
  const whole = body.startsWith("<!doctype") || body.startsWith("<!DOCTYPE")
  // what a guide tells to type at a terminal is no sentence of ours
  const text = body.replace(/<pre>[\s\S]*?<\/pre>/g, " ").replace(/<[^>]+>/g, " ")
  assert.not.match(text, /\bundefined\b|\bNaN\b|\[object Object\]/, `${asked}: an empty value is shown`)
  assert.not.match(text, UNTRANSLATED, `${asked}: an untranslated key`)
  assert.not.match(
    body,
    /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:/i,
    `${asked}: inline script or style`,
  )
  assert.ok(queries <= MOST_QUERIES || status >= 300, `${asked}: ${queries} queries`)
  if (!whole) return
  assert.is((body.match(/<h1\b/g) ?? []).length, 1, `${asked}: one h1`)
  const layout = body.includes('<body class="app') ? "app" : "site"
  if (headers.get("content-encoding")) {
    assert.ok(bytes <= MOST_BYTES[layout], `${asked}: ${bytes} bytes for a ${layout} page`)
  }
  if (layout === "site") assert.not.match(body, /<script/, `${asked}: a page for families carries no script`)
  if (seen.has(body)) return
  seen.add(body)
  const report = await validator.validateString(body)
  const problems = report.results
    .flatMap((result) => result.messages)
    .filter((message) => message.severity === 2)
  const first = problems[0]
  if (!first) return
  const line = body.split("\n")[first.line - 1]?.trim().slice(0, 200)
  assert.unreachable(`${asked}: ${first.ruleId}: ${first.message} — ${line}`)
}
