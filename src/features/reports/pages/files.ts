import type { Response } from "express"

const TYPES: Record<string, string> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

/** Sends a file to be kept by whoever asked for it; what kind it is its name says. */
export function sendFile(res: Response, bytes: Uint8Array, name: string): void {
  res.setHeader("Content-Type", TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream")
  res.setHeader("Content-Disposition", `attachment; filename="${name.replace(/[^\w.-]+/g, "-")}"`)
  res.setHeader("Cache-Control", "private, no-store")
  res.end(bytes)
}
