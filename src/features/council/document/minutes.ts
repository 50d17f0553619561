// The minutes of a class council on A4, as many pages as the class needs: a teacher signs what the last page says.
import { printable } from "../../../documents/fonts.ts"
import { officialHead } from "../../../documents/head.ts"
import { PAGE, renderFlow } from "../../../documents/pdf.ts"
import { Pictures } from "../../../documents/pictures.ts"
import { INK, PdfmakeSheet, QUIET, RULE, SLATE } from "../../../documents/sheet.ts"
import type { MinutesData } from "../contract.ts"
import { overruledTable, studentTable } from "./students.ts"
import { bold, cell, heading, small, TABLE } from "./table.ts"

const MARGIN = { x: 34, top: 30, bottom: 44 }

/** The bytes of the minutes; without a hash a draft, which says so on every page. Same data, same bytes. */
export function renderMinutes(data: MinutesData, hash: string | null): Promise<Uint8Array> {
  const pictures = new Pictures()
  const width = (data.isLastPeriod ? PAGE.height : PAGE.width) - 2 * MARGIN.x
  const head = officialHead(data.schoolHead, data.schoolYear, {
    width,
    scale: 1,
    logo: pictures.name(data.schoolHead.logoPng),
  })
  const sheet = new PdfmakeSheet()
  head.draw(sheet, MARGIN.x, MARGIN.top)
  const title = `Procès-verbal du conseil de classe – ${data.className} – ${data.periodLabel}`
  return renderFlow({
    title: printable(title),
    author: data.schoolHead.name,
    subject: data.schoolYear,
    createdAt: data.madeAt,
    landscape: data.isLastPeriod,
    margins: [MARGIN.x, MARGIN.top, MARGIN.x, MARGIN.bottom],
    images: pictures.images,
    footer: (page: number, pages: number) => foot(data, hash, { page, pages, width }),
    pageBreakBefore,
    content: [
      sheet.node(),
      { text: "", margin: [0, head.height + 14, 0, 0] },
      ...opening(data, hash, width),
      ...people(data),
      ...figures(data),
      heading("Décisions du conseil"),
      studentTable(data),
      ...overruledTable(data),
      ...closing(data, width),
    ],
  })
}

type Placed = { headlineLevel?: number; startPosition: { verticalRatio: number } }

/** No heading stands alone at the foot of a page. */
const pageBreakBefore = ({ headlineLevel, startPosition }: Placed) =>
  headlineLevel === 1 && startPosition.verticalRatio > 0.85

function opening(data: MinutesData, hash: string | null, width: number): object[] {
  const rule = (y: number, lineWidth: number) => ({
    ...{ type: "line", x1: width / 2 - 110, x2: width / 2 + 110, y1: y, y2: y },
    ...{ lineWidth, lineColor: SLATE },
  })
  const meeting = ["Le conseil de classe s’est réuni", data.heldOn, data.place && `(${data.place})`]
  const held = [
    meeting.filter(Boolean).join(" "),
    data.president && `, sous la présidence de ${data.president}`,
    ".",
    data.secretary && ` Secrétaire de séance : ${data.secretary}.`,
  ]
  return [
    {
      text: "PROCÈS-VERBAL DU CONSEIL DE CLASSE",
      fontSize: 16,
      bold: true,
      color: SLATE,
      alignment: "center",
    },
    { canvas: [rule(3, 1.2), rule(5.6, 0.5)], margin: [0, 0, 0, 6] },
    {
      text: printable(`${data.className} – ${data.periodLabel}`),
      fontSize: 12.5,
      bold: true,
      alignment: "center",
      margin: [0, 0, 0, 6],
    },
    ...(hash ? [] : [{ text: "PROJET : la séance n’est pas close", bold: true, alignment: "center" }]),
    ...(data.reopenReason
      ? [
          {
            text: printable(`Version ${data.version}, la séance ayant été rouverte : ${data.reopenReason}`),
            alignment: "center",
            color: QUIET,
          },
        ]
      : []),
    {
      text: printable(held.filter(Boolean).join("")),
      fontSize: 10,
      margin: [0, 6, 0, 6],
    },
  ]
}

/** Those present sign beside their names; those missing are named. */
function people({ attendees, formTeacher }: MinutesData): object[] {
  const present = attendees.filter((one) => one.present)
  const absent = attendees.filter((one) => !one.present)
  if (attendees.length === 0 && !formTeacher) return []
  const rows = present.map(({ name, quality }) => [cell(name), cell(quality), cell("")])
  return [
    ...(rows.length > 0
      ? [
          heading("Présents"),
          {
            table: {
              headerRows: 1,
              dontBreakRows: true,
              widths: ["*", "*", 150],
              heights: (row: number) => (row === 0 ? 12 : 17),
              body: [[bold("Nom"), bold("Qualité"), bold("Signature")], ...rows],
            },
            layout: TABLE,
          },
        ]
      : []),
    ...(absent.length > 0
      ? [{ text: printable(`Absents : ${absent.map(({ name }) => name).join(", ")}.`), margin: [0, 4, 0, 0] }]
      : []),
  ]
}

function figures({ figures: lines, awards, decisions, passMark, output }: MinutesData): object[] {
  const head = [
    "",
    "Inscrits",
    "Classés",
    "Moyenne",
    "La plus haute",
    "La plus basse",
    `À ${passMark} ou plus`,
  ]
  const body = lines.map((line) => [
    cell(line.label),
    ...[line.enrolled, line.ranked, line.mean, line.highest, line.lowest, line.passed].map((value) => ({
      ...cell(String(value)),
      alignment: "right",
    })),
  ])
  const counts = (label: string, all: { label: string; n: number }[]) =>
    all.length > 0
      ? [
          {
            text: [
              { text: `${label} : `, bold: true },
              printable(all.map((one) => `${one.label} ${one.n}`).join(" · ")),
            ],
            margin: [0, 4, 0, 0],
          },
        ]
      : []
  return [
    ...(lines.length > 0 && output.average
      ? [
          heading("Résultats de la classe"),
          {
            table: {
              widths: ["*", ...head.slice(1).map(() => "auto")],
              body: [
                head.map((text, n) => ({ ...bold(text), ...(n > 0 ? { alignment: "right" } : {}) })),
                ...body,
              ],
            },
            layout: TABLE,
          },
        ]
      : []),
    ...counts("Distinctions et sanctions", awards),
    ...counts("Décisions", decisions),
  ]
}

/** The council's remarks on the class, then three signatures that stay together. */
function closing(data: MinutesData, width: number): object[] {
  const third = width / 3
  const places = [
    { title: "Le secrétaire de séance", name: data.secretary },
    { title: "Le professeur principal", name: data.formTeacher },
    { title: data.signatory.title, name: data.signatory.name },
  ]
  // pdfmake writes into its nodes: each signature has a line of its own
  const line = () => ({
    canvas: [{ type: "line", x1: 16, x2: third - 16, y1: 0, y2: 0, lineWidth: 0.5, lineColor: RULE }],
  })
  return [
    ...(data.remarks
      ? [
          heading("Observations du conseil"),
          ...data.remarks.split("\n").map((text) => ({ text: printable(text), fontSize: 9.5, color: INK })),
        ]
      : []),
    {
      unbreakable: true,
      margin: [0, 18, 0, 0],
      columns: places.map(({ title, name }) => ({
        width: third,
        stack: [
          { text: printable(title), bold: true, color: SLATE, alignment: "center" },
          { text: "", margin: [0, 44, 0, 0] },
          line(),
          { text: printable(name) || " ", alignment: "center", margin: [0, 3, 0, 0] },
        ],
      })),
    },
  ]
}

function foot(
  data: MinutesData,
  hash: string | null,
  { page, pages, width }: { page: number; pages: number; width: number },
): object {
  const left = hash
    ? `Version ${data.version}, séance close ${data.closed}. Empreinte ${hash.slice(0, 16)}`
    : "PROJET : ce papier n’est pas le procès-verbal."
  return {
    margin: [MARGIN.x, 8, MARGIN.x, 0],
    stack: [
      { canvas: [{ type: "line", x1: 0, x2: width, y1: 0, y2: 0, lineWidth: 0.5, lineColor: SLATE }] },
      {
        margin: [0, 4, 0, 0],
        columns: [
          small(`${data.className}, ${data.periodLabel}. ${left}`),
          { ...small(`Page ${page} / ${pages}`), width: 60, alignment: "right" },
        ],
      },
    ],
  }
}
