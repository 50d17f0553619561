import { test } from "uvu"
import * as assert from "uvu/assert"
import { sampleBulletins } from "../../../bench/sampleBulletins.ts"
import { infoOf, qrOf, textOf, type Word, wordsOf } from "../../documents/readPdf.testing.ts"
import type { BulletinData, BulletinLayout } from "./contract.ts"
import { renderBulletins } from "./document.ts"

const LAYOUTS: BulletinLayout[] = ["single", "double"]

const one = (
  change: (bulletin: BulletinData) => void = () => {},
  shape?: Parameters<typeof sampleBulletins>[1],
) => {
  const bulletin = sampleBulletins(1, shape)[0] as BulletinData
  change(bulletin)
  return bulletin
}
const textOfOne = async (
  change?: (bulletin: BulletinData) => void,
  shape?: Parameters<typeof sampleBulletins>[1],
) =>
  (textOf(await renderBulletins([one(change, shape)], { layout: "single" }))[0] as string).replaceAll(
    "\n",
    " ",
  )
const close = (text: string) => text.replace(/\s/g, "").toUpperCase()
const times = (text: string, words: string) => text.split(words).length - 1

/** Every text of the data with its path, but for what is not meant for the reader's eyes. */
function texts(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]]
  if (value === null || typeof value !== "object") return []
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`))
}
const UNSEEN = /\.(code|group|birthDate|sex|publishedAt|verifyUrl)$/

test("everything in the data stands on the paper, in both layouts", async () => {
  const bulletin = one(
    (data) => {
      data.schoolHead.cap = "CAP de Kalaban"
      data.lines[3]?.flags.push("facultative")
      data.totals.bonus = "4,25"
      data.rank = "2e ex aequo"
      if (data.annual) data.annual.note = "arrivée en janvier"
      data.absences = { justifiedHours: 17, unjustifiedHours: 23, lates: 29 }
      data.student.classSize = 61
    },
    { last: true },
  )
  for (const layout of LAYOUTS) {
    const page = close(
      textOf(await renderBulletins([bulletin], { layout }), layout === "double" ? 420 : 595).join(""),
    )
    const leaves = texts(bulletin).filter(([path, text]) => !UNSEEN.test(path) && text !== "")
    assert.ok(leaves.length > 100)
    for (const [path, text] of leaves) assert.ok(page.includes(close(text)), `${layout} ${path}: ${text}`)
    assert.ok(page.includes(close("1re sur 1")) && page.includes(close("Rang : 2e ex aequo sur 1 classés")))
    for (const words of [
      "17 h",
      "23 h",
      "Retards29",
      "Effectif61",
      "Née le",
      "Redoublante Non",
      "Version 1",
    ]) {
      assert.ok(page.includes(close(words)), `${layout}: ${words}`)
    }
  }
})

test("names in ɛ ɔ ɲ ŋ print, and accents typed in two parts", async () => {
  const page = await textOfOne((data) => {
    data.student.surname = "ŊƆNƐ"
    data.student.givenNames = "Sɛku Ɲɛ ɔŋɲɛ Ai\u0308ssata"
    data.lines[0]?.flags.push("kalanden")
  })
  assert.ok(page.includes("ŊƆNƐ Sɛku Ɲɛ ɔŋɲɛ Aïssata"))
})

test("a phone reads the public address on every copy", async () => {
  const bulletins = sampleBulletins(2)
  const single = await renderBulletins(bulletins, { layout: "single" })
  const double = await renderBulletins(bulletins, { layout: "double" })
  bulletins.forEach(({ verifyUrl }, index) => {
    assert.is(qrOf(single, index + 1), verifyUrl)
    assert.is(qrOf(double, index + 1, [0, 0.5]), verifyUrl)
    assert.is(qrOf(double, index + 1, [0.5, 1]), verifyUrl)
  })
})

test("a page for each student, upright; or two copies on a lying page", async () => {
  const bulletins = sampleBulletins(4)
  const single = await renderBulletins(bulletins, { layout: "single" })
  const double = await renderBulletins(bulletins, { layout: "double" })
  assert.is(infoOf(single).Pages, "4")
  assert.is(infoOf(single)["Page size"], "595.28 x 841.89 pts (A4)")
  assert.is(infoOf(double).Pages, "4")
  assert.is(infoOf(double)["Page size"], "841.89 x 595.28 pts (A4)")
  const [upright, lying] = [textOf(single), textOf(double)]
  bulletins.forEach(({ student }, index) => {
    const name = `${student.surname} ${student.givenNames}`
    assert.is(times(upright[index] as string, name), 1)
    assert.is(times(lying[index] as string, name), 2)
    assert.is(times(lying[index] as string, "Exemplaire de l'école"), 1)
    assert.is(times(lying[index] as string, "Exemplaire des parents"), 1)
    assert.is(times(upright[index] as string, "Exemplaire"), 0)
  })
})

const placeOf = (words: Word[], text: string) => words.find((word) => word.text === text) as Word

test("from 2 to 18 subjects, few words or many, it all fits on one page and nothing stands on anything", async () => {
  for (const layout of LAYOUTS) {
    for (const [subjects, wordy] of [
      [2, false],
      [7, true],
      [12, false],
      [12, true],
      [18, false],
      [18, true],
    ] as const) {
      const story = `${layout}, ${subjects} subjects${wordy ? ", wordy" : ""}`
      const pdf = await renderBulletins([one(undefined, { subjects, wordy, last: true })], { layout })
      const pages = wordsOf(pdf)
      assert.is(pages.length, 1, story)
      const [words] = pages as [Word[]]
      const [width, height] = layout === "single" ? [595.28, 841.89] : [841.89, 595.28]
      for (const word of words) {
        const inside =
          word.left >= 15 && word.right <= width - 15 && word.top >= 12 && word.bottom <= height - 10
        assert.ok(inside, `${story}: ${word.text}`)
      }
      const order = ["Matières", "GÉNÉRAL", "Retards", "annuelle", "Conseil", "Visa", "vérification"]
      for (const [index, text] of order.entries()) {
        const above = order[index - 1]
        if (!above) continue
        const gap = placeOf(words, text).top - placeOf(words, above).bottom
        assert.ok(gap > -1, `${story}: ${text} is over ${above}`)
      }
      assert.not.ok(
        words.some((word) => word.text.endsWith("…")),
        `${story}: words are cut`,
      )
    }
  }
})

test("endless names and remarks still leave one page", async () => {
  const endless = one(
    (data) => {
      data.student.surname = "AG ALHASSANE ".repeat(8)
      for (const line of data.lines) {
        line.appreciation = "Peut mieux faire en travaillant. ".repeat(30)
        line.subject = "Langues et littératures ".repeat(5)
      }
      data.generalAppreciation = "Bien. ".repeat(400)
      data.ruleText = "Règle. ".repeat(200)
    },
    { subjects: 18, last: true },
  )
  for (const layout of LAYOUTS) {
    const pages = wordsOf(await renderBulletins([endless], { layout }))
    assert.is(pages.length, 1)
    const words = pages[0] as Word[]
    assert.ok(placeOf(words, "Visa").top > placeOf(words, "Conseil").bottom)
  }
})

test("columns follow the categories of the profile", async () => {
  const page = await textOfOne((data) => {
    for (const line of data.lines) {
      line.categories = ["Devoirs", "Interrogations", "Oral", "Composition du trimestre"].map(
        (label, index) => ({
          label,
          display: `${index},25`,
        }),
      )
    }
  })
  for (const words of ["Devoirs", "Interrogations", "Oral", "Composition"])
    assert.ok(page.includes(words), words)
  assert.is(times(page, "3,25"), 12 + times(await textOfOne(), "3,25"))
})

test("a school without averages and ranks prints neither, nor anything made of them", async () => {
  const page = await textOfOne(
    (data) => {
      data.output = { average: false, rank: false, stats: false }
      data.conduct = null
      data.absences = null
      for (const line of data.lines) line.categories = [{ label: "Français oral", display: "A" }]
      data.roundingText = data.ruleText = ""
    },
    { last: true },
  )
  assert.ok(page.includes("oral"))
  for (const words of ["Moy", "Rang", "Coef", "Total", "TOTAL", "classés", "ex aequo"]) {
    assert.is(times(page, words), 0, words)
  }
})

test("what is missing is said in its own words", async () => {
  const page = await textOfOne((data) => {
    data.student = { ...data.student, matricule: null, sex: "M", birthDate: null, birthDisplay: "vers 2008" }
    data.rank = "NC"
    data.generalAverage = null
    data.absences = null
    const [first, second] = data.lines as [BulletinData["lines"][0], BulletinData["lines"][0]]
    first.average = "Disp."
    second.average = "Abs."
  })
  for (const words of ["en attente", "Né vers 2008 à Kayes", "Rang : non classé", "Disp.", "Abs."]) {
    assert.ok(page.includes(words), words)
  }
  assert.is(times(page, "Absences"), 0)
  assert.is(times(page, "sur 1 classés"), 0)
})

test("decision and annual average belong to the last period", async () => {
  const change = (data: BulletinData) => {
    data.decision = "Admise en 12e"
    data.annual = { average: "13,37", rank: "1re", outOf: 1, note: "" }
  }
  const last = await textOfOne((data) => change(Object.assign(data, { isLastPeriod: true })))
  const first = await textOfOne((data) => change(Object.assign(data, { isLastPeriod: false })))
  for (const words of ["Admise en 12e", "13,37", "Moyenne annuelle"]) {
    assert.is(times(last, words), 1, words)
    assert.is(times(first, words), 0, words)
  }
})

test("a duplicate says so on each copy, a provisional bulletin too", async () => {
  const bulletin = one()
  const count = async (words: string, options: Parameters<typeof renderBulletins>[1]) =>
    times(textOf(await renderBulletins([bulletin], options)).join(), words)
  const plain = await count("DUPLICATA", { layout: "double" })
  assert.is(
    await count("DUPLICATA", { layout: "double", duplicate: { number: 2, on: "10/12/2026" } }),
    plain + 2,
  )
  assert.is(await count("PROVISOIRE", { layout: "double" }), 0)
  bulletin.provisional = true
  assert.is(
    await count("PROVISOIRE", { layout: "double", duplicate: { number: 2, on: "10 décembre 2026" } }),
    2,
  )
})

test("a class file is light: 7 kB a page, 9 kB with two copies, 20 kB for one alone", async () => {
  const bulletins = sampleBulletins(60)
  const single = await renderBulletins(bulletins, { layout: "single" })
  const double = await renderBulletins(bulletins, { layout: "double" })
  assert.ok(single.length / 60 <= 7_000, `${single.length / 60} bytes`)
  assert.ok(double.length / 60 <= 9_000, `${double.length / 60} bytes`)
  const alone = await renderBulletins([one(undefined, { subjects: 18, last: true })], { layout: "single" })
  assert.ok(alone.length <= 20_000, `${alone.length} bytes`)
})

test("a logo is kept once in a class file", async () => {
  const logo = onePixel(400)
  const withLogo = sampleBulletins(20).map((data) => ({
    ...data,
    schoolHead: { ...data.schoolHead, logoPng: logo },
  }))
  const plain = await renderBulletins(sampleBulletins(20), { layout: "single" })
  const pdf = await renderBulletins(withLogo, { layout: "single" })
  const extra = pdf.length - plain.length
  assert.ok(extra > 400 && extra < 400 + 20 * 150, `${extra} bytes more`)
})

test("the same data give the same bytes, dated by the publication and not by the clock", async () => {
  const [first, second] = [sampleBulletins(3), sampleBulletins(3)]
  const pdf = await renderBulletins(first, { layout: "single" })
  assert.ok(Buffer.from(pdf).equals(await renderBulletins(second, { layout: "single" })))
  const info = infoOf(pdf)
  assert.is(info.Title, "Bulletin – 12e TSE 1 – 1er trimestre 2026-2027")
  assert.is(info.Author, "Lycée Dugukolo de Bamako")
  assert.match(info.CreationDate as string, /^Tue Dec 22 .*2026/)
  assert.ok(Buffer.from(pdf).includes("/Lang (fr)"))
})

/** A JPEG of one grey point, padded with a comment to that many bytes more. */
function onePixel(padding: number) {
  const jpeg = Buffer.from(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////" +
      "////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AKp//2Q==",
    "base64",
  )
  const comment = Buffer.alloc(padding + 4, "x")
  comment.writeUInt16BE(0xfffe, 0)
  comment.writeUInt16BE(padding + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]).toString("base64")
}

test.run()
