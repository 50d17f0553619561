// What a person may choose as a password (NIST SP 800-63B: length and common words, no recipe of signs).
import { fold } from "../../people/naming.ts"

export const SHORTEST = 10
export const LONGEST = 200

/** Words that lists of stolen passwords begin with, and those of a school, without digits and signs around. */
const COMMON = new Set(
  `motdepasse monmotdepasse motdepass password passw passwort azerty azertyuiop qwerty qwertyuiop azertyqsdf
  qwertyasdf abcdef abcdefgh abcdefghij bonjour bonsoir bienvenue welcome soleil iloveyou jetaime doudou chouchou
  loulou princesse princess dragon monkey football letmein trustno admin administrateur administrator root secret
  secretaire proviseur directeur censeur professeur enseignant parent parents eleve eleves ecole lycee college
  notes bulletin ardoise bamako mali malimali kayes sikasso segou mopti tombouctou koulikoro conakry guinee
  libreville gabon afrique bruxelles belgique allah bismillah inchallah mohamed mohammed mamadou fatoumata aminata
  moussa ibrahim oumar google facebook whatsapp samsung internet ordinateur maman papa mamanpapa famille amour
  changezmoi changeme test tests testtest demo`
    .split(/\s+/)
    .filter(Boolean),
)
const ROWS = [
  "01234567890123456789",
  "abcdefghijklmnopqrstuvwxyz",
  "azertyuiopqsdfghjklmwxcvbn",
  "qwertyuiopasdfghjklzxcvbnm",
]
const SAME_ON_A_KEYBOARD: Record<string, string> = {
  "@": "a",
  "4": "a",
  "3": "e",
  "1": "i",
  "0": "o",
  $: "s",
  "5": "s",
}

const letters = (text: string) => text.replace(/[^a-z]/g, "")
const unmasked = (text: string) =>
  text.replace(/(?<=[a-z])[@430$15](?=[a-z])/g, (sign) => SAME_ON_A_KEYBOARD[sign] as string)

/** A date or a phone number: only digits and signs, at most twelve digits. */
const isDated = (text: string) => /^[\d/.\-+]+$/.test(text) && text.replace(/\D/g, "").length <= 12

/** Digits that follow each other, a row of the keyboard, the same few signs again and again. */
function isDrawn(text: string): boolean {
  if (new Set(text).size < 5) return true
  const reversed = [...text].reverse().join("")
  if (ROWS.some((row) => row.includes(text) || row.includes(reversed))) return true
  for (let size = 1; size <= text.length / 2; size++) {
    if (text.length % size === 0 && text.slice(0, size).repeat(text.length / size) === text) return true
  }
  return false
}

const bare = (text: string) => fold(text).replace(/[^a-z0-9]/g, "")
const withoutYear = (text: string) => text.replace(/\d+$/, "")

/** What can be made of something known of a person: the whole, what stands before @, a phone's last 8 digits. */
function piecesOf(fact: string): string[] {
  const digits = fact.replace(/\D/g, "")
  const pieces = [bare(fact), bare(fact.split("@")[0] as string), digits.length >= 8 ? digits.slice(-8) : ""]
  return pieces.filter((piece) => piece.length >= 4)
}

const isKnown = (password: string, piece: string) =>
  withoutYear(password) === piece || password === piece || (piece.length >= 8 && password.includes(piece))

const tooCommon = "Ce mot de passe est trop courant : il serait deviné tout de suite."
const tooKnown = "Ce mot de passe reprend votre nom, votre identifiant ou l’école : choisissez autre chose."

/**
 * Why a new password is refused, as a French sentence; null when it may be taken. `known` is what others know
 * of the person: logins, names, the school's name.
 */
export function passwordProblem(password: string, known: readonly string[]): string | null {
  if ([...password].length < SHORTEST) {
    return `Choisissez au moins ${SHORTEST} caractères : une courte phrase est plus facile à retenir.`
  }
  if (password.length > LONGEST) return `${LONGEST} caractères au plus.`
  const plain = fold(password).replace(/ /g, "")
  const words = [letters(plain), letters(unmasked(plain))]
  if (isDrawn(plain) || isDated(plain) || words.some((word) => COMMON.has(word))) return tooCommon
  if (known.flatMap(piecesOf).some((piece) => isKnown(bare(password), piece))) return tooKnown
  return null
}
