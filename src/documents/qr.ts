// QR codes: a small 1-bit PNG for papers, SVG for pages. Both read the same with any phone.

import { crc32, deflateSync } from "node:zlib"
import { encode } from "uqr"

/** Pixels of one module: enough that a viewer which smooths images leaves the code readable. */
const SCALE = 3
/** White modules around the code, asked by the standard. */
const BORDER = 4

const modulesOf = (text: string) => encode(text, { ecc: "M", border: BORDER }).data

/** A black and white PNG of the code, quiet zone included. The text is any string up to about 2,000 bytes. */
export function qrPng(text: string): Uint8Array {
  const modules = modulesOf(text)
  const pixels = modules.length * SCALE
  const rowBytes = Math.ceil(pixels / 8)
  const rows = Buffer.alloc(pixels * (rowBytes + 1))
  modules.forEach((row, r) => {
    const start = r * SCALE * (rowBytes + 1)
    row.forEach((dark, c) => {
      if (dark) return
      for (let x = c * SCALE; x < (c + 1) * SCALE; x++) {
        const at = start + 1 + (x >> 3)
        rows[at] = (rows[at] as number) | (0x80 >> (x & 7))
      }
    })
    // the other rows of this module repeat the one above: filter "up" with no difference
    for (let repeat = 1; repeat < SCALE; repeat++) rows[start + repeat * (rowBytes + 1)] = 2
  })
  const head = Buffer.alloc(13)
  head.writeUInt32BE(pixels, 0)
  head.writeUInt32BE(pixels, 4)
  head[8] = 1 // one bit of grey, no interlacing
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(typed))
  return Buffer.concat([length, typed, sum])
}

/** The code as an SVG that scales with its place on the page; `label` is read aloud instead of it. */
export function qrSvg(text: string, label = "Code QR"): string {
  const modules = modulesOf(text)
  let path = ""
  modules.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const from = x
      while (row[x + 1]) x++
      path += `M${from} ${y}h${x - from + 1}v1H${from}z`
    }
  })
  const size = modules.length
  const title = label.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" role="img" aria-label="${title}" ` +
    `shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`
  )
}
