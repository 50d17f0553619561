// Bundles the program into build/ and the browser's files into public/built/ under names that carry their hash.
import { createHash } from "node:crypto"
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { basename, dirname, join, parse } from "node:path"
import { fileURLToPath } from "node:url"
import { brotliCompressSync, constants, gzipSync } from "node:zlib"
import { build } from "esbuild"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")

/** The program: own code in one file a entry, packages left where npm put them. */
export async function buildProgram() {
  const folder = join(root, "build")
  const { metafile } = await build({
    entryPoints: {
      server: join(root, "src/server.ts"),
      cli: join(root, "src/cli.ts"),
      worker: join(root, "src/documents/worker.ts"),
    },
    outdir: folder,
    metafile: true,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    splitting: true,
    packages: "external",
    sourcemap: "linked",
    logLevel: "warning",
  })
  // pieces of an earlier build, whose names carried another hash
  const made = new Set(Object.keys(metafile.outputs).map((path) => basename(path)))
  for (const { name } of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()))
    if (!made.has(name)) rmSync(join(folder, name))
}

/** Scripts for browsers with modules (Chrome ≥ 80, Firefox ≥ 74); one stylesheet for every page, others for one. */
export async function buildBrowser() {
  const folder = join(root, "public", "built")
  const source = join(root, "src", "browser")
  const entries = readdirSync(source).filter((name) => /\.(ts|css)$/.test(name) && !name.includes(".test."))
  const { outputFiles } = await build({
    entryPoints: entries.map((name) => join(source, name)),
    outdir: folder,
    write: false,
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome80", "firefox74"],
    logLevel: "warning",
  })
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const { path, contents } of outputFiles) {
    const { name, ext } = parse(path)
    const hash = createHash("sha256").update(contents).digest("hex").slice(0, 8)
    const file = join(folder, `${name}.${hash}${ext}`)
    writeFileSync(file, contents)
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: contents.length,
    }
    writeFileSync(`${file}.br`, brotliCompressSync(contents, { params }))
    writeFileSync(`${file}.gz`, gzipSync(contents, { level: 9 }))
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // esbuild has said what is wrong
  await Promise.all([buildProgram(), buildBrowser()]).catch(() => process.exit(1))
  const size = readFileSync(join(root, "build", "server.js")).length
  console.log(`built: build/server.js (${Math.round(size / 1000)} kB) and public/built`)
}
