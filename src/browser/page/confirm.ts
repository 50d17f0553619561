/**
 * `data-confirm="Question ?"` on a form or its button asks before sending; `hx-confirm` asks the same way.
 * What cannot be undone has a page of its own instead (views/ui/confirm.eta): this is a courtesy, not a guard.
 */
export function askBeforeSubmit() {
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target as HTMLFormElement
      const button = (event as SubmitEvent).submitter as HTMLButtonElement | null
      const question = button?.dataset.confirm ?? form.dataset.confirm
      if (!question || form.dataset.agreed) return
      event.preventDefault()
      event.stopImmediatePropagation()
      void ask(question, button?.textContent).then((agreed) => {
        if (!agreed) return
        form.dataset.agreed = "1"
        form.requestSubmit(button ?? undefined)
        delete form.dataset.agreed
      })
    },
    true,
  )
  document.addEventListener("htmx:confirm", (event) => {
    const { question, issueRequest, elt } = (event as CustomEvent<Confirmation>).detail
    if (!question) return
    event.preventDefault()
    void ask(question, elt.textContent).then((agreed) => agreed && issueRequest(true))
  })
}

type Confirmation = { question: string | null; issueRequest: (agreed: boolean) => void; elt: Element }

/** The question in a <dialog>; the browser's own question where <dialog> is missing. */
function ask(question: string, verb: string | null | undefined): Promise<boolean> {
  const dialog = document.createElement("dialog")
  if (typeof dialog.showModal !== "function") return Promise.resolve(window.confirm(question))
  const form = document.createElement("form")
  form.method = "dialog"
  const text = document.createElement("p")
  text.textContent = question
  const actions = document.createElement("p")
  actions.className = "actions"
  actions.append(answer("yes", verb?.trim() || "Continuer", "main"), answer("no", "Ne rien changer", ""))
  form.append(text, actions)
  dialog.append(form)
  document.body.append(dialog)
  dialog.showModal()
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes")
      dialog.remove()
    })
  })
}

function answer(value: string, label: string, kind: string) {
  const button = document.createElement("button")
  button.value = value
  button.textContent = label
  button.className = kind
  return button
}
