// What the feature prints; the document worker makes it.
export { renderMinutes } from "./document/minutes.ts"
