// Every paper looks as it did when somebody last looked at it and approved it. The approved pictures are in
// test/papers, 8-bit grey at 100 dpi. A paper that is meant to look otherwise:
//
//   ARDOISE_APPROVE=1 npx tsx test/papers.test.ts
//
// writes the pictures anew; look at each one that changed (git diff shows which) before committing it.
import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import sharp from "sharp"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { sampleBulletins } from "../bench/sampleBulletins.ts"
import { infoOf, qrOf, textOf } from "../src/documents/readPdf.testing.ts"
import { renderBulletins } from "../src/features/bulletins/document.ts"
import type { CardData, PaperData } from "../src/features/papers/contract.ts"
import { renderCards, renderPaper } from "../src/features/papers/document.ts"
import { renderAverageList } from "../src/features/reports/document/averages.ts"
import { renderHonours } from "../src/features/reports/document/honours.ts"
import { renderRecord } from "../src/features/reports/document/records.ts"
import { renderStatistics } from "../src/features/reports/document/statistics.ts"
import { sampleAverages, sampleHonours, sampleStatistics } from "../src/features/reports/papers.fixture.ts"
import {
  sampleBooklet,
  sampleDiploma,
  samplePaper,
  sampleTranscript,
  sampleYear,
  threeYears,
} from "../src/features/reports/records.fixture.ts"
import { root } from "./school.ts"

const APPROVED = join(root, "test", "papers")
const approving = process.env.ARDOISE_APPROVE === "1"

/** A pixel differs when its grey is further away than this, of 255: smoothing of letters is not a change. */
const FAR = 40
/** The share of pixels that may differ: less than a line of a table. */
const MOST = 0.005

type Picture = { width: number; height: number; grey: Uint8Array }

const { record: _, ...plain } = samplePaper({
  kind: "diploma",
  award: "",
  periodLabel: "",
  average: null,
  rank: null,
})
const certificate: PaperData = {
  ...plain,
  kind: "enrolment",
  title: "CERTIFICAT DE SCOLARITÉ",
  reference: "CS-2026-0012",
  blocks: [
    {
      kind: "text",
      runs: [
        { text: "Le Proviseur du Lycée Dugukolo de Bamako certifie que l’élève " },
        { text: "TRAORÉ Aminata Fatoumata", bold: true },
        {
          text: ", née le 14 mars 2009 à Kayes, est régulièrement inscrite dans l’établissement, en classe de ",
        },
        { text: "12e TSE 1", bold: true },
        { text: ", au titre de l’année scolaire 2026-2027." },
      ],
    },
    {
      kind: "text",
      runs: [
        {
          text: "En foi de quoi le présent certificat lui est délivré pour servir et valoir ce que de droit.",
        },
      ],
    },
  ],
}

const card = (n: number): CardData => ({
  school: "Lycée Dugukolo de Bamako",
  republic: "République du Mali",
  motto: "Un Peuple – Un But – Une Foi",
  schoolYear: "2026-2027",
  surname: n % 2 ? "AG ALHASSANE" : "TRAORÉ",
  givenNames: "Aminata Fatoumata",
  className: "12e TSE 1",
  matricule: `RC16CG24A900${n}F`,
  bornLabel: "Née le",
  birth: "14/03/2009",
  birthPlace: "Kayes",
  signatory: { title: "Le Proviseur", name: "M. Mamadou Lamine FOFANA" },
  verifyUrl: `https://dugukolo.example/c/${n}.1.abcdefghijklmnop`,
})

const crowded = sampleYear("2026-2027", "12e TSE 1", { subjects: 18 })

/** What is looked at: the paper, words that must be on it, what a phone reads in its code. */
const PAPERS: Record<
  string,
  { pdf: () => Promise<Uint8Array>; says: string[]; qr?: string; landscape?: true }
> = {
  bulletin: {
    pdf: () => renderBulletins(sampleBulletins(1, { last: true }), { layout: "single" }),
    says: ["BULLETIN DE NOTES", "TOTAL GÉNÉRAL", "Moyenne annuelle"],
    qr: "https://dugukolo.example/v/K7QM001X",
  },
  "bulletin-double": {
    pdf: () => renderBulletins(sampleBulletins(1), { layout: "double" }),
    says: ["Exemplaire des parents", "Exemplaire de l'école"],
    landscape: true,
  },
  certificate: {
    pdf: () => renderPaper(certificate),
    says: ["CERTIFICAT DE SCOLARITÉ", "N° CS-2026-0012", "en classe de"],
    qr: certificate.verifyUrl,
  },
  cards: {
    pdf: () =>
      renderCards({
        title: "Cartes",
        author: "Lycée",
        createdAt: certificate.issuedAt,
        cards: [1, 2, 3].map(card),
      }),
    says: ["CARTE SCOLAIRE", "RC16CG24A9001F"],
  },
  transcript: {
    pdf: () => renderRecord(sampleTranscript()),
    says: ["RELEVÉ DE NOTES ANNUEL", "N° RN-2026-0007", "Moyenne annuelle", "Décision du conseil de classe"],
    qr: "https://dugukolo.example/p/K7QM2-XRD9F",
  },
  "transcript-crowded": {
    pdf: () => renderRecord(sampleTranscript(crowded), { duplicate: { number: 2, on: "3 juillet 2027" } }),
    says: ["DUPLICATA n° 2", "Langues nationales", "Musique", "Moyenne générale"],
    qr: "https://dugukolo.example/p/K7QM2-XRD9F",
  },
  booklet: {
    pdf: () => renderRecord(sampleBooklet(threeYears(true))),
    says: ["LIVRET SCOLAIRE", "Année scolaire 2024-2025", "page 1 sur 3"],
    qr: "https://dugukolo.example/p/K7QM2-XRD9F",
  },
  diploma: {
    pdf: () => renderRecord(sampleDiploma()),
    says: [
      "DIPLÔME D’HONNEUR",
      "TRAORÉ Aminata Fatoumata",
      "Félicitations du conseil de classe",
      "16,42 / 20",
    ],
    qr: "https://dugukolo.example/p/K7QM2-XRD9F",
    landscape: true,
  },
  honours: {
    pdf: () => renderHonours(sampleHonours()),
    says: ["TABLEAU D’HONNEUR", "FÉLICITATIONS", "ENCOURAGEMENTS", "1er trimestre"],
  },
  "honours-crowded": {
    pdf: () => renderHonours(sampleHonours(70)),
    says: ["TABLEAU D’HONNEUR", "FÉLICITATIONS"],
  },
  statistics: {
    pdf: () => renderStatistics(sampleStatistics()),
    says: ["Par classe", "Médiane", "Ensemble", "provisoire"],
    landscape: true,
  },
  averages: {
    pdf: () => renderAverageList(sampleAverages(13)),
    says: [
      "MOYENNES ANNUELLES DES CANDIDATS RÉGULIERS",
      "LM-2026-0001",
      "total de contrôle",
      "M. Yacouba DEMBÉLÉ",
    ],
    qr: "https://dugukolo.example/r/K7QM2-XRD9F",
    landscape: true,
  },
  "averages-draft": {
    pdf: () => renderAverageList(sampleAverages(13, false)),
    says: ["PROJET SANS VALEUR", "À vérifier"],
    landscape: true,
  },
}

/** Other pages of papers that have several of different kinds. */
const PAGES: Record<string, number[]> = { statistics: [1, 2, 4, 5], booklet: [1, 3] }

for (const [name, { pdf, says, qr, landscape }] of Object.entries(PAPERS)) {
  test(`${name}: looks as approved, says what it must, is A4`, async () => {
    const bytes = await pdf()
    const info = infoOf(bytes)
    assert.match(info["Page size"] as string, "A4")
    const [width = 0, height = 0] = (info["Page size"] as string).match(/[\d.]+/g)?.map(Number) ?? []
    assert.is(width > height, Boolean(landscape), info["Page size"])
    const text = (textOf(bytes)[0] as string).replace(/\s+/g, " ")
    for (const said of says) assert.ok(text.includes(said), `${said} in ${text}`)
    if (qr) assert.is(qrOf(bytes, 1), qr)
    for (const page of PAGES[name] ?? [1]) {
      await compare(`${name}${page > 1 ? `-${page}` : ""}`, await drawn(bytes, page))
    }
  })
}

test("a comparison finds a missing line, a shifted title and another size, and forgives smoothing", async () => {
  const before = await drawn(await renderPaper(certificate), 1)
  const shorter = { ...certificate, blocks: certificate.blocks.slice(0, 1) }
  const renamed = { ...certificate, title: "ATTESTATION DE FRÉQUENTATION" }
  assert.ok(difference(before, before) === 0)
  assert.ok(difference(before, await drawn(await renderPaper(shorter), 1)) > MOST)
  assert.ok(difference(before, await drawn(await renderPaper(renamed), 1)) > MOST)
  assert.is(difference(before, await drawn(await renderRecord(sampleDiploma()), 1)), 1)
  const smoothed = { ...before, grey: before.grey.map((value) => Math.max(0, value - 12)) }
  assert.is(difference(before, smoothed), 0)
})

async function compare(name: string, now: Picture): Promise<void> {
  const file = join(APPROVED, `${name}.png`)
  if (approving) {
    mkdirSync(APPROVED, { recursive: true })
    const { grey, ...raw } = now
    await sharp(Buffer.from(grey), { raw: { ...raw, channels: 1 } })
      .png({ palette: true, colours: 16, compressionLevel: 9, effort: 10 })
      .toFile(file)
    return
  }
  assert.ok(existsSync(file), `${file} was never approved: ARDOISE_APPROVE=1`)
  const share = difference(await greyOf(readFileSync(file)), now)
  assert.ok(share <= MOST, `${name}: ${(share * 100).toFixed(2)} % of it looks otherwise than approved`)
}

/** The share of pixels that differ; all of them where the sizes do. */
function difference(one: Picture, other: Picture): number {
  if (one.width !== other.width || one.height !== other.height) return 1
  let differing = 0
  for (let at = 0; at < one.grey.length; at++)
    if (Math.abs((one.grey[at] as number) - (other.grey[at] as number)) > FAR) differing++
  return differing / one.grey.length
}

/** A page as a printer of 100 dpi without colours would show it. */
async function drawn(pdf: Uint8Array, page: number): Promise<Picture> {
  const folder = mkdtempSync(join(tmpdir(), "ardoise-paper-"))
  try {
    writeFileSync(join(folder, "in.pdf"), pdf)
    const range = ["-f", String(page), "-l", String(page)]
    execFileSync("pdftoppm", [
      "-r",
      "100",
      "-gray",
      "-png",
      ...range,
      join(folder, "in.pdf"),
      join(folder, "page"),
    ])
    const name = readdirSync(folder).find((one) => one.endsWith(".png"))
    assert.ok(name, `page ${page} is there`)
    return await greyOf(readFileSync(join(folder, name as string)))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function greyOf(png: Buffer): Promise<Picture> {
  const { data, info } = await sharp(png)
    .flatten({ background: "#fff" })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, grey: new Uint8Array(data) }
}

test.run()
