// What the feature prints; the document worker makes it.
export { renderCards } from "./document/cards.ts"
export { renderPaper } from "./document/paper.ts"
