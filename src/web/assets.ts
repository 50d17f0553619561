import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { NextFunction, Request, Response } from "express"

type File = { type: string; body: Buffer; br: Buffer | null; gz: Buffer | null }

/** Built files, kept in memory with their compressed forms, under names that carry their hash. */
export type Assets = {
  /** « style.css » -> « /built/style.8f3a2c.css »; throws for a file that was not built */
  url(name: string): string
  serve(req: Request, res: Response, next: NextFunction): void
}

const TYPES: Record<string, string> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
}

/** Reads public/built, made by the build; names are `name.hash.ext`. */
export function readAssets(publicFolder: string): Assets {
  const folder = join(publicFolder, "built")
  const files = new Map<string, File>()
  const urls = new Map<string, string>()
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const parts = name.match(/^(\w+)\.(\w+)\.(css|js)$/)
    if (!parts) continue
    const [, stem, , ext] = parts as unknown as [string, string, string, string]
    const read = (suffix: string) => {
      const path = join(folder, name + suffix)
      return existsSync(path) ? readFileSync(path) : null
    }
    files.set(`/built/${name}`, {
      type: TYPES[ext] as string,
      body: read("") as Buffer,
      br: read(".br"),
      gz: read(".gz"),
    })
    urls.set(`${stem}.${ext}`, `/built/${name}`)
  }
  return {
    url(name) {
      const url = urls.get(name)
      if (!url) throw new Error(`« ${name} » was not built: run npm run build`)
      return url
    },
    serve(req, res, next) {
      const file = files.get(req.path)
      if (!file || (req.method !== "GET" && req.method !== "HEAD")) return next()
      const accepted = String(req.headers["accept-encoding"] ?? "")
      const [coding, body] =
        file.br && /\bbr\b/.test(accepted)
          ? (["br", file.br] as const)
          : file.gz && /\bgzip\b/.test(accepted)
            ? (["gzip", file.gz] as const)
            : ([null, file.body] as const)
      res.setHeader("Content-Type", file.type)
      res.setHeader("Cache-Control", "public, max-age=31536000, immutable")
      res.setHeader("Vary", "Accept-Encoding")
      res.setHeader("X-Content-Type-Options", "nosniff")
      if (coding) res.setHeader("Content-Encoding", coding)
      res.setHeader("Content-Length", body.length)
      res.end(req.method === "HEAD" ? undefined : body)
    },
  }
}
