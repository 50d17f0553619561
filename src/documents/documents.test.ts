import jsqr from "jsqr"
import { PNG } from "pngjs"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { sampleBulletins } from "../../bench/sampleBulletins.ts"
import { renderBulletins } from "../features/bulletins/document.ts"
import { cut, printable, widthOf, wrap, wrapWithin } from "./fonts.ts"
import { renderFlow } from "./pdf.ts"
import { renderInWorker, stopWorker } from "./pool.ts"
import { qrPng, qrSvg } from "./qr.ts"
import { infoOf, textOf } from "./readPdf.testing.ts"
import { place } from "./sheet.ts"

const ADDRESS = "https://lycee.example/v/K7QM2XRD"
const flow = (content: (object | string)[]) =>
  renderFlow({ title: "Liste", author: "Lycée", createdAt: "2026-12-22T10:00:00Z", content })

test("a phone reads in the QR picture the very address, accents and long ones too", () => {
  for (const text of [
    ADDRESS,
    "https://lycee.example/élève/ɲare?x=1&y=2",
    `https://e.example/${"a".repeat(400)}`,
  ]) {
    const { width, height, data } = PNG.sync.read(qrPng(text))
    assert.is(jsqr.default(new Uint8ClampedArray(data), width, height)?.data, text)
  }
})

test("a QR picture is small, and has one bit a pixel", () => {
  const png = Buffer.from(qrPng(ADDRESS))
  assert.ok(png.length < 600, `${png.length} bytes`)
  assert.is(png[24], 1)
})

test("the QR code of a page is an SVG of the same modules as the picture", () => {
  const svg = qrSvg(ADDRESS, 'Code de "KEÏTA"')
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1])
  const pixels = new Uint8ClampedArray((size * 4) ** 2 * 4).fill(255)
  for (const [, x, y, wide] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1H/g)) {
    for (let row = Number(y) * 4; row < (Number(y) + 1) * 4; row++) {
      const start = (row * size * 4 + Number(x) * 4) * 4
      for (let at = 0; at < Number(wide) * 16; at += 4) pixels.set([0, 0, 0], start + at)
    }
  }
  assert.is(jsqr.default(pixels, size * 4, size * 4)?.data, ADDRESS)
  assert.ok(svg.includes("Code de &#34;KEÏTA&#34;"))
})

test("text breaks between words, never wider than its room, and loses no letter", () => {
  const text = "Les leçons sont apprises mais la rédaction reste à soigner anticonstitutionnellement"
  for (const width of [30, 60, 200]) {
    const lines = wrap(text, width, 8)
    for (const line of lines) assert.ok(widthOf(line, 8) <= width, line)
    assert.is(lines.join("").replaceAll(" ", ""), text.replaceAll(" ", ""))
  }
  assert.equal(wrap("", 100, 8), [])
})

test("what does not fit is cut with a sign, and only then", () => {
  assert.is(cut("Bien", 100, 8), "Bien")
  const short = cut("Anticonstitutionnellement", 40, 8)
  assert.match(short, /^Antic.*…$/)
  assert.ok(widthOf(short, 8) <= 40)
  assert.is(wrapWithin("un deux trois quatre cinq six sept huit", 40, 8, 2).length, 2)
  assert.match(wrapWithin("un deux trois quatre cinq six sept huit", 40, 8, 2)[1] as string, /…$/)
})

test("text is set smaller before it is cut, and stands where it should", () => {
  const name = "TRAORÉ Aminata Fatoumata"
  const room = widthOf(name, 10) * 0.8
  assert.is(place(name, { size: 10, width: room }).text, name)
  assert.ok(place(name, { size: 10, width: room }).size < 10)
  assert.match(place(name, { size: 10, width: room / 2 }).text, /…$/)
  assert.is(place("12", { size: 10, width: 50, align: "right" }).shift, 50 - widthOf("12", 10))
})

test("decomposed letters, control signs and line ends are made printable", () => {
  assert.is(printable("KEI\u0308TA\u0000\n Moussa\u200b "), "KEÏTA Moussa")
})

test("every letter of our languages prints and can be searched for", async () => {
  const letters = "ɛ ɔ ɲ ŋ Ɛ Ɔ Ɲ Ŋ ɓ ɗ ƴ Ɓ Ɗ Ƴ ǝ ɣ ḍ ṭ œ Œ ÿ Ÿ « » – … ’ € № ≥ → ✓ ô ï ç ñ ž"
  const [page] = textOf(await flow([letters, { text: letters, bold: true }]))
  assert.is(page?.trim(), `${letters}\n${letters}`)
})

test("a paper that flows runs over pages and reads no address and no file", async () => {
  const pdf = await flow(Array.from({ length: 200 }, (_, line) => `Ligne ${line}`))
  assert.ok(Number(infoOf(pdf).Pages) > 2)
  for (const image of ["http://127.0.0.1:9/logo.png", "/etc/hostname"]) {
    let message = ""
    await flow([{ image }]).catch((error: Error) => {
      message = error.message
    })
    assert.match(message, /denied|not found/i, image)
  }
})

test("the worker makes the same file as the main thread, page by page, one order after the other", async () => {
  const bulletins = sampleBulletins(3)
  const pages: number[] = []
  const [single, double] = await Promise.all([
    renderInWorker("bulletins", { bulletins, layout: "single" }, (drawn) => pages.push(drawn)),
    renderInWorker("bulletins", { bulletins, layout: "double" }),
  ])
  assert.equal(pages, [1, 2, 3])
  assert.ok(Buffer.from(single).equals(await renderBulletins(bulletins, { layout: "single" })))
  assert.ok(Buffer.from(double).equals(await renderBulletins(bulletins, { layout: "double" })))
})

test("a document that cannot be made is refused with its reason, and the next one is made", async () => {
  const reason = (promise: Promise<unknown>) =>
    promise.then(
      () => "made",
      (error: Error) => error.message,
    )
  assert.is(
    await reason(renderInWorker("bulletins", { bulletins: [], layout: "single" })),
    "no bulletin to print",
  )
  const [broken] = sampleBulletins(1)
  if (broken) broken.schoolHead.logoPng = Buffer.from("not a picture").toString("base64")
  const order = renderInWorker("bulletins", { bulletins: [broken as never], layout: "single" })
  assert.match(await reason(order), /Invalid image/)
  const pdf = await renderInWorker("bulletins", { bulletins: sampleBulletins(1), layout: "single" })
  assert.is(infoOf(pdf).Pages, "1")
})

test("a stopped worker refuses what it was making, and a new order starts another", async () => {
  const lost = renderInWorker("bulletins", { bulletins: sampleBulletins(40), layout: "single" })
  const outcome = lost.then(
    () => "made",
    (error: Error) => error.message,
  )
  await stopWorker()
  assert.is(await outcome, "the document worker stopped")
  const pdf = await renderInWorker("bulletins", { bulletins: sampleBulletins(1), layout: "single" })
  assert.is(infoOf(pdf).Pages, "1")
})

test.after(stopWorker)

test.run()
