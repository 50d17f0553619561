// What a model changes on the paper, and what it never changes.
import { createHash } from "node:crypto"
import sharp from "sharp"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { sampleBulletins } from "../../../bench/sampleBulletins.ts"
import { grey } from "../../documents/picture.ts"
import { Pictures } from "../../documents/pictures.ts"
import { textOf, type Word, wordsOf } from "../../documents/readPdf.testing.ts"
import type { Sheet, TextStyle } from "../../documents/sheet.ts"
import { maliLycee } from "../grades/presets.ts"
import { readProfile } from "../grades/profile.ts"
import type { BulletinData, BulletinLayout } from "./contract.ts"
import { PlainSheet } from "./document/economy.ts"
import { drawBulletin, frameOf, pictureBulletin, renderBulletins } from "./document.ts"
import { type BulletinModel, DEFAULT_MODEL, type ModelBlock, type ModelColumn, modelIn } from "./model.ts"
import { readModel, typedOf } from "./modelForm.ts"
import { withYear } from "./yearTable.ts"

const SHAPES = [{}, { last: true }, { wordy: true, subjects: 18, last: true }, { subjects: 3 }]
const LAYOUTS: BulletinLayout[] = ["single", "double"]

const sample = (model?: BulletinModel, shape: Parameters<typeof sampleBulletins>[1] = { last: true }) => ({
  ...(sampleBulletins(1, shape)[0] as BulletinData),
  ...(model && { model }),
})

/** Everything that is drawn, in order. */
class Recorder implements Sheet {
  drawn: unknown[][] = []
  text(text: string, x: number, y: number, style: TextStyle) {
    this.drawn.push(["text", text, x, y, style])
  }
  rule(...where: Parameters<Sheet["rule"]>) {
    this.drawn.push(["rule", ...where])
  }
  fill(...where: Parameters<Sheet["fill"]>) {
    this.drawn.push(["fill", ...where])
  }
  frame(...where: Parameters<Sheet["frame"]>) {
    this.drawn.push(["frame", ...where])
  }
  image(...where: Parameters<Sheet["image"]>) {
    this.drawn.push(["image", ...where])
  }
}

function drawn(data: BulletinData, layout: BulletinLayout, page = (sheet: Sheet) => sheet) {
  const recorder = new Recorder()
  drawBulletin(page(recorder), data, frameOf(layout), new Pictures(), {})
  return recorder.drawn
}

/** What was drawn of these bulletins before models existed: a bulletin reprints the same for ever. */
const BEFORE_MODELS: Record<BulletinLayout, string[]> = {
  single: ["f985c7bb4226b839", "d8fdb7c85091e4f1", "301c1ca13c94e059", "e472d125cdffc724"],
  double: ["db9e0d989bf967cf", "5b560a56e9e6730d", "246da0aef621022f", "4270aab6e70d9b91"],
}

test("what was frozen before models existed is drawn to the point as it was", () => {
  for (const layout of LAYOUTS) {
    const hashes = SHAPES.map((shape) =>
      createHash("sha256")
        .update(JSON.stringify(drawn(sample(undefined, shape), layout)))
        .digest("hex")
        .slice(0, 16),
    )
    assert.equal(hashes, BEFORE_MODELS[layout], layout)
  }
})

test("the model that the program brings prints the same bytes as none", async () => {
  for (const layout of LAYOUTS) {
    for (const shape of SHAPES) {
      const [without, with_] = [sample(undefined, shape), sample(DEFAULT_MODEL, shape)]
      const pdf = await renderBulletins([without], { layout })
      assert.ok(Buffer.from(pdf).equals(await renderBulletins([with_], { layout })))
    }
  }
})

const pageOf = async (model: BulletinModel) =>
  (textOf(await renderBulletins([sample(model)], { layout: "single" }))[0] as string).replaceAll("\n", " ")
const times = (text: string, words: string) => text.split(words).length - 1

test("a column that is not chosen is not printed, the others are", async () => {
  const whole = await pageOf(DEFAULT_MODEL)
  const cases: [ModelColumn, string[]][] = [
    ["categories", ["Moy. classe", "Note compo."]],
    ["coefficient", ["Coef."]],
    ["points", ["× coef."]],
    ["teacher", ["M. Seydou BALLO", "Mme Kadiatou MAÏGA"]],
    ["appreciation", ["Appréciations"]],
  ]
  for (const [key, words] of cases) {
    const page = await pageOf({ ...DEFAULT_MODEL, columns: { ...DEFAULT_MODEL.columns, [key]: false } })
    for (const word of words) {
      assert.ok(times(whole, word) > 0, `${key}: ${word} is there usually`)
      assert.is(times(page, word), 0, `${key}: ${word} is gone`)
    }
    for (const [other, said] of cases) {
      if (other !== key)
        assert.ok(
          said.every((word) => page.includes(word)),
          `${key} leaves ${other}`,
        )
    }
  }
  const ranked = (page: string) => times(page, "Rang ")
  const unranked = await pageOf({ ...DEFAULT_MODEL, columns: { ...DEFAULT_MODEL.columns, rank: false } })
  assert.is(ranked(unranked), ranked(whole) - 1, "the rank of the class stays")
})

test("a block that is not chosen is not printed, the others are", async () => {
  const whole = await pageOf(DEFAULT_MODEL)
  const cases: [ModelBlock, string][] = [
    ["groupTotals", "Total partiel"],
    ["conduct", "Conduite ("],
    ["absences", "Absences justifiées"],
    ["statistics", "Moyenne du premier"],
    ["previousPeriods", "2e trimestre"],
    ["annual", "Moyenne annuelle"],
    ["mention", "Mention "],
    ["award", "Distinction"],
    ["decision", "Décision"],
    ["appreciation", "Appréciation générale"],
    ["parent", "Visa du parent"],
    ["formTeacher", "Le professeur principal"],
    ["head", "Le Proviseur"],
  ]
  for (const [key, words] of cases) {
    const page = await pageOf({ ...DEFAULT_MODEL, blocks: { ...DEFAULT_MODEL.blocks, [key]: false } })
    assert.ok(times(whole, words) > 0, `${words} is there usually`)
    assert.is(times(page, words), 0, `${words} is gone`)
    for (const [other, said] of cases) {
      if (other !== key) assert.ok(page.includes(said), `${key} leaves ${other}`)
    }
    assert.ok(page.includes("Fait à Bamako"), `${key} leaves the day`)
  }
})

test("a paper of which nothing is chosen still says whose it is, and its average", async () => {
  const none = (flags: Record<string, boolean>) =>
    Object.fromEntries(Object.keys(flags).map((key) => [key, false]))
  const bare = modelIn({
    columns: none(DEFAULT_MODEL.columns),
    blocks: none(DEFAULT_MODEL.blocks),
    legal: "",
  })
  for (const layout of LAYOUTS) {
    const pages = wordsOf(await renderBulletins([sample(bare)], { layout }))
    assert.is(pages.length, 1)
    const said = (pages[0] as Word[]).map(({ text }) => text).join(" ")
    for (const words of ["TRAORÉ Aminata", "Mathématiques", "13,01 / 20", "Version 1."])
      assert.ok(said.includes(words), `${layout}: ${words}`)
  }
})

test("the school's own words: title, line at the foot, legal sentence", async () => {
  const model = { ...DEFAULT_MODEL, title: "RELEVÉ", note: "Rentrée le 5 janvier.", legal: "Sans rature." }
  const page = await pageOf(model)
  for (const words of ["RELEVÉ – 3e TRIMESTRE", "Rentrée le 5 janvier.", "Version 1. Sans rature."])
    assert.ok(page.includes(words), words)
  assert.is(times(page, "BULLETIN DE NOTES"), 0)
  assert.is(times(page, "DUPLICATA"), 0)
})

test("without a place for the stamp the signatures are lower and the table has the room", async () => {
  const top = async (stamp: boolean) => {
    const model = { ...DEFAULT_MODEL, blocks: { ...DEFAULT_MODEL.blocks, stamp } }
    const [words] = wordsOf(await renderBulletins([sample(model, {})], { layout: "single" })) as [Word[]]
    return (words.find(({ text }) => text === "Visa") as Word).top
  }
  assert.ok((await top(false)) > (await top(true)) + 15)
})

test("without the form teacher, the parent signs at the left and the head at the right", async () => {
  const model = { ...DEFAULT_MODEL, blocks: { ...DEFAULT_MODEL.blocks, formTeacher: false } }
  const [words] = wordsOf(await renderBulletins([sample(model)], { layout: "single" })) as [Word[]]
  const left = (text: string) => (words.find((word) => word.text === text) as Word).left
  assert.ok(left("Visa") < 200 && left("Proviseur") > 380)
})

const withYearColumns = (model = DEFAULT_MODEL) => {
  const data = sample({ ...model, columns: { ...model.columns, year: true, classMean: true } })
  const read = readProfile({ ...maliLycee, periods: [{ code: "T1" }, { code: "T2" }, { code: "T3" }] })
  if (!read.ok) throw new Error("the preset is a profile")
  const subjects = new Map(data.lines.map(({ subject }, n) => [subject, n === 1 ? "Disp." : "10,00"]))
  const earlier = ["T1", "T2"].map((code) => ({ code, general: "10,50", subjects }))
  const lines = data.lines.map((line) => ({ ...line, classMean: "10,42" }))
  return { ...data, ...withYear(read.profile, lines, { current: "T3", earlier, annual: "11,34" }) }
}

test("the year subject by subject: each period's column, then the mean of what is printed", async () => {
  const data = withYearColumns()
  const [maths, physics] = data.lines
  assert.equal([maths?.average, maths?.year], ["14,17", { earlier: ["10,00", "10,00"], annual: "11,39" }])
  assert.equal(physics?.year, { earlier: ["Disp.", "Disp."], annual: physics?.average })
  for (const layout of LAYOUTS) {
    const pdf = await renderBulletins([data], { layout })
    const [page] = textOf(pdf, layout === "double" ? 420 : 595) as [string]
    const said = page.replaceAll("\n", " ")
    for (const words of ["TRIMESTRE ET ANNÉE", "T1 /20", "T2 /20", "T3 /20", "Année /20", "11,39", "11,34"])
      assert.ok(said.includes(words), `${layout}: ${words}`)
    const cut = (wordsOf(pdf)[0] as Word[]).filter(({ text }) => text.endsWith("…"))
    assert.equal(cut, [], `${layout}: with every column, no word is cut`)
  }
})

test("a mean of exact averages is not made of printed ones", () => {
  const read = readProfile({
    ...maliLycee,
    annual: { use: "exact" },
    periods: [{ code: "T1" }, { code: "T2" }],
  })
  assert.ok(read.ok)
  const earlier = [{ code: "T1", general: "10,00", subjects: new Map() }]
  const made = withYear(read.profile, sample().lines, { current: "T2", earlier, annual: "11,00" })
  assert.is(made.yearColumns.annual, false)
  assert.is(made.lines[0]?.year?.annual, null)
})

test("economy: black on white, nothing filled, every word still there", async () => {
  const usual = drawn(sample(), "single")
  const plain = drawn(sample(), "single", (sheet) => new PlainSheet(sheet))
  assert.ok(usual.some(([kind]) => kind === "fill") && !plain.some(([kind]) => kind === "fill"))
  const words = (calls: unknown[][]) =>
    calls.filter(([kind]) => kind === "text").map(([, text, x, y]) => [text, x, y])
  assert.equal(words(plain), words(usual))
  const colours = new Set(JSON.stringify(plain).match(/#[0-9a-f]{6}/g))
  assert.equal([...colours], ["#000000"])
  const pdf = await renderBulletins([sample()], { layout: "single", economy: true })
  assert.ok(pdf.length < 20_000, `${pdf.length}`)
})

test("a picture in economy has no colour left; one that cannot be read stays", async () => {
  const red = { create: { width: 40, height: 40, channels: 3 as const, background: "#b3261e" } }
  const made = await grey((await sharp(red).jpeg().toBuffer()).toString("base64"))
  assert.is((await sharp(Buffer.from(made, "base64")).metadata()).channels, 1)
  assert.is(await grey("bm8gcGljdHVyZQ=="), "bm8gcGljdHVyZQ==")
})

test("the picture on the screen says what the paper says, where it says it", async () => {
  const data = sample()
  data.student.surname = 'DIAL<LO> & "fils"'
  const svg = pictureBulletin(data, { layout: "single", specimen: true })
  const said = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) =>
    (text as string).replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
  )
  const page = textOf(await renderBulletins([data], { layout: "single", specimen: true }))[0] as string
  const close = (text: string) => text.replace(/\s/g, "")
  for (const text of said) assert.ok(close(page).includes(close(text)), text)
  assert.ok(said.includes("SPÉCIMEN") && said.some((text) => text.startsWith('DIAL<LO> & "FILS"')))
  assert.match(svg, 'viewBox="0 0 595.3 841.9"')
  assert.not.match(svg, /undefined|NaN|href=""/)
})

test("a form gives back the model that filled it; what cannot be is refused beside its field", () => {
  const model: BulletinModel = {
    ...DEFAULT_MODEL,
    title: "RELEVÉ",
    note: "À signer.",
    columns: { ...DEFAULT_MODEL.columns, rank: false, year: true },
    blocks: { ...DEFAULT_MODEL.blocks, stamp: false },
    economy: true,
    layout: "double",
    heads: { lycee: { title: "", name: "" }, fondamental: { title: "La Directrice", name: "Mme Sira BA" } },
  }
  for (const one of [model, DEFAULT_MODEL]) {
    const read = readModel(typedOf(one))
    assert.ok(read.ok)
    assert.equal(read.values, one)
  }
  const wrong = readModel({ ...typedOf(model), title: " ", layout: "triple", note: "x".repeat(300) })
  assert.equal(wrong.problems.map(({ field }) => field).sort(), ["layout", "note", "title"])
})

test.run()
