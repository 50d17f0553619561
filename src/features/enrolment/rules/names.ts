// When two names of a guardian are one. Pure.
import { fold } from "../../people/naming.ts"

const words = (name: string) => fold(name).split(" ").sort().join(" ")

/** « KEÏTA Aminata » and « Aminata Keita » are one name: families write it in either order. */
export const sameWords = (one: string, other: string) => words(one) === words(other)
