// For tests: what a person sees in a PDF, through poppler-utils. Where they are missing the test fails.

import { execFileSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import jsqr from "jsqr"
import { PNG } from "pngjs"

/** The text of each page, in the order it was drawn; of its left part alone where a width in points is given. */
export function textOf(pdf: Uint8Array, width?: number): string[] {
  const part = width ? ["-x", "0", "-y", "0", "-W", String(Math.floor(width)), "-H", "2000"] : []
  return poppler("pdftotext", ["-raw", ...part, "-", "-"], pdf)
    .split("\f")
    .slice(0, -1)
}

/** "Title", "Pages", "Page size"… as pdfinfo says them. */
export function infoOf(pdf: Uint8Array): Record<string, string> {
  const lines = poppler("pdfinfo", ["-"], pdf).trimEnd().split("\n")
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(17)]))
}

export type Word = { text: string; left: number; top: number; right: number; bottom: number }

/** Every word of each page with its place, in points from the top left. */
export function wordsOf(pdf: Uint8Array): Word[][] {
  const pages = poppler("pdftotext", ["-bbox", "-", "-"], pdf).split("<page ").slice(1)
  const word = /xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)<\/word>/g
  return pages.map((page) =>
    [...page.matchAll(word)].map(([, left, top, right, bottom, text]) => ({
      text: text as string,
      left: Number(left),
      top: Number(top),
      right: Number(right),
      bottom: Number(bottom),
    })),
  )
}

/** What a phone reads in the QR code of a part of a page, given as shares of its width and height. */
export function qrOf(
  pdf: Uint8Array,
  page: number,
  [fromX, toX]: [number, number] = [0, 1],
): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "ardoise-pdf-"))
  try {
    writeFileSync(join(folder, "in.pdf"), pdf)
    const pages = ["-f", String(page), "-l", String(page)]
    execFileSync("pdftoppm", ["-r", "150", "-png", ...pages, join(folder, "in.pdf"), join(folder, "page")])
    const picture = readdirSync(folder).find((name) => name.endsWith(".png")) as string
    const { width, height, data } = PNG.sync.read(readFileSync(join(folder, picture)))
    const [left, right] = [Math.round(width * fromX), Math.round(width * toX)]
    const part = new Uint8ClampedArray((right - left) * height * 4)
    for (let y = 0; y < height; y++) {
      part.set(data.subarray((y * width + left) * 4, (y * width + right) * 4), y * (right - left) * 4)
    }
    return jsqr.default(part, right - left, height)?.data
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function poppler(command: string, options: string[], pdf: Uint8Array): string {
  return execFileSync(command, options, { input: pdf, encoding: "utf8", maxBuffer: 64e6 })
}
