const BROWSERS: [RegExp, string][] = [
  [/OPiOS|Opera Mini/i, "Opera Mini"],
  [/KAIOS/i, "Navigateur"],
  [/UCBrowser|UCWEB/i, "UC Browser"],
  [/Edg(e|A|iOS)?\//, "Edge"],
  [/OPR\/|Opera/, "Opera"],
  [/SamsungBrowser/, "Samsung Internet"],
  [/FBAN|FBAV/, "Facebook"],
  [/Firefox|FxiOS/, "Firefox"],
  [/Chrome|CriOS/, "Chrome"],
  [/Safari/, "Safari"],
]
const SYSTEMS: [RegExp, string][] = [
  [/KAIOS/i, "téléphone KaiOS"],
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/CrOS/, "Chromebook"],
  [/Mac OS X|Macintosh/, "Mac"],
  [/Linux/, "Linux"],
  [/J2ME|MIDP|Nokia/i, "téléphone simple"],
]

/** « Chrome sur Android »: what a person recognises in a browser's user agent. */
export function deviceInWords(userAgent: string): string {
  const browser = BROWSERS.find(([sign]) => sign.test(userAgent))?.[1]
  const system = SYSTEMS.find(([sign]) => sign.test(userAgent))?.[1]
  if (browser && system) return `${browser} sur ${system}`
  return browser ?? (system ? system[0]?.toUpperCase() + system.slice(1) : "Appareil inconnu")
}
