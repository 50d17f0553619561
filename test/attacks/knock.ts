// A program at the door, not a browser: any header, any body, any path, and no inspection of what comes back.
import { type IncomingHttpHeaders, request } from "node:http"
import type { Client } from "../client.ts"

export type Knock = {
  status: number
  headers: IncomingHttpHeaders
  body: string
  /** from sending to the last byte */
  ms: number
}

export type Asked = { headers?: Record<string, string>; body?: string; as?: Client }

/** Sends one request to a server; `as` brings the cookies of a client. */
export function knock(url: string, asked: string, { headers = {}, body, as }: Asked = {}): Promise<Knock> {
  const [method, path] = asked.split(" ") as [string, string]
  const { hostname, port } = new URL(url)
  const began = performance.now()
  const cookies = as && { cookie: as.cookies() }
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers: { ...cookies, ...headers } }, (answer) => {
      const parts: Buffer[] = []
      answer.on("data", (part: Buffer) => parts.push(part))
      answer.on("end", () =>
        resolve({
          status: answer.statusCode as number,
          headers: answer.headers,
          body: Buffer.concat(parts).toString("utf8"),
          ms: performance.now() - began,
        }),
      )
    })
    sent.on("error", reject)
    sent.end(body)
  })
}

/** The hidden numbers of the form with this action on a page. */
export function numbersOf(page: string, action: string): Record<string, string> {
  const form = page.split("<form").find((html) => html.includes(`action="${action}"`)) ?? ""
  const hidden = /<input type="hidden" name="(_form|_once)" value="([^"]*)">/g
  return Object.fromEntries([...form.matchAll(hidden)].map(([, name, value]) => [name, value]))
}

export const urlencoded = { "content-type": "application/x-www-form-urlencoded" }

/** A form as browsers send it with a file, of any field names. */
export function multipart(fields: [name: string, value: string][]) {
  const parts = fields.map(
    ([name, value]) =>
      `--limit\r\nContent-Disposition: form-data; name="${name}"${name === "file" ? '; filename="a.csv"' : ""}\r\n\r\n${value}\r\n`,
  )
  return {
    headers: { "content-type": "multipart/form-data; boundary=limit" },
    body: `${parts.join("")}--limit--\r\n`,
  }
}
