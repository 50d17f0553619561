import { test } from "uvu"
import * as assert from "uvu/assert"
import { infoOf, qrOf, textOf, wordsOf } from "../../documents/readPdf.testing.ts"
import type { CardData, PaperData } from "./contract.ts"
import { renderCards, renderPaper } from "./document.ts"
import { fill, type Values } from "./wording.ts"

const paper: PaperData = {
  kind: "transfer",
  title: "CERTIFICAT DE TRANSFERT",
  reference: "CT-2026-0012",
  schoolHead: {
    republic: "République du Mali",
    motto: "Un Peuple – Un But – Une Foi",
    ministry: "Ministère de l’Éducation nationale",
    academy: "Académie d’enseignement de Bamako rive droite",
    name: "Lycée Kalanso",
    address: "Faladiè-Nord, Bamako",
    bp: "",
    phone: "+223 20 00 00 01",
    email: "",
  },
  schoolYear: "2026-2027",
  student: { surname: "ƝARE", givenNames: "Issa", matricule: null, sex: "M", className: "10ème CG 1" },
  fields: {},
  blocks: [
    {
      kind: "text",
      runs: [
        { text: "Le Proviseur certifie que l’élève " },
        { text: "ƝARE Issa", bold: true },
        { text: ", né à Koulikoro, quitte l’établissement." },
      ],
    },
    { kind: "pairs", rows: [{ label: "Destination", value: "Lycée Exemple, Kayes" }] },
  ],
  placeAndDate: "Fait à Bamako, le 10 décembre 2026",
  signatory: { title: "Le Proviseur", name: "Mme Oumou DIALLO" },
  issuedAt: "2026-12-10T09:00:00.000Z",
  code: "K7QM2-XRD9F",
  verifyUrl: "https://kalanso.example/p/K7QM2-XRD9F",
}
const flat = (text = "") => text.replace(/\s+/g, " ")

test("a paper says all it has to say on one page of at most 20 kB", async () => {
  const pdf = await renderPaper(paper)
  assert.ok(pdf.length <= 20_000, `${pdf.length} bytes`)
  const info = infoOf(pdf)
  assert.is(info.Pages, "1")
  assert.match(info["Page size"] as string, "A4")
  const text = flat(textOf(pdf)[0])
  for (const said of [
    "République du Mali",
    "CERTIFICAT DE TRANSFERT",
    "N° CT-2026-0012",
    "l’élève ƝARE Issa, né à Koulikoro",
    "Destination Lycée Exemple, Kayes",
    "Fait à Bamako, le 10 décembre 2026",
    "Mme Oumou DIALLO",
    "K7QM2-XRD9F",
  ]) {
    assert.ok(text.includes(said), `${said} in ${text}`)
  }
  assert.not.match(text, "DUPLICATA n°")
})

test("a phone reads in its QR code the address that checks it", async () => {
  assert.is(qrOf(await renderPaper(paper), 1), paper.verifyUrl)
})

test("a duplicate says so, with its count and its day; a specimen has no value", async () => {
  const pdf = await renderPaper(paper, { duplicate: { number: 3, on: "2 janvier 2027" } })
  assert.match(flat(textOf(pdf)[0]), "DUPLICATA n° 3 imprimé le 2 janvier 2027")
  assert.match(flat(textOf(await renderPaper(paper, { specimen: true }))[0]), "SPÉCIMEN sans valeur")
})

test("the mark of a duplicate stands clear of the title, on a full page too", async () => {
  const rows = Array.from({ length: 14 }, (_, n) => ({ label: `Libellé ${n}`, value: "valeur" }))
  const full = { ...paper, title: "ATTESTATION DE FRÉQUENTATION", blocks: [{ kind: "pairs" as const, rows }] }
  for (const data of [paper, full]) {
    const [words = []] = wordsOf(await renderPaper(data, { duplicate: { number: 1, on: "2 janvier 2027" } }))
    const mark = words.find(({ text }) => text === "imprimé")?.bottom as number
    const title = words.find(({ text }) => text === data.title.split(" ")[0])?.top as number
    assert.ok(mark < title, `${mark} under ${title}`)
  }
})

test("the same paper is the same file", async () => {
  const [one, other] = [await renderPaper(paper), await renderPaper(structuredClone(paper))]
  assert.ok(Buffer.from(one).equals(Buffer.from(other)))
})

test("the longest wording stays on its page, above the check, and loses no word", async () => {
  const body = Array.from(
    { length: 24 },
    (_, n) => `Ligne${n} ${"des mots assez longs pour la remplir ".repeat(2)}`,
  )
  const blocks = fill(`${body.join("\n")} {nom}`, { nom: "W".repeat(160) } as Values, "F")
  const pdf = await renderPaper({ ...paper, blocks })
  assert.is(infoOf(pdf).Pages, "1")
  const [words = []] = wordsOf(pdf)
  const check = words.find(({ text }) => text === "Code")?.top as number
  for (let n = 0; n < 24; n++) {
    const word = words.find(({ text }) => text === `Ligne${n}`)
    assert.ok(word && word.bottom < check && word.right < 560, `line ${n}`)
  }
  assert.is((flat(textOf(pdf)[0]).match(/W/g) ?? []).length, 160)
  assert.ok(Math.max(...words.map(({ right }) => right)) < 560)
})

const card: CardData = {
  school: "Lycée Kalanso",
  republic: "République du Mali",
  motto: "Un Peuple – Un But – Une Foi",
  schoolYear: "2026-2027",
  surname: "KEÏTA",
  givenNames: "Moussa",
  className: "10ème CG 1",
  matricule: "RC15CG26Z9001M",
  bornLabel: "Né le",
  birth: "04/03/2011",
  birthPlace: "Bamako",
  signatory: { title: "Le Proviseur", name: "Mme Oumou DIALLO" },
  verifyUrl: "https://kalanso.example/c/1.1.abcdefghijklmnop",
}
const sheet = (cards: CardData[]) =>
  renderCards({ title: "Cartes", author: "Lycée Kalanso", createdAt: "2026-12-10T09:00:00Z", cards })

test("eight cards stand on a page, the ninth on the next", async () => {
  const nine = await sheet(Array.from({ length: 9 }, (_, n) => ({ ...card, givenNames: `Moussa${n}` })))
  assert.is(infoOf(nine).Pages, "2")
  const [first, second] = textOf(nine)
  assert.is((first?.match(/CARTE SCOLAIRE/g) ?? []).length, 8)
  assert.match(second as string, "Moussa8")
  assert.is(infoOf(await sheet([card])).Pages, "1")
})

test("a card says whose it is, and its QR code leads to its check", async () => {
  const pdf = await sheet([card])
  const text = flat(textOf(pdf)[0])
  for (const said of [
    "KEÏTA",
    "Moussa",
    "10ème CG 1",
    "RC15CG26Z9001M",
    "Né le",
    "04/03/2011",
    "2026-2027",
  ]) {
    assert.ok(text.includes(said), said)
  }
  assert.is(qrOf(pdf, 1, [0, 0.5]), card.verifyUrl)
})

test("no name is too long for a card", async () => {
  const long = {
    ...card,
    surname: "AG ALHASSANE ".repeat(4),
    givenNames: "Fatoumata Zahra ".repeat(5),
    className: "12ème Technique industrielle, groupe B",
  }
  const [words = []] = wordsOf(await sheet([long]))
  assert.ok(words.length > 10)
  assert.ok(Math.max(...words.map(({ right }) => right)) < 300, "inside the left column")
})

test.run()
