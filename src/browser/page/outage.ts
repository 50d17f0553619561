/** Says in French that a request did not arrive or was refused, without losing what is on the page. */
export function showOutages() {
  document.addEventListener("htmx:sendError", () => {
    say(
      "Le réseau ne répond pas. Ce que vous avez saisi est encore sur cette page : réessayez dans un instant.",
    )
  })
  document.addEventListener("htmx:timeout", () => {
    say("Le serveur met trop de temps à répondre. Réessayez dans un instant.")
  })
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail
    say(sentenceFor(xhr.status))
  })
  document.addEventListener("htmx:afterOnLoad", (event) => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail
    if (xhr.status < 400) clear()
  })
}

/** What a refused request tells the person, by HTTP status. */
export function sentenceFor(status: number): string {
  if (status === 401) return "Votre session est terminée. Rechargez la page pour vous connecter à nouveau."
  if (status === 403)
    return "Vous n’avez pas le droit de faire cela, ou cette page est restée ouverte trop longtemps : rechargez-la."
  if (status === 404) return "Cet élément n’existe plus, ou vous n’y avez pas accès."
  if (status === 409)
    return "Quelqu’un a changé cet élément entre-temps. Rechargez la page pour voir son état."
  if (status === 413) return "Le fichier est trop grand."
  if (status === 429) return "Trop de demandes à la fois. Attendez un instant."
  return "Le serveur n’a pas pu répondre. Rien n’a été changé : réessayez, puis prévenez l’administrateur."
}

function say(text: string) {
  clear()
  const box = document.createElement("div")
  box.className = "outage"
  box.setAttribute("role", "alert")
  box.append(text)
  const close = document.createElement("button")
  close.type = "button"
  close.textContent = "Fermer"
  close.addEventListener("click", clear)
  box.append(close)
  document.body.append(box)
}

function clear() {
  document.querySelector(".outage")?.remove()
}
