/**
 * The class council before a projector: one key for each award, decision, phrase and reason, the arrows for the
 * students. The page names its keys itself (`data-key`, `data-enter`); without this it is links and buttons.
 */

const page = document.body
page.classList.add("keys")

/** A key held down, or pressed again before the next page is there, decides once. */
let sent = false
window.addEventListener("pageshow", () => {
  sent = false
})
document.addEventListener("submit", () => {
  sent = true
})

const text = document.querySelector<HTMLTextAreaElement>("#f-appreciation")

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  const at = event.target as HTMLElement
  if (at.matches("textarea, input:not([type=radio])")) return leaveText(at, event)
  if (event.repeat || sent) return
  const wanted = event.key === "Enter" ? enter(at) : named(keyOf(event))
  if (!wanted) return
  event.preventDefault()
  press(wanted)
})

/** The digits by their place, which on a French keyboard are other signs without the shift key. */
function keyOf({ code, key }: KeyboardEvent): string {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]
  return digit ?? (key.length === 1 ? key.toUpperCase() : key)
}

const named = (key: string) => document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)

/** Enter on a link or button is that link's or button's; elsewhere it takes what the page proposes. */
const enter = (at: HTMLElement) =>
  at.closest("a, button") ? null : document.querySelector<HTMLElement>("[data-enter]")

function press(wanted: HTMLElement) {
  if (wanted.matches("textarea, input:not([type=radio])")) {
    wanted.focus()
    return
  }
  if (wanted.matches("a, button:not([type=button])")) sent = true
  wanted.click()
}

/** The text is one line: Enter and Escape end it, in a field of its own Enter sends. */
function leaveText(at: HTMLElement, event: KeyboardEvent) {
  const ends = event.key === "Escape" || (event.key === "Enter" && at === text)
  if (!ends) return
  event.preventDefault()
  at.blur()
}

/** A phrase goes into the text, where it may be changed before it is kept. */
for (const radio of document.querySelectorAll<HTMLInputElement>("input[name=phrase]")) {
  radio.addEventListener("change", () => {
    const said = radio.closest("label")?.querySelector("span")?.textContent
    const none = document.querySelector<HTMLInputElement>('input[name=phrase][value=""]')
    if (!text || !said || !none) return
    text.value = said
    none.checked = true
    radio.blur()
  })
}

/** Browsers before 2023 cannot style a label by its radio: the one chosen says it itself. */
const awards = document.querySelectorAll<HTMLInputElement>("input[name=award][type=radio]")
const showAward = () => {
  for (const radio of awards) radio.closest("label")?.classList.toggle("on", radio.checked)
}
for (const radio of awards) radio.addEventListener("change", showAward)
showAward()
