/// <reference types="node" />
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Eta } from "eta"
import { HtmlValidate } from "html-validate"
import { test } from "uvu"
import * as assert from "uvu/assert"

const views = join(fileURLToPath(import.meta.url), "..", "..", "..", "views")
const eta = new Eta({ views, autoTrim: false, cache: true })
const piece = (name: string, it: Record<string, unknown>) => eta.render(`/ui/${name}`, it)
const page = (layout: string, it: Record<string, unknown>) =>
  eta.render(`/layouts/${layout}`, {
    school: { name: "Lycée de la Colline", shortName: "La Colline", year: "2026-2027", demo: false },
    user: null,
    flash: null,
    title: "Notes",
    body: "<p>Bonjour</p>",
    asset: (file: string) => `/built/${file}`,
    formFields: () => '<input type="hidden" name="_form" value="x">',
    ...it,
  })

const SECRETARY = {
  user: { name: "Awa Traoré", roles: ["secrétaire"] },
  menu: [{ label: "Élèves", entries: [{ label: "Liste", path: "/students", current: true }] }],
}

test("a refused field keeps what was typed, says why beside it, and is found from the list of errors", () => {
  const form = {
    typed: { born: '31/02/2009"' },
    problems: [{ field: "born", text: "Ce jour n’existe pas." }],
  }
  const field = piece("field", {
    form,
    name: "born",
    label: "Né(e) le",
    value: "2009-03-01",
    hint: "jj/mm/aaaa",
  })
  assert.match(field, /value="31\/02\/2009&quot;"/)
  assert.match(field, /aria-invalid="true"/)
  assert.match(field, /aria-describedby="f-born-hint f-born-problem"/)
  assert.match(field, /id="f-born-problem">.*Ce jour n’existe pas\./)
  assert.match(piece("problems", { form }), /<a href="#f-born">Ce jour n’existe pas\.<\/a>/)
})

test("a stored value fills the field until something is typed; a password is never written back", () => {
  assert.match(piece("field", { name: "place", label: "Lieu", value: "Ségou", form: {} }), /value="Ségou"/)
  const password = piece("field", {
    name: "p",
    label: "Code",
    type: "password",
    form: { typed: { p: "secret" } },
  })
  assert.not.match(password, /secret/)
})

test("a box unticked in a form that comes back stays unticked, whatever is stored", () => {
  const box = { name: "sms", label: "SMS", type: "checkbox", value: "1" }
  assert.match(piece("field", { ...box, form: {} }), / checked/)
  assert.not.match(piece("field", { ...box, form: { typed: { _form: "x" } } }), / checked/)
  assert.match(piece("field", { ...box, value: "0", form: { typed: { sms: "1" } } }), / checked/)
})

test("what people are called never becomes markup", () => {
  const evil = `<img src=x onerror=alert(1)>"'`
  for (const [name, it] of Object.entries({
    field: { name: "a", label: evil, value: evil, hint: evil, problem: evil, attrs: { "data-x": evil } },
    problems: { problems: [{ field: "", text: evil }] },
    badge: { state: "open", word: evil },
    empty: { heading2: evil, text: evil, action: { label: evil, path: "/" } },
    confirm: { text: evil, consequences: [evil], verb: evil, to: "/", back: "/", onceFields: () => "" },
    pager: { page: 2, size: 10, total: 30, query: { q: evil } },
    sort: { column: "name", label: evil, query: { q: evil } },
    progress: { id: "job", text: evil, done: 1, total: 2, from: "/" },
  })) {
    assert.not.match(piece(name, it).replace(/="[^"]*"/g, ""), /<img/, name)
  }
})

test("a pager keeps the filters, not the empty ones, and stops at both ends", () => {
  const pager = piece("pager", {
    page: 1,
    size: 50,
    total: 60,
    query: { q: "keïta & co", class: "", page: "1" },
  })
  assert.match(pager, /1–50 sur 60/)
  assert.match(pager, /href="\?q=ke%C3%AFta\+%26\+co&amp;page=2"/)
  assert.not.match(pager, /Précédente/)
  assert.match(piece("pager", { page: 1, size: 50, total: 0, query: {} }), /0–0 sur 0/)
})

test("a state is a sign and a word, never a colour alone", () => {
  for (const state of [
    "open",
    "locked",
    "checked",
    "published",
    "done",
    "warning",
    "error",
    "waiting",
    "unknown",
  ]) {
    assert.match(piece("badge", { state, word: "mot" }), /<b aria-hidden="true">\S<\/b>mot<\/span>$/, state)
  }
})

test("the page of a parent asks for its stylesheet and nothing else, in less than a kilobyte", () => {
  const html = page("site", {})
  assert.not.match(html, /<script|\sstyle=|<img/)
  assert.equal(
    [...html.matchAll(/<(?!a\b)\w+[^>]*(?:src|href)="(\/[^"]+)"/g)].map((found) => found[1]),
    ["/built/style.css"],
    "what a browser fetches by itself: links wait for a finger",
  )
  assert.ok(Buffer.byteLength(html) < 1000, `${Buffer.byteLength(html)} bytes`)
})

test("a staff page shows where one is, who one is, and loads its scripts as modules", () => {
  const html = page("app", { ...SECRETARY, scripts: ["grid.js", "app.js"] })
  assert.match(html, /<a href="\/students" aria-current="page">/)
  assert.match(html, /aria-label="Compte de Awa Traoré"/)
  assert.equal(
    [...html.matchAll(/<script type="module" src="\/built\/(\w+\.js)">/g)].map((found) => found[1]),
    ["app.js", "grid.js"],
  )
  assert.is(html.match(/<h1>/g)?.length, 1)
})

test("every layout is valid HTML with every piece in it", async () => {
  const options = [{ value: "1", label: "10e CG 1" }]
  const form = { typed: {}, problems: [{ field: "text", text: "Remplissez ce champ." }] }
  const types = ["text", "textarea", "select", "radios", "checkboxes", "checkbox", "file", "password", "date"]
  const body = [
    piece("problems", { form }),
    '<form method="post">',
    ...types.map((type) => piece("field", { form, type, name: type, label: "Champ", hint: "Aide", options })),
    piece("field", { form, type: "checkbox", name: "on", label: "Module", toggle: true }),
    '<p class="actions"><button class="main">Enregistrer</button></p></form>',
    `<table><thead><tr>${piece("sort", { column: "name", label: "Nom", sort: "-name" })}</tr></thead><tbody><tr><td>1</td></tr></tbody></table>`,
    piece("pager", { page: 2, size: 10, total: 30 }),
    piece("empty", { text: "Créez la première classe.", action: { label: "Créer", path: "/classes/new" } }),
    piece("progress", { id: "job", text: "Bulletins", done: 1, total: 2, running: true, from: "/bulletins" }),
    piece("confirm", { text: "Retirer ?", verb: "Retirer", to: "/x", back: "/y", onceFields: () => "" }),
  ].join("\n")
  const rules = Object.fromEntries(HOUSE_RULES_OFF.map((rule) => [rule, "off" as const]))
  const validator = new HtmlValidate({ extends: ["html-validate:standard"], rules })
  const flash = { kind: "done", text: "C’est fait." }
  const rest = {
    body,
    flash,
    trail: [{ label: "Classes", path: "/" }],
    tabs: [{ label: "Notes", path: "/n", current: true }],
  }
  for (const [layout, it] of Object.entries({
    app: { ...SECRETARY, ...rest },
    site: rest,
    print: { ...rest, back: "/" },
  })) {
    const { results } = await validator.validateString(page(layout, it))
    assert.equal(
      results.flatMap((result) => result.messages).map((one) => `${one.ruleId}: ${one.message}`),
      [],
      layout,
    )
  }
})

/** Matters of style that the house decides otherwise. */
const HOUSE_RULES_OFF = [
  "no-trailing-whitespace",
  "no-implicit-button-type",
  "long-title",
  "require-sri",
  "doctype-style",
  "void-style",
  "attr-quotes",
  "no-raw-characters",
  "prefer-native-element",
  "valid-autocomplete",
  "no-redundant-role",
  "no-redundant-for",
]

test.run()
