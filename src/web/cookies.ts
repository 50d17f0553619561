import type { Request, Response } from "express"

/** The value of one cookie of the request. */
export function cookie(req: Request, name: string): string | null {
  for (const part of (req.headers.cookie ?? "").split(";")) {
    const at = part.indexOf("=")
    if (at > 0 && part.slice(0, at).trim() === name) return decoded(part.slice(at + 1).trim())
  }
  return null
}

/** A value that was not written by us may not decode: it is then no value. */
function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value)
  } catch {
    return null
  }
}

/** Sets a cookie that scripts cannot read and that other sites do not send along; Secure behind HTTPS. */
export function setCookie(
  req: Request,
  res: Response,
  name: string,
  value: string,
  maxAgeSeconds?: number,
): void {
  res.cookie(name, value, {
    httpOnly: true,
    sameSite: "lax",
    secure: req.secure,
    path: "/",
    ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds * 1000 }),
  })
}
