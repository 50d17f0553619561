/**
 * The script of staff pages: htmx, and the few gestures that have no server meaning. Every page works without it.
 * Loaded as a module, so browsers that cannot run it do not fetch it.
 */
import htmx from "htmx.org"
import { askBeforeSubmit } from "./page/confirm.ts"
import { showOutages } from "./page/outage.ts"

Object.assign(htmx.config, {
  allowEval: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  // No pupil's data stays in the storage of a shared PC: going back loads the page again.
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  historyRestoreAsHxRequest: false,
  scrollIntoViewOnBoost: false,
  // 422 is the same page with its list of errors: it takes its place like a good answer.
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
})

/** A thin bar at the top while anything is on its way, so that a slow line is not taken for a dead one. */
function showBusy() {
  const bar = document.createElement("div")
  bar.className = "busy"
  document.body.append(bar)
  let underway = 0
  const count = (change: number) => {
    underway = Math.max(0, underway + change)
    bar.classList.toggle("on", underway > 0)
  }
  document.addEventListener("htmx:beforeRequest", () => count(1))
  document.addEventListener("htmx:afterRequest", () => count(-1))
}

/** The reader is taken to a list of errors, on a page or in what was placed; else a replaced page takes the focus. */
function moveFocus() {
  document.getElementById("problems")?.focus()
  document.addEventListener("htmx:afterSettle", (event) => {
    const placed = event.target
    if (!(placed instanceof HTMLElement)) return
    const problems = placed.matches("#problems") ? placed : placed.querySelector<HTMLElement>("#problems")
    if (problems) problems.focus()
    else if (placed.matches("main")) placed.focus()
  })
}

/** "/" goes to the search field, Escape and a click elsewhere close the account menu. */
function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    const at = event.target as HTMLElement
    // an empty search field may have the focus already: no search begins with "/"
    const searching = at.matches("[type=search]") && !(at as HTMLInputElement).value
    const writing = at.isContentEditable || (!searching && /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName))
    if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const find = document.querySelector<HTMLInputElement>("#find, [type=search]")
      if (!find) return
      event.preventDefault()
      find.focus()
      find.select()
    }
    if (event.key === "Escape") closeMenus()
  })
  document.addEventListener("click", (event) => closeMenus(event.target as Node))
}

function closeMenus(except?: Node) {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.who[open]")) {
    if (except && menu.contains(except)) continue
    menu.open = false
    if (!except) menu.querySelector("summary")?.focus()
  }
}

showBusy()
showOutages()
moveFocus()
listenToKeys()
askBeforeSubmit()
