// Pictures as phones, scanners and attackers send them.
import { crc32, deflateSync } from "node:zlib"
import sharp from "sharp"

type Bytes = Uint8Array<ArrayBuffer>

const copy = (bytes: Uint8Array): Bytes => new Uint8Array(bytes)

/** A phone's photo: wide, lying on its side as EXIF says, with where it was taken. */
export async function phonePhoto(): Promise<Bytes> {
  const red = { create: { width: 800, height: 600, channels: 3 as const, background: "#b3261e" } }
  const mark = await sharp({ create: { width: 120, height: 600, channels: 3, background: "#1a56a6" } })
    .png()
    .toBuffer()
  const jpeg = await sharp(red)
    .composite([{ input: mark, left: 0, top: 0 }])
    .withExif({
      IFD0: { Make: "Tecno", Copyright: "Appareil de Moussa" },
      IFD3: {
        GPSLatitudeRef: "N",
        GPSLatitude: "12/1 36/1 0/1",
        GPSLongitudeRef: "W",
        GPSLongitude: "8/1 0/1 0/1",
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 90 })
    .toBuffer()
  return copy(jpeg)
}

/** The heaviest thing to compress: every point at random. */
export async function noise(width = 900, height = 1200): Promise<Bytes> {
  const picture = sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "#000",
      noise: { type: "gaussian", mean: 128, sigma: 90 },
    },
  })
  return copy(await picture.png({ compressionLevel: 1 }).toBuffer())
}

/** A PNG that says it has so many points and packs them into next to nothing. */
export function bomb(width: number, height: number): Bytes {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([1, 0, 0, 0, 0], 8) // one bit a point, grey
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * Math.min(height, 20_000)), { level: 9 })
  return copy(
    Buffer.concat([
      Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
      chunk("IHDR", head),
      chunk("IDAT", rows),
      chunk("IEND", Buffer.alloc(0)),
    ]),
  )
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), content])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(content.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** What is no photo, whatever its name says. */
export const NO_PHOTOS: readonly [name: string, content: string, said: string][] = [
  [
    "photo.svg",
    '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>',
    "un dessin SVG",
  ],
  [
    "photo.png",
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "un dessin SVG",
  ],
  ["photo.jpg", "<!DOCTYPE html><script>alert(1)</script>", "une page web"],
  ["photo.jpg", "GIF89a\x01\x00\x01\x00\x80\x00\x00<script>alert(1)</script>;", "une image GIF"],
  ["photo.jpeg", "%PDF-1.4\n%%EOF", "un PDF"],
  ["photo.jpg", "PK\x03\x04anything", "une archive ZIP"],
  ["photo.heic", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "au format HEIC"],
  ["photo.jpg", "MZ\x90\x00", "n’est pas une photo"],
  ["photo.jpg", "", "Ce fichier est vide"],
]
