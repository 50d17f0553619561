import { createHash } from "node:crypto"
import { qrPng } from "./qr.ts"

/** Names of a document's images; the same picture is kept once however many of its pages show it. */
export class Pictures {
  readonly images: Record<string, string> = {}

  /** From base64 of a PNG or JPEG; undefined for none. */
  name(base64: string | undefined): string | undefined {
    if (!base64) return undefined
    const name = createHash("sha1").update(base64).digest("base64url")
    this.images[name] ??= `data:image/${base64.startsWith("/9j/") ? "jpeg" : "png"};base64,${base64}`
    return name
  }

  /** The QR code of an address. */
  qr(url: string): string {
    this.images[url] ??= `data:image/png;base64,${Buffer.from(qrPng(url)).toString("base64")}`
    return url
  }
}
