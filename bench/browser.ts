// The least of a browser: one connection, its cookies, and a count of every byte that came through.
import { Agent, type IncomingMessage, request } from "node:http"
import { DEMO_PASSWORD } from "../src/demo/cast.ts"
import { loginOf } from "../test/client.ts"

export type Received = {
  status: number
  headers: IncomingMessage["headers"]
  body: Buffer
  /** head and body as they came over the wire */
  bytes: number
}

/** bytes already counted on each connection */
const counted = new WeakMap<object, number>()

export class Browser {
  readonly #base: string
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #cookies = new Map<string, string>()

  constructor(base: string) {
    this.#base = base
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Received> {
    return this.#send("GET", path, null, headers)
  }

  /** Signs one of the cast in, as the form does. */
  async signIn(key: string): Promise<void> {
    const answer = await this.post("/sign-in", "/sign-in", { login: loginOf(key), password: DEMO_PASSWORD })
    if (answer.status !== 303) throw new Error(`${key} could not sign in: ${answer.status}`)
  }

  /** Sends a form, with a file where there is one; its hidden numbers come from the page it stands on. */
  async post(page: string, action: string, fields: Record<string, string>, file?: File): Promise<Received> {
    const html = (await this.get(page, { "accept-encoding": "identity" })).body.toString()
    const form = [...html.matchAll(/<form\b[\s\S]*?<\/form>/g)].map(([text]) => text)
    const own = form.find((text) => text.includes(`action="${action}"`)) ?? ""
    const all = file ? new FormData() : new URLSearchParams()
    for (const [, name, value] of own.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g))
      all.append(name as string, value as string)
    for (const [name, value] of Object.entries(fields)) all.append(name, value)
    if (file && all instanceof FormData) all.append("file", file)
    const sent = new Response(all)
    const type = sent.headers.get("content-type") ?? ""
    return this.#send("POST", action, Buffer.from(await sent.arrayBuffer()), { "content-type": type })
  }

  close(): void {
    this.#agent.destroy()
  }

  #send(method: string, path: string, form: Uint8Array | null, headers: Record<string, string>) {
    return new Promise<Received>((done, fail) => {
      const asked = request(
        new URL(path, this.#base),
        {
          method,
          agent: this.#agent,
          headers: {
            "accept-encoding": "br, gzip",
            cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; "),
            ...headers,
          },
        },
        (answer) => {
          const { socket } = answer
          const before = counted.get(socket) ?? 0
          const parts: Buffer[] = []
          answer.on("data", (part: Buffer) => parts.push(part))
          answer.on("end", () => {
            const after = socket.bytesRead
            counted.set(socket, after)
            for (const line of answer.headers["set-cookie"] ?? []) {
              const [, name, value] = line.match(/^([^=]+)=([^;]*)/) ?? []
              if (name) this.#cookies.set(name, value ?? "")
            }
            const { statusCode = 0, headers } = answer
            done({ status: statusCode, headers, body: Buffer.concat(parts), bytes: after - before })
          })
        },
      )
      asked.on("error", fail)
      asked.end(form)
    })
  }
}
