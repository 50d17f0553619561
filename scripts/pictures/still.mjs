// Loaded before the program (node --import): a clock that stands still and chance that repeats itself, so that the
// same program gives the same pictures.
import crypto from "node:crypto"
import { syncBuiltinESMExports } from "node:module"

/** A Friday morning of the demonstration year, twelve days before the first trimester ends. */
export const NOW = Date.parse("2026-12-11T09:12:00.000Z")

const RealDate = Date
globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [NOW] : given))
  }
  static now() {
    return NOW
  }
}

const { createHash } = crypto
const draws = new Map()

/** The next bytes of a kind: as many requests as one likes do not change the codes of the bulletins. */
function draw(kind, size) {
  const n = draws.get(kind) ?? 0
  draws.set(kind, n + 1)
  const blocks = Array.from({ length: Math.ceil(size / 32) }, (_, block) =>
    createHash("sha256").update(`${kind} ${n} ${block}`).digest(),
  )
  return Buffer.concat(blocks).subarray(0, size)
}

crypto.randomBytes = (size, give) => {
  const bytes = draw("bytes", size)
  if (!give) return bytes
  setImmediate(give, null, bytes)
}
crypto.randomInt = (least, most) => {
  const [from, to] = most === undefined ? [0, least] : [least, most]
  return from + (draw("int", 4).readUInt32BE() % (to - from))
}
syncBuiltinESMExports()
