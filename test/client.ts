// A browser without scripts: keeps cookies, follows forms, and inspects every page it is given.
import * as assert from "uvu/assert"
import { DEMO_PASSWORD, GUARDIANS, STAFF, STUDENTS } from "../src/demo/cast.ts"
import { inspect } from "./inspect.ts"
import type { TestSchool } from "./school.ts"

export type Answer = {
  status: number
  headers: Headers
  body: string
  /** bytes of the body as sent, compressed */
  bytes: number
  /** statements asked of the database; 0 where work in the background asked at the same time */
  queries: number
  /** where a redirect leads */
  location: string | null
}

type Fields = Record<string, string | string[] | undefined>

const TIMEOUT_MS = 20_000

export class Client {
  readonly #test: TestSchool
  readonly #cookies = new Map<string, string>()
  /** the last page shown, with its forms */
  page: Answer | null = null

  constructor(test: TestSchool) {
    this.#test = test
  }

  /** Signs in with the form, as the person of the cast does. */
  async signIn(key: string, password = DEMO_PASSWORD): Promise<Answer> {
    await this.get("/sign-in")
    const answer = await this.post("/sign-in", { login: loginOf(key), password })
    assert.is(answer.status, 303, `${key} signs in`)
    return answer
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await this.#send("GET", path, undefined, headers)
    if (isPage(answer)) this.page = answer
    return answer
  }

  /** Follows redirects to a page. */
  async open(path: string): Promise<Answer> {
    let answer = await this.get(path)
    for (let hops = 0; answer.location && hops < 5; hops++) answer = await this.get(answer.location)
    return answer
  }

  /** Sends a form; the hidden numbers come from the last page's form with this action, or from any of its forms. */
  async post(
    path: string,
    fields: Fields = {},
    file?: { field: string; name: string; content: string | Uint8Array<ArrayBuffer> },
  ) {
    const all = { ...this.#hidden(path), ...fields }
    if (!file) {
      const body = new URLSearchParams()
      for (const [name, value] of Object.entries(all)) {
        for (const one of [value ?? []].flat()) body.append(name, one)
      }
      return this.#posted(await this.#send("POST", path, body))
    }
    const body = new FormData()
    for (const [name, value] of Object.entries(all))
      for (const one of [value ?? []].flat()) body.append(name, one)
    body.append(file.field, new Blob([file.content]), file.name)
    return this.#posted(await this.#send("POST", path, body))
  }

  /** Sends a form and opens the page it leads to. */
  async submit(path: string, fields: Fields = {}, file?: Parameters<Client["post"]>[2]): Promise<Answer> {
    const answer = await this.post(path, fields, file)
    return answer.location ? this.open(answer.location) : answer
  }

  cookie(name: string, value?: string): string | undefined {
    if (value !== undefined) this.#cookies.set(name, value)
    return this.#cookies.get(name)
  }

  /** what this browser sends along: « ardoise=…; visiteur=… » */
  cookies(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ")
  }

  #posted(answer: Answer): Answer {
    assert.is.not(
      answer.status,
      200,
      "a form is answered with 303, or 422 with the same page, never with 200",
    )
    if (isPage(answer)) this.page = answer
    return answer
  }

  #hidden(path: string): Record<string, string> {
    const forms = [...(this.page?.body ?? "").matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(
      ([html]) => html,
    )
    const mine =
      forms.find((html) => plain(html.match(/action="([^"]*)"/)?.[1] ?? "") === path) ??
      forms.find((html) => html.includes('name="_once"')) ??
      forms.find((html) => html.includes('name="_form"')) ??
      ""
    return Object.fromEntries(
      [...mine.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name, value]) => [
        name as string,
        plain(value as string),
      ]),
    )
  }

  async #send(
    method: string,
    path: string,
    body?: URLSearchParams | FormData,
    headers: Record<string, string> = {},
  ) {
    const { school } = this.#test
    const [before, disturbed] = [school.queries, school.background.size > 0]
    const response = await fetch(new URL(path, this.#test.url), {
      method,
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        cookie: this.cookies(),
        "user-agent": "Ardoise test browser",
        ...headers,
      },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/) as unknown as [string, string, string]
      if (value === "") this.#cookies.delete(name)
      else this.#cookies.set(name, decodeURIComponent(value))
    }
    const text = await response.text()
    const answer: Answer = {
      status: response.status,
      headers: response.headers,
      body: text,
      bytes: Number(response.headers.get("content-length") ?? Buffer.byteLength(text)),
      queries: disturbed || school.background.size > 0 ? 0 : school.queries - before,
      location: response.headers.get("location"),
    }
    if (isPage(answer)) await inspect(`${method} ${path}`, answer)
    return answer
  }
}

const isPage = ({ headers, body }: Answer) =>
  (headers.get("content-type") ?? "").startsWith("text/html") && body.length > 0

const plain = (html: string) =>
  html
    .replace(/&amp;/g, "&")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")

/** What a person of the cast types to sign in. */
export function loginOf(key: string): string {
  const found =
    STAFF.find((person) => person.key === key)?.email ??
    GUARDIANS.find((person) => person.key === key)?.phone ??
    STUDENTS.find((person) => person.key === key)?.matricule
  if (!found) throw new Error(`nobody in the cast is called ${key}`)
  return found
}
