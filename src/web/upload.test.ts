// Files that come in: one, within its limit; a larger one is answered before it has arrived.
import type { AddressInfo, Socket } from "node:net"
import { connect } from "node:net"
import express, { type NextFunction, type Request, type Response } from "express"
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Refusal } from "./refusal.ts"
import { openServer } from "./server.ts"
import { takeFile } from "./upload.ts"

const MOST = 1_000_000

/** A site with one form that takes a file; a refused one may go on arriving for a fifth of a second. */
async function withSite(work: (port: number) => Promise<void>): Promise<void> {
  const site = express()
  site.post("/", takeFile({ field: "file", maxBytes: MOST }, 200), (req, res) => {
    res.send(`${req.file?.size ?? "none"} ${req.body?.label}`)
  })
  site.use((problem: unknown, _req: Request, res: Response, _next: NextFunction) => {
    res.status((problem as Refusal).status).send((problem as Refusal).message)
  })
  const server = openServer(site)
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  try {
    await work((server.address() as AddressInfo).port)
  } finally {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
}

async function sent(port: number, bytes: number): Promise<string> {
  const body = new FormData()
  body.append("label", "Acte")
  body.append("file", new Blob([new Uint8Array(bytes)]), "acte.pdf")
  const answer = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body })
  return `${answer.status} ${await answer.text()}`
}

/** What a socket was told until it was closed, and when each happened, in milliseconds. */
function heard(socket: Socket): Promise<{ text: string; answered: number; closed: number }> {
  const began = performance.now()
  let [text, answered] = ["", 0]
  return new Promise((done) => {
    socket.on("data", (part) => {
      answered ||= performance.now() - began
      text += part
    })
    socket.on("error", () => undefined)
    socket.on("close", () => done({ text, answered, closed: performance.now() - began }))
  })
}

test("a file comes with the fields beside it; one byte more than allowed is refused", () =>
  withSite(async (port) => {
    assert.is(await sent(port, MOST), "200 1000000 Acte")
    assert.match(await sent(port, MOST + 1), "413 Ce fichier est trop lourd : 1 Mo au plus.")
    assert.match(await sent(port, 30_000_000), "413 Ce fichier est trop lourd : 1 Mo au plus.")
  }))

test("who announces too much on a slow line is answered at once, and holds the connection no longer than a moment", () =>
  withSite(async (port) => {
    const socket = connect(port, "127.0.0.1")
    const told = heard(socket)
    const head = ["POST / HTTP/1.1", "Host: x", "Content-Type: multipart/form-data; boundary=limit"]
    socket.write(`${[...head, "Content-Length: 30000000"].join("\r\n")}\r\n\r\n--limit\r\n`)
    const trickle = setInterval(() => socket.write("0123456789"), 20)
    const { text, answered, closed } = await told
    clearInterval(trickle)
    assert.match(text, /^HTTP\/1\.1 413/)
    assert.match(text, "1 Mo au plus")
    assert.ok(answered < closed, "the answer came before the end")
    assert.ok(closed < 5_000, `closed after ${Math.round(closed)} ms`)
  }))

test("a form that hides how long it is is cut at the limit all the same", () =>
  withSite(async (port) => {
    const socket = connect(port, "127.0.0.1")
    const told = heard(socket)
    const head = ["POST / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked", "Connection: close"]
    socket.write(`${[...head, "Content-Type: multipart/form-data; boundary=limit"].join("\r\n")}\r\n\r\n`)
    const chunk = (part: string) => socket.write(`${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`)
    chunk('--limit\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n')
    for (let n = 0; n < 30; n++) chunk("x".repeat(50_000))
    chunk("\r\n--limit--\r\n")
    socket.write("0\r\n\r\n")
    assert.match((await told).text, /^HTTP\/1\.1 413/)
  }))

test.run()
