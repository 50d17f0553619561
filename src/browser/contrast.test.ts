/// <reference types="node" />
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { brotliCompressSync, constants } from "node:zlib"
import { buildSync } from "esbuild"
import { test } from "uvu"
import * as assert from "uvu/assert"

const css = buildSync({
  entryPoints: [join(fileURLToPath(import.meta.url), "..", "style.css")],
  bundle: true,
  minify: true,
  write: false,
  target: ["chrome80", "firefox74"],
}).outputFiles[0]?.text as string

type Rule = { selectors: string[]; color?: string; ground?: string }

const PAGE = "#fbfaf6"
/** Parts that stand on slate; what they open (the account's panel) and what is current in them stand on chalk. */
const ON_SLATE = /^\.(top|areas|menu|brand|find|who summary)\b/
const ON_CHALK = /\[aria-current\]|^\.who div|wordmark/
/** Grounds that a text without a ground of its own may stand on: page, hovered row, white field; slate and hovered slate. */
const GROUNDS = { chalk: [PAGE, "#f1efe7", "#ffffff"], slate: ["#22303a", "#31424e"] }

test("every colour of text can be read on every ground it may stand on, 4.5 to 1 or better", () => {
  const wrong: string[] = []
  let pairs = 0
  for (const { selectors, color, ground } of rulesOf(css)) {
    for (const selector of selectors) {
      const grounds = ground ? [ground] : slate(selector) ? GROUNDS.slate : GROUNDS.chalk
      const ink = color ?? (slate(selector) ? PAGE : "#1b1f22")
      for (const one of grounds) {
        pairs++
        const ratio = contrast(ink, one)
        if (ratio < 4.5) wrong.push(`${selector}: ${ink} on ${one} is ${ratio.toFixed(2)}`)
      }
    }
  }
  assert.equal(wrong, [])
  assert.ok(pairs > 100, `only ${pairs} pairs were found: the stylesheet is no longer read`)
})

test("edges of fields and boxes can be told from their ground, 3 to 1 or better", () => {
  const edges = [...css.matchAll(/(?:input|button)[^{}]*\{[^}]*border(?:-color)?:[^;}]*(#[0-9a-f]{3,6})\b/g)]
  assert.ok(edges.length > 3)
  for (const [rule, edge] of edges) {
    assert.ok(contrast(long(edge as string), PAGE) >= 3, rule)
  }
})

test("a reader of low contrast is caught by this very test", () => {
  assert.ok(contrast("#999999", PAGE) < 4.5)
  assert.is(contrast("#000000", "#ffffff"), 21)
  assert.equal(rulesOf("@media print{.a,.b>c{color:#abc;background:#FFF}}.d{border:0}"), [
    { selectors: [".a", ".b>c"], color: "#aabbcc", ground: "#ffffff" },
  ])
})

test("a first visit on 2G carries the whole stylesheet in 5.5 kB", () => {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 }
  const bytes = brotliCompressSync(css, { params }).length
  assert.ok(bytes <= 5500, `${bytes} bytes`)
})

test("neither shadow nor gradient nor anything fetched", () => {
  assert.not.match(css, /box-shadow|text-shadow|gradient|@font-face/)
  assert.is(css.match(/url\((?!["']?data:)/), null)
})

const slate = (selector: string) => ON_SLATE.test(selector) && !ON_CHALK.test(selector)

/** The rules that set a colour or a ground (paper apart: it is black on white), with plain hexadecimal values. */
function rulesOf(sheet: string): Rule[] {
  const rules: Rule[] = []
  for (const [, selectors, body] of sheet.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const declared = (property: string) =>
      (body as string)
        .match(new RegExp(`(?:^|;)${property}:([^;]*)`))?.[1]
        ?.trim()
        .toLowerCase()
    const color = hex(declared("color"))
    const ground = hex(declared("background") ?? declared("background-color"))
    if (color || ground) {
      rules.push({
        selectors: (selectors as string).split(",").map((one) => one.trim()),
        ...(color && { color }),
        ...(ground && { ground }),
      })
    }
  }
  return rules
}

function hex(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const found = value.match(/^#[0-9a-f]{3}(?:[0-9a-f]{3})?$/)
  if (found) return long(value)
  const allowed = /^(none|transparent|inherit|0 0|#22303a99|rgba\(34,48,58,\.6\)|url\(.*)$/
  if (!allowed.test(value))
    throw new Error(`« ${value} »: write colours as #rrggbb so that they can be checked`)
  return undefined
}

const long = (color: string) =>
  color.length === 4 ? `#${[...color.slice(1)].map((digit) => digit + digit).join("")}` : color

/** WCAG 2.2 contrast ratio of two #rrggbb colours. */
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

test.run()
