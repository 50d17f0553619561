import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto"

/** 22 letters of an HMAC-SHA256 (132 bits) of what is said under the school's secret. */
export const sign = (secret: Buffer, ...said: (string | number)[]) =>
  createHmac("sha256", secret).update(said.join("\n")).digest("base64url").slice(0, 22)

export const sha256 = (text: string | Uint8Array) => createHash("sha256").update(text).digest("hex")

export const randomToken = (bytes = 20) => randomBytes(bytes).toString("base64url")

/** Equal in constant time, whatever the lengths. */
export function same(one: string, other: string): boolean {
  const a = createHash("sha256").update(one).digest()
  const b = createHash("sha256").update(other).digest()
  return timingSafeEqual(a, b)
}
