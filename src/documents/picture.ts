// Pictures that people send, decoded and made anew: nothing of the file they sent is kept, neither where it was taken
// nor what it carried besides the picture. The only place that knows sharp; only the worker loads it.
import sharp, { type Sharp } from "sharp"
import type { PictureProblem } from "./received.ts"

/** A picture made here, or why there is none. */
export type MadePicture = { jpeg: Uint8Array } | { problem: PictureProblem }

export const PORTRAIT = { width: 240, height: 320, bytes: 15_000 }
export const LOGO = { side: 260, bytes: 20_000 }
export const SCAN = { side: 1600, bytes: 400_000 }

/** A phone's camera takes 50 million points at most; what must be held whole while it is read may have half of them. */
const MOST_POINTS = 50_000_000
const MOST_POINTS_HELD = 25_000_000
const LEAST_SIDE = 90

// One worker on a small server: no thread of its own a core, no decoded picture kept.
sharp.concurrency(1)
sharp.cache(false)
// Three readers and no other: an SVG or a TIFF in disguise meets nobody who would open it.
sharp.block({ operation: ["VipsForeignLoad"] })
sharp.unblock({
  operation: ["VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer", "VipsForeignLoadWebpBuffer"],
})

/** A portrait 240 × 320, cut around what draws the eye, of 15 kB at most whatever it shows. */
export const portrait = (bytes: Uint8Array) =>
  made(bytes, async (picture) => {
    const { width, height } = PORTRAIT
    const small = await flat(
      picture.resize(width, height, { fit: "cover", position: sharp.strategy.attention }),
    )
    return (await within(small, PORTRAIT.bytes, 82)) ?? (await within(small.blur(2), PORTRAIT.bytes, 40))
  })

/** A page photographed or scanned, 1600 points long at most, of 400 kB at most. */
export const scannedPage = (bytes: Uint8Array) =>
  made(bytes, async (picture) => {
    const { side } = SCAN
    const page = await flat(
      picture.resize({ width: side, height: side, fit: "inside", withoutEnlargement: true }),
    )
    return (await within(page, SCAN.bytes, 80)) ?? (await within(page.blur(2), SCAN.bytes, 40))
  })

/** A school's logo on white, 260 points at most each way: 18 mm of paper at 360 a thumb. */
export const logo = (bytes: Uint8Array) =>
  made(bytes, async (picture) => {
    const { side } = LOGO
    const small = await flat(
      picture.resize({ width: side, height: side, fit: "inside", withoutEnlargement: true }),
    )
    return (await within(small, LOGO.bytes, 90)) ?? (await within(small.blur(2), LOGO.bytes, 40))
  })

/** The same picture without its colours, base64 as before; one that cannot be read stays as it was. */
export async function grey(base64: string): Promise<string> {
  try {
    const how = { quality: 80, progressive: false }
    const drawn = sharp(Buffer.from(base64, "base64")).flatten({ background: "#ffffff" }).toColourspace("b-w")
    return (await drawn.jpeg(how).toBuffer()).toString("base64")
  } catch {
    return base64
  }
}

async function made(
  bytes: Uint8Array,
  draw: (upright: Sharp) => Promise<Uint8Array | null>,
): Promise<MadePicture> {
  try {
    const problem = await sizeProblem(bytes)
    if (problem) return { problem }
    const upright = sharp(bytes, { limitInputPixels: MOST_POINTS, failOn: "error" }).autoOrient()
    const jpeg = await draw(upright)
    return jpeg ? { jpeg } : { problem: "too_large" }
  } catch {
    return { problem: "unreadable" }
  }
}

/** Said by the head of the file, before anything is decoded. */
async function sizeProblem(bytes: Uint8Array): Promise<PictureProblem | null> {
  const { width, height, format, isProgressive } = await sharp(bytes, { limitInputPixels: false }).metadata()
  const streamed = format === "jpeg" && !isProgressive
  if (width * height > (streamed ? MOST_POINTS : MOST_POINTS_HELD)) return "too_large"
  return Math.min(width, height) < LEAST_SIDE ? "too_small" : null
}

/** Drawn once, without transparency, in the colours that every screen knows; what follows only compresses it. */
async function flat(picture: Sharp): Promise<Sharp> {
  const { data, info } = await picture
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true })
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
}

/** The best JPEG of at most so many bytes, from a quality downwards; null where even the worst is heavier. */
async function within(picture: Sharp, bytes: number, best: number): Promise<Uint8Array | null> {
  for (let quality = best; quality >= 10; quality -= 8) {
    // not progressive: papers are printed with it, and old readers of PDF know only the plain kind
    const how = { quality, progressive: false, trellisQuantisation: true, quantisationTable: 3 }
    const jpeg = await picture.clone().jpeg(how).toBuffer()
    if (jpeg.length <= bytes) return jpeg
  }
  return null
}
