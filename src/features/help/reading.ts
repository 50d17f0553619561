// The guides as pages: docs/*.md, written by us, turned into HTML once.
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Marked, type Tokens } from "marked"
import { root } from "../../root.ts"
import { GUIDES, type Guide } from "./guides.ts"

export type Page = {
  title: string
  /** its first paragraph, as HTML */
  lede: string
  /** the rest, as HTML */
  body: string
  sections: { anchor: string; title: string }[]
}

export type Picture = { path: string; version: string; width: number; height: number }

const DOCS = join(root, "docs")
const PICTURES = join(DOCS, "pictures")
/** pictures of phones' screens are no wider */
const PHONE = 400

const pages = new Map<string, Page>()
const pictures = new Map<string, Picture>()

/** The guide as a page; read when first asked for. */
export function pageOf({ name, file }: Guide): Page {
  const page = pages.get(name) ?? read(file)
  pages.set(name, page)
  return page
}

/** The picture of that name in docs/pictures, or null. */
export function pictureNamed(name: string): Picture | null {
  if (pictures.size === 0 && existsSync(PICTURES)) {
    for (const file of readdirSync(PICTURES)) if (file.endsWith(".png")) pictures.set(file, pictureIn(file))
  }
  return pictures.get(name) ?? null
}

/** Width and height stand in the head of a PNG file, so that the page keeps the place before the picture comes. */
function pictureIn(file: string): Picture {
  const path = join(PICTURES, file)
  const bytes = readFileSync(path)
  const version = createHash("sha256").update(bytes).digest("hex").slice(0, 8)
  return { path, version, width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

/** « Où en sont les classes ? » → « ou-en-sont-les-classes » */
export const anchorOf = (title: string) =>
  title
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")

function read(file: string): Page {
  const sections: Page["sections"] = []
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        const anchor = anchorOf(text)
        if (depth === 2) sections.push({ anchor, title: text })
        return `<h${depth} id="${anchor}">${this.parser.parseInline(tokens)}</h${depth}>\n`
      },
      link({ href, tokens }) {
        return `<a href="${addressOf(href)}">${this.parser.parseInline(tokens)}</a>`
      },
      image({ href, text }) {
        return imageOf(href, text)
      },
      blockquote({ tokens }) {
        return `<div class="note-box">${this.parser.parse(tokens)}</div>\n`
      },
      code({ text }) {
        return `<div class="scroll"><pre><code>${escaped(text)}</code></pre></div>\n`
      },
      table(table: Tokens.Table) {
        const cells = (row: Tokens.TableCell[]) => row.map(({ tokens }) => this.parser.parseInline(tokens))
        const head = cells(table.header).map((html) => `<th scope="col">${html}</th>`)
        const rows = table.rows.map(
          (row) =>
            `<tr>${cells(row)
              .map((html) => `<td>${html}</td>`)
              .join("")}</tr>`,
        )
        return `<div class="scroll"><table><thead><tr>${head.join("")}</tr></thead><tbody>\n${rows.join("\n")}\n</tbody></table></div>\n`
      },
    },
  })
  const [, title = file, rest = ""] =
    readFileSync(join(DOCS, file), "utf8").match(/^# (.+)\n+([\s\S]*)$/) ?? []
  const [first = "", ...others] = rest.split(/\n\n+/)
  const lede = marked.parseInline(first.replaceAll("\n", " "), { async: false })
  const body = marked.parse(others.join("\n\n"), { async: false })
  return { title, lede, body, sections }
}

/** A guide names its neighbours as files, as they are read in the repository. */
function addressOf(href: string): string {
  const [file, section] = href.split("#")
  const guide = GUIDES.find((one) => one.file === file)
  if (!guide) return escaped(href)
  return `/help/${guide.name}${section ? `#${section}` : ""}`
}

function imageOf(href: string, text: string): string {
  const name = href.split("/").at(-1) as string
  const picture = pictureNamed(name)
  // a guide may be written before its picture is taken
  if (!picture) return ""
  const { version, width, height } = picture
  const address = `/help/pictures/${name}?v=${version}`
  const image = `<img class="shot" src="${address}" width="${width}" height="${height}" alt="${escaped(text)}" loading="lazy">`
  // a desk's screen cannot be read on a phone unless it opens by itself
  return width > PHONE ? `<a href="${address}">${image}</a>` : image
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")
