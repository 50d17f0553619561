// Draws the faces of the demonstration: flat shapes, nobody's portrait. The same program draws the same faces.
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import sharp from "sharp"
import { root } from "./install.mjs"

const SKINS = ["#6b4226", "#8a5a3a", "#54331d"]
const GROUNDS = ["#dfe6e4", "#e9e3d5", "#dde3ea"]
const SHIRT = "#c9a567"
const INK = "#1c1512"

const hair = {
  F1: `<path d="M62 132 Q60 58 120 56 Q180 58 178 132 L178 190 Q170 150 160 120 Q120 96 80 120 Q70 150 62 190 Z" fill="${INK}"/>`,
  F2: `<path d="M66 128 Q70 66 120 64 Q170 66 174 128 Q150 98 120 98 Q90 98 66 128 Z" fill="${INK}"/><circle cx="120" cy="54" r="26" fill="${INK}"/>`,
  F3: `<path d="M58 200 Q44 60 120 52 Q196 60 182 200 L166 220 Q176 120 120 102 Q64 120 74 220 Z" fill="#22303a"/>`,
  M1: `<path d="M68 132 Q66 68 120 66 Q174 68 172 132 Q166 104 120 100 Q74 104 68 132 Z" fill="${INK}"/>`,
  M2: `<path d="M70 124 Q70 74 120 72 Q170 74 170 124 Q160 110 120 108 Q80 110 70 124 Z" fill="${INK}"/>`,
  M3: `<path d="M70 124 Q70 74 120 72 Q170 74 170 124 Q160 112 120 110 Q80 112 70 124 Z" fill="${INK}"/><path d="M84 186 Q120 226 156 186 Q150 214 120 216 Q90 214 84 186 Z" fill="${INK}"/>`,
}

function face(name, n) {
  const skin = SKINS[n % SKINS.length]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="320">
<rect width="240" height="320" fill="${GROUNDS[n % GROUNDS.length]}"/>
<path d="M20 320 Q26 246 92 236 L148 236 Q214 246 220 320 Z" fill="${SHIRT}"/>
<rect x="98" y="196" width="44" height="56" rx="18" fill="${skin}"/>
<ellipse cx="120" cy="150" rx="51" ry="66" fill="${skin}"/>
${hair[name]}
<ellipse cx="100" cy="146" rx="6" ry="4.5" fill="${INK}"/><ellipse cx="140" cy="146" rx="6" ry="4.5" fill="${INK}"/>
<path d="M90 133 q10 -6 20 0 M130 133 q10 -6 20 0" stroke="${INK}" stroke-width="3" fill="none"/>
<path d="M112 170 q8 5 16 0" stroke="#3a2214" stroke-width="3" fill="none"/>
<path d="M102 189 q18 10 36 0" stroke="#7a2f2a" stroke-width="5" fill="none"/>
</svg>`
}

const folder = join(root, "src", "demo", "portraits")
mkdirSync(folder, { recursive: true })
for (const [n, name] of Object.keys(hair).entries()) {
  const drawn = sharp(Buffer.from(face(name, n)))
  const jpeg = await drawn.jpeg({ quality: 50, mozjpeg: true, progressive: false }).toBuffer()
  if (jpeg.length > 3000) throw new Error(`${name} weighs ${jpeg.length} bytes`)
  writeFileSync(join(folder, `${name}.jpg`), jpeg)
  console.log(`${name}.jpg ${jpeg.length} bytes`)
}
